package dev.insitu.calcite.ddl;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A statement of a text of which at least one statement is ours. */
public sealed interface MlStatement {
  /** Returns whether its parameters get their values from a later statement: PREPARE. */
  default boolean keepsParameters() {
    return this instanceof Predicting predicting && predicting.verb().equals("PREPARE");
  }

  /**
   * A statement beside one of ours that goes to the database as it is.
   *
   * @param text the text, as written
   */
  record Plain(SqlText text) implements MlStatement {}

  /**
   * {@code CREATE [OR REPLACE] MODEL [IF NOT EXISTS] name [OPTIONS (…)] AS query}.
   *
   * @param model the name
   * @param options by name in lower case, in the order written
   * @param query the query, verbatim
   * @param sql the whole statement, as written
   */
  record CreateModel(
      ModelText model,
      boolean orReplace,
      boolean ifNotExists,
      Map<String, OptionValue> options,
      SqlTemplate query,
      String sql)
      implements MlStatement {
    /** Copies the options, which keep their order. */
    public CreateModel {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }

  /**
   * {@code CREATE [OR REPLACE] MODEL [IF NOT EXISTS] name FROM FILE 'file' [OPTIONS (…)]}, or
   * {@code FROM (query)}.
   *
   * @param model the name
   * @param options by name in lower case, in the order written
   * @param file the file, null if there is a query
   * @param query the query, verbatim, null if there is a file
   */
  record ImportModel(
      ModelText model,
      boolean orReplace,
      boolean ifNotExists,
      Map<String, OptionValue> options,
      @Nullable String file,
      @Nullable SqlTemplate query)
      implements MlStatement {
    /** Copies the options, which keep their order. */
    public ImportModel {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }

  /** {@code DROP MODEL [IF EXISTS] name [VERSION n] [CASCADE]}. */
  record DropModel(ModelText model, boolean ifExists, OptionalInt version, boolean cascade)
      implements MlStatement {}

  /**
   * {@code ALTER MODEL [IF EXISTS] name SET ALIAS a = VERSION n | SET DEFAULT VERSION n | DROP
   * ALIAS [IF EXISTS] a}.
   *
   * @param change what is changed, its names as written
   */
  record AlterModel(ModelText model, boolean ifExists, ModelChange change) implements MlStatement {}

  /** {@code SHOW MODELS [LIKE 'pattern']}; the pattern of SQL's LIKE, null if there is none. */
  record ShowModels(@Nullable String like) implements MlStatement {}

  /** {@code DESCRIBE MODEL name [VERSION n | ALIAS a]}. */
  record DescribeModel(ModelText model) implements MlStatement {}

  /** {@code SHOW CREATE MODEL name [VERSION n | ALIAS a]}. */
  record ShowCreateModel(ModelText model) implements MlStatement {}

  /** {@code EXPORT MODEL name [VERSION n | ALIAS a] TO 'file'}. */
  record ExportModel(ModelText model, String file) implements MlStatement {}

  /** {@code CALL INSITU.INSTALL()} where the database does not know that function. */
  record Install() implements MlStatement {}

  /**
   * {@code EXPLAIN [PLAN [WITHOUT IMPLEMENTATION] FOR] statement}.
   *
   * @param beforeRules whether the plan is wanted as it is before any rule: WITHOUT IMPLEMENTATION
   */
  record Explain(MlStatement statement, boolean beforeRules) implements MlStatement {}

  /**
   * A statement of the database that holds predictions.
   *
   * @param kind what it is
   * @param verb its first words, for messages: {@code SELECT}, {@code CREATE VIEW}
   * @param template the statement
   */
  record Predicting(Kind kind, String verb, SqlTemplate template) implements MlStatement {}

  /** What a {@link Predicting} statement is to the caller. */
  enum Kind {
    /** Returns rows: SELECT, WITH, VALUES, TABLE, CALL; EXPLAIN ANALYZE is refused. */
    QUERY,
    /** Returns a count: INSERT, UPDATE, DELETE, MERGE. */
    CHANGE,
    /** Keeps rows, not text: {@code CREATE TABLE … AS query}, and other commands. */
    COMMAND,
    /** Keeps the text of a prediction, which is computed whenever it is read: CREATE VIEW. */
    KEEPS_QUERY,
    /** Keeps the text of a prediction and the values of it: a generated column, a check. */
    KEEPS_VALUES
  }
}
