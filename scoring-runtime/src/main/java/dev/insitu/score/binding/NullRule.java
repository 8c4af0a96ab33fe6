package dev.insitu.score.binding;

import org.jspecify.annotations.Nullable;

/**
 * What a NULL in a column becomes.
 *
 * @param kind which
 * @param number of {@link Kind#NUMBER} the number
 * @param text of {@link Kind#TEXT} the text
 */
public record NullRule(Kind kind, double number, @Nullable String text) {
  /** What a NULL becomes. */
  public enum Kind {
    /** An error. */
    REFUSED,
    /** NaN. */
    NAN,
    /** A stated number. */
    NUMBER,
    /** A stated text. */
    TEXT
  }

  /** A NULL is an error. */
  public static final NullRule REFUSED = new NullRule(Kind.REFUSED, 0, null);

  /** A NULL becomes NaN. */
  public static final NullRule NAN = new NullRule(Kind.NAN, 0, null);

  /** A NULL becomes a number. */
  public static NullRule number(double number) {
    return new NullRule(Kind.NUMBER, number, null);
  }

  /** A NULL becomes a text. */
  public static NullRule text(String text) {
    return new NullRule(Kind.TEXT, 0, text);
  }
}
