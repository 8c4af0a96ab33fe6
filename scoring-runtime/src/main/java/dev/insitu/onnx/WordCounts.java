package dev.insitu.onnx;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What StringSplit and TfIdfVectorizer (single words, mode TF) do, in Java: how often each word of
 * a vocabulary stands in a text.
 *
 * <p>Words are split as ONNX Runtime splits them: at every delimiter, empty words between; without
 * a delimiter at runs of blanks (U+0020 alone). SQL NULL has no words. Immutable.
 */
public final class WordCounts {
  private final String delimiter;
  private final boolean lowerCase;
  private final Map<String, Integer> positions;
  private final int width;

  WordCounts(
      String delimiter, boolean lowerCase, List<String> words, List<Long> positions, int width) {
    this.delimiter = delimiter;
    this.lowerCase = lowerCase;
    this.positions = new HashMap<>();
    this.width = width;
    for (int i = 0; i < words.size(); i++) {
      this.positions.putIfAbsent(words.get(i), Math.toIntExact(positions.get(i)));
    }
  }

  /** Returns the number of counts a text. */
  public int width() {
    return width;
  }

  /** Writes the counts of a text, {@link #width()} floats from {@code offset}. */
  public void count(@Nullable String text, FloatBuffer target, int offset) {
    for (int i = 0; i < width; i++) {
      target.put(offset + i, 0);
    }
    if (text == null || text.isEmpty()) {
      return;
    }
    String given = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    boolean runs = delimiter.isEmpty();
    String separator = runs ? " " : delimiter;
    int start = 0;
    while (start >= 0) {
      int end = given.indexOf(separator, start);
      String word = end < 0 ? given.substring(start) : given.substring(start, end);
      if (!(runs && word.isEmpty())) {
        Integer position = positions.get(word);
        if (position != null) {
          target.put(offset + position, target.get(offset + position) + 1);
        }
      }
      start = end < 0 ? -1 : end + separator.length();
    }
  }
}
