package dev.insitu.jdbc.text;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a text, asked by position. Positions outside answer "no". Immutable. */
public final class SqlTokens {
  private final String sql;
  private final List<Token> tokens;

  private SqlTokens(String sql, List<Token> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  /** Reads a text. */
  public static SqlTokens of(String sql) {
    return new SqlTokens(sql, Tokenizer.tokenize(sql));
  }

  /** Returns the whole text. */
  public String sql() {
    return sql;
  }

  /** Returns the number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** Returns a token. */
  public Token get(int index) {
    return tokens.get(index);
  }

  /** Returns the text of a token, as written. */
  public String text(int index) {
    return sql.substring(tokens.get(index).start(), tokens.get(index).end());
  }

  /** Returns whether there is a token of this kind at this position. */
  public boolean isKind(int index, Token.Kind kind) {
    return index >= 0 && index < tokens.size() && tokens.get(index).kind() == kind;
  }

  /** Returns whether the token is this word, without quotes, in any case. */
  public boolean isWord(int index, String word) {
    if (!isKind(index, Token.Kind.WORD)) {
      return false;
    }
    Token token = tokens.get(index);
    return token.end() - token.start() == word.length()
        && sql.regionMatches(true, token.start(), word, 0, word.length());
  }

  /** Returns whether the tokens from this position on are these words. */
  public boolean areWords(int index, String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!isWord(index + i, words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the token is one of these words. */
  public boolean isOneOf(int index, List<String> words) {
    for (String word : words) {
      if (isWord(index, word)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the token is this symbol. */
  public boolean isSymbol(int index, String symbol) {
    if (!isKind(index, Token.Kind.SYMBOL)) {
      return false;
    }
    Token token = tokens.get(index);
    return token.end() - token.start() == symbol.length() && sql.startsWith(symbol, token.start());
  }

  /** Returns whether the token is an identifier, in quotes or not. */
  public boolean isName(int index) {
    return isKind(index, Token.Kind.WORD) || isKind(index, Token.Kind.QUOTED);
  }

  /**
   * Returns the position of the bracket that closes the one at {@code open}, or {@code to} if none
   * does before it.
   */
  public int closing(int open, int to) {
    int depth = 0;
    for (int i = open; i < to; i++) {
      if (opens(i)) {
        depth++;
      } else if (closes(i) && --depth == 0) {
        return i;
      }
    }
    return to;
  }

  /** Returns whether the token opens a bracket. */
  public boolean opens(int index) {
    return isSymbol(index, "(")
        || isSymbol(index, "[")
        || isSymbol(index, "{")
        || isSymbol(index, "??(");
  }

  /** Returns whether the token closes a bracket. */
  public boolean closes(int index) {
    return isSymbol(index, ")")
        || isSymbol(index, "]")
        || isSymbol(index, "}")
        || isSymbol(index, "??)");
  }

  /**
   * Returns the parts between commas of the tokens from {@code from} to {@code to}, not looking
   * into brackets; none if there are no tokens.
   */
  public List<TokenRange> separated(int from, int to) {
    List<TokenRange> parts = new ArrayList<>();
    int start = from;
    int i = from;
    while (i < to) {
      if (isSymbol(i, ",")) {
        parts.add(new TokenRange(start, i));
        start = i + 1;
      }
      i = opens(i) ? closing(i, to) + 1 : i + 1;
    }
    if (from < to) {
      parts.add(new TokenRange(start, to));
    }
    return parts;
  }

  /**
   * Returns the statements, as H2 separates them by semicolons; empty ones are left out. A {@code
   * ;} itself is part of none.
   */
  public List<TokenRange> statements() {
    List<TokenRange> statements = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= size(); i++) {
      if (i == size() || isSymbol(i, ";")) {
        if (i > start) {
          statements.add(new TokenRange(start, i));
        }
        start = i + 1;
      }
    }
    return statements;
  }

  /** Returns where a token begins; the end of the text for the position after the last. */
  public int startOf(int index) {
    return index < size() ? get(index).start() : sql.length();
  }
}
