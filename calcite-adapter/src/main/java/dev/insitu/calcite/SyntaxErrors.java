package dev.insitu.calcite;

import dev.insitu.calcite.ddl.TextRange;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.jdbc.text.SqlTokens;

/** Syntax errors that say where. */
public final class SyntaxErrors {
  private SyntaxErrors() {}

  /** Returns the error at a character of the original text. */
  static MlException at(String sql, int position, String what) {
    return MlException.of(ErrorCode.SYNTAX, place(sql, position) + ": " + what);
  }

  /** Returns where a part of a text begins: {@code line 1, column 15}. */
  public static String place(String sql, TextRange range) {
    return place(sql, range.start());
  }

  private static String place(String sql, int position) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < position; i++) {
      if (sql.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return "line " + line + ", column " + column;
  }

  /** Returns the error at a line and column, both from 1. */
  static MlException at(int line, int column, String what) {
    return MlException.of(ErrorCode.SYNTAX, "line " + line + ", column " + column + ": " + what);
  }

  /** Returns the error that something else was expected at a token. */
  static MlException found(SqlTokens tokens, int token, String expected) {
    boolean end = token >= tokens.size() || tokens.isSymbol(token, ";");
    return at(
        tokens.sql(),
        tokens.startOf(token),
        "found " + (end ? "the end" : quoted(tokens.text(token))) + ", expected " + expected);
  }

  static String quoted(String token) {
    return "\"" + (token.length() > 40 ? token.substring(0, 40) + "…" : token) + "\"";
  }
}
