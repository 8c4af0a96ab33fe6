package dev.insitu.jdbc.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens by the lexical rules of H2 (class {@code org.h2.command.Tokenizer},
 * 2.4.240): nested block comments, {@code --} and {@code //} to the end of the line, {@code $$}
 * strings, back-ticks. Never fails: what cannot be read is one last token. Confined to one thread.
 */
final class Tokenizer {
  private static final String TWO_CHARACTERS = "=> <= >= <> != !~ || && :: := ";

  private final String sql;
  private final int end;
  private final List<Token> tokens = new ArrayList<>();
  private int i;

  private Tokenizer(String sql) {
    this.sql = sql;
    this.end = sql.length();
  }

  static List<Token> tokenize(String sql) {
    Tokenizer tokenizer = new Tokenizer(sql);
    tokenizer.run();
    return tokenizer.tokens;
  }

  private void run() {
    while (i < end) {
      char c = sql.charAt(i);
      if (c == '-' && next() == '-' || c == '/' && next() == '/') {
        skipLine();
      } else if (c == '/' && next() == '*') {
        skipBlock();
      } else if (c == '\'') {
        string(i);
      } else if (c == '"' || c == '`') {
        quoted(i, c);
      } else if (c >= '0' && c <= '9' || c == '.' && isDigit(next())) {
        number();
      } else if (c == '?') {
        question();
      } else if (c == '$') {
        dollar();
      } else if (c <= ' ' || Character.isSpaceChar(sql.codePointAt(i))) {
        i += Character.charCount(sql.codePointAt(i));
      } else if (Character.isJavaIdentifierStart(sql.codePointAt(i)) || c == '#') {
        word();
      } else {
        symbol();
      }
    }
  }

  private char next() {
    return i + 1 < end ? sql.charAt(i + 1) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void add(Token.Kind kind, int start) {
    tokens.add(new Token(kind, start, i));
  }

  private void broken(int start) {
    i = end;
    add(Token.Kind.BROKEN, start);
  }

  private void skipLine() {
    while (i < end && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
      i++;
    }
  }

  private void skipBlock() {
    int start = i;
    i += 2;
    for (int level = 1; level > 0; ) {
      if (i + 1 >= end) {
        broken(start);
        return;
      } else if (sql.charAt(i) == '*' && sql.charAt(i + 1) == '/') {
        level--;
        i += 2;
      } else if (sql.charAt(i) == '/' && sql.charAt(i + 1) == '*') {
        level++;
        i += 2;
      } else {
        i++;
      }
    }
  }

  private void string(int start) {
    if (closes('\'')) {
      add(Token.Kind.STRING, start);
    } else {
      broken(start);
    }
  }

  private void quoted(int start, char quote) {
    if (closes(quote)) {
      add(Token.Kind.QUOTED, start);
    } else {
      broken(start);
    }
  }

  /** Moves from the opening quote behind the closing one; a doubled quote is one inside. */
  private boolean closes(char quote) {
    do {
      i = sql.indexOf(quote, i + 1);
      if (i < 0) {
        return false;
      }
      i++;
    } while (i < end && sql.charAt(i) == quote);
    return true;
  }

  private void number() {
    int start = i;
    if (sql.charAt(i) == '0' && "bBoOxX".indexOf(next()) >= 0 && next() != 0) {
      i += 2;
      while (i < end && Character.isLetterOrDigit(sql.charAt(i)) || underscore()) {
        i++;
      }
    } else {
      digits();
      if (i < end && sql.charAt(i) == '.') {
        i++;
        digits();
      }
      if (i < end && (sql.charAt(i) | 0x20) == 'e') {
        int sign = next() == '+' || next() == '-' ? 1 : 0;
        if (i + 1 + sign < end && isDigit(sql.charAt(i + 1 + sign))) {
          i += 1 + sign;
          digits();
        }
      } else if (i < end && (sql.charAt(i) | 0x20) == 'l') {
        i++;
      }
    }
    add(Token.Kind.NUMBER, start);
  }

  private void digits() {
    while (i < end && isDigit(sql.charAt(i)) || underscore()) {
      i++;
    }
  }

  private boolean underscore() {
    return i < end && sql.charAt(i) == '_';
  }

  private void question() {
    int start = i;
    if (next() == '?' && i + 2 < end && (sql.charAt(i + 2) == '(' || sql.charAt(i + 2) == ')')) {
      i += 3;
      add(Token.Kind.SYMBOL, start);
    } else {
      parameter(start);
    }
  }

  private void parameter(int start) {
    i++;
    while (i < end && isDigit(sql.charAt(i))) {
      i++;
    }
    add(Token.Kind.PARAMETER, start);
  }

  private void dollar() {
    int start = i;
    if (next() != '$') {
      parameter(start);
      return;
    }
    int close = sql.indexOf("$$", i + 2);
    if (close < 0) {
      broken(start);
    } else {
      i = close + 2;
      add(Token.Kind.STRING, start);
    }
  }

  private void word() {
    int start = i;
    char c = sql.charAt(i);
    char after = next();
    if (after == '\'' && "nNxX".indexOf(c) >= 0) {
      i++;
      string(start);
      return;
    }
    if ((c | 0x20) == 'u' && after == '&' && i + 2 < end) {
      char quote = sql.charAt(i + 2);
      if (quote == '\'' || quote == '"') {
        i += 2;
        if (quote == '"') {
          quoted(start, quote);
        } else {
          string(start);
        }
        return;
      }
    }
    do {
      i += Character.charCount(sql.codePointAt(i));
    } while (i < end
        && (Character.isJavaIdentifierPart(sql.codePointAt(i)) || sql.charAt(i) == '#'));
    add(Token.Kind.WORD, start);
  }

  private void symbol() {
    int start = i;
    boolean two =
        i + 1 < end && TWO_CHARACTERS.contains("" + sql.charAt(i) + sql.charAt(i + 1) + ' ');
    i += two ? 2 : Character.charCount(sql.codePointAt(i));
    add(Token.Kind.SYMBOL, start);
  }
}
