package dev.insitu.train;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * The words of a text: in lower case (root locale), cut at U+0020 alone, empty ones left out. That
 * is what ONNX StringSplit with the delimiter U+0020 gives; a tab or a line end is part of a word,
 * because the operator has one delimiter.
 */
public final class Words {
  /** Between words. */
  public static final String DELIMITER = " ";

  /** Texts are long if they have more words than this on average (sql.md). */
  private static final int WORDS_OF_LONG_TEXT = 4;

  private Words() {}

  /** Hands over each word, in order. */
  public static void each(String text, Consumer<String> action) {
    String lower = text.toLowerCase(Locale.ROOT);
    int start = 0;
    for (int end = lower.indexOf(' '); end >= 0; end = lower.indexOf(' ', start)) {
      if (end > start) {
        action.accept(lower.substring(start, end));
      }
      start = end + 1;
    }
    if (start < lower.length()) {
      action.accept(lower.substring(start));
    }
  }

  /** Returns the number of words. */
  public static int count(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean blank = text.charAt(i) == ' ';
      words += blank || inside ? 0 : 1;
      inside = !blank;
    }
    return words;
  }

  /** Returns whether so many texts with so many words in all are long on average. */
  public static boolean areLong(long words, long texts) {
    return words > WORDS_OF_LONG_TEXT * texts;
  }
}
