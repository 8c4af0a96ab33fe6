package dev.insitu.jdbc.text;

/**
 * A token of a SQL text.
 *
 * @param kind what it is
 * @param start its first character
 * @param end the one after its last
 */
public record Token(Kind kind, int start, int end) {
  /** What a token is. */
  public enum Kind {
    /** A keyword or an identifier without quotes. */
    WORD,
    /** An identifier in double quotes or back-ticks, {@code U&"…"} included. */
    QUOTED,
    /** A string: {@code '…'}, {@code U&'…'}, {@code N'…'}, {@code X'…'}, {@code $$…$$}. */
    STRING,
    /** A number. */
    NUMBER,
    /** {@code ?}, {@code ?1}, {@code $1}. */
    PARAMETER,
    /** An operator or a bracket, of one or two characters. */
    SYMBOL,
    /** The rest of a text that cannot be read: a string or comment that does not end. */
    BROKEN
  }
}
