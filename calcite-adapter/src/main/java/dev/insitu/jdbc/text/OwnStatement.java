package dev.insitu.jdbc.text;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement of ours in a text, by positions of tokens.
 *
 * @param kind what it is
 * @param range the statement without a leading EXPLAIN
 * @param explain whether EXPLAIN stands before it
 * @param beforeRules whether that is EXPLAIN PLAN WITHOUT IMPLEMENTATION FOR
 */
public record OwnStatement(Kind kind, TokenRange range, boolean explain, boolean beforeRules) {
  /** What a statement is, by its first words. */
  public enum Kind {
    CREATE_MODEL,
    DROP_MODEL,
    ALTER_MODEL,
    SHOW_MODELS,
    SHOW_CREATE_MODEL,
    DESCRIBE_MODEL,
    EXPORT_MODEL,
    GRANT,
    REVOKE,
    /** {@code CALL INSITU.INSTALL()} of a database that does not have that function yet. */
    INSTALL,
    /** A statement of the database that calls one of our functions. */
    PREDICTING
  }

  private static final List<String> RIGHTS = List.of("PREDICT", "READ", "TRAIN");

  /** Returns what a statement is, if it is ours. */
  public static Optional<OwnStatement> of(
      SqlTokens tokens, TokenRange statement, UserRoutines routines) {
    boolean explain = tokens.isWord(statement.from(), "EXPLAIN");
    int from = statement.from();
    boolean beforeRules =
        explain && tokens.areWords(from + 1, "PLAN", "WITHOUT", "IMPLEMENTATION", "FOR");
    if (explain) {
      from += beforeRules ? 5 : tokens.areWords(from + 1, "PLAN", "FOR") ? 3 : 1;
    }
    TokenRange range = new TokenRange(from, statement.to());
    Kind kind = kindByWords(tokens, range);
    if (kind == null && isInstall(tokens, range) && !routines.exists("INSITU", "INSTALL")) {
      kind = Kind.INSTALL;
    }
    if (kind == null
        && !CallFinder.find(tokens, range, CallFinder.Start.STATEMENT, routines).isEmpty()) {
      kind = Kind.PREDICTING;
    }
    return kind == null
        ? Optional.empty()
        : Optional.of(new OwnStatement(kind, range, explain, beforeRules));
  }

  private static @Nullable Kind kindByWords(SqlTokens tokens, TokenRange range) {
    int i = range.from();
    if (tokens.areWords(i, "CREATE", "MODEL")
        || tokens.areWords(i, "CREATE", "OR", "REPLACE", "MODEL")) {
      return Kind.CREATE_MODEL;
    } else if (tokens.areWords(i, "DROP", "MODEL")) {
      return Kind.DROP_MODEL;
    } else if (tokens.areWords(i, "ALTER", "MODEL")) {
      return Kind.ALTER_MODEL;
    } else if (tokens.areWords(i, "SHOW", "MODELS")) {
      return Kind.SHOW_MODELS;
    } else if (tokens.areWords(i, "SHOW", "CREATE", "MODEL")) {
      return Kind.SHOW_CREATE_MODEL;
    } else if (tokens.areWords(i, "DESCRIBE", "MODEL")) {
      return Kind.DESCRIBE_MODEL;
    } else if (tokens.areWords(i, "EXPORT", "MODEL")) {
      return Kind.EXPORT_MODEL;
    } else if (tokens.isWord(i, "GRANT") && namesModel(tokens, range, i + 1)) {
      return Kind.GRANT;
    } else if (tokens.isWord(i, "REVOKE") && namesModel(tokens, range, i + 1)) {
      return Kind.REVOKE;
    }
    return null;
  }

  private static boolean isInstall(SqlTokens tokens, TokenRange range) {
    int i = range.from();
    return tokens.areWords(i, "CALL", "INSITU")
        && tokens.isSymbol(i + 2, ".")
        && tokens.isWord(i + 3, "INSTALL")
        && tokens.isSymbol(i + 4, "(")
        && tokens.isSymbol(i + 5, ")")
        && i + 6 == range.to();
  }

  /** {@code PREDICT, READ ON MODEL m}; but {@code SELECT ON model TO somebody} names a table. */
  private static boolean namesModel(SqlTokens tokens, TokenRange range, int first) {
    int i = first;
    while (i < range.to() && tokens.isOneOf(i, RIGHTS)) {
      i++;
      if (tokens.isSymbol(i, ",")) {
        i++;
      } else {
        return tokens.areWords(i, "ON", "MODEL") && tokens.isName(i + 2);
      }
    }
    return false;
  }
}
