package dev.insitu.train.prepare;

import dev.insitu.train.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tf-idf columns of a long text: one per word of its vocabulary. Immutable.
 *
 * <p>A value is {@code count * idf} divided by the row's Euclidean norm, {@code idf = ln((1 + n) /
 * (1 + df)) + 1} of n training rows of which df have the word; a text without a known word is all
 * zeros. Source: scikit-learn, {@code TfidfVectorizer} with its defaults {@code smooth_idf=True,
 * norm="l2"}.
 *
 * <p>A norm that differed in its last bit between Java and an engine, which sum in different
 * orders, could send a row down another branch of a tree. So it is the root of a sum of whole
 * numbers, {@code count² * rint(idf² * 2^30)}, which is exact in any order as long as the norm is
 * below 2896 (beyond: to the last bits). The norm is thereby off by 2.4e-10 of itself at most.
 */
final class VocabularyEncoding {
  /** Scale of the norm; a power of two, so that scaling loses nothing. */
  private static final double UNIT = 0x1p15;

  private static final int COUNT_BITS = 23;
  private static final int MAX_COUNT = (1 << COUNT_BITS) - 1;

  private static final int[] NO_WORDS = {};

  private final int input;
  private final int first;
  private final List<String> words;
  private final Map<String, Integer> positions = new HashMap<>();
  private final double[] factors;
  private final double[] squares;

  /**
   * Makes an encoding.
   *
   * @param input position of the input in the signature
   * @param first position of the first column in the prepared matrix
   * @param words the vocabulary, by code point; at most 512 words
   * @param idf the weight of each word, at least 1
   */
  VocabularyEncoding(int input, int first, List<String> words, double[] idf) {
    this.input = input;
    this.first = first;
    this.words = List.copyOf(words);
    this.factors = new double[idf.length];
    this.squares = new double[idf.length];
    for (int i = 0; i < idf.length; i++) {
      positions.put(words.get(i), i);
      factors[i] = idf[i] * UNIT;
      squares[i] = Math.rint(factors[i] * factors[i]);
    }
  }

  private VocabularyEncoding(VocabularyEncoding other, int first) {
    this.input = other.input;
    this.first = first;
    this.words = other.words;
    this.positions.putAll(other.positions);
    this.factors = other.factors;
    this.squares = other.squares;
  }

  /** Returns the same encoding at another place of the prepared matrix. */
  VocabularyEncoding at(int position) {
    return new VocabularyEncoding(this, position);
  }

  int input() {
    return input;
  }

  int first() {
    return first;
  }

  List<String> words() {
    return words;
  }

  /** Returns what each count is multiplied by: idf times a power of two. */
  double[] factors() {
    return factors.clone();
  }

  /** Returns what each squared count is multiplied by for the square of the norm; whole numbers. */
  double[] squares() {
    return squares.clone();
  }

  /**
   * Counts the known words of a text, 4 bytes a word.
   *
   * @param text null is NULL, which has no words
   */
  int[] count(@Nullable String text) {
    if (text == null) {
      return NO_WORDS;
    }
    int[] counts = new int[words.size()];
    Words.each(
        text,
        word -> {
          Integer position = positions.get(word);
          if (position != null && counts[position] < MAX_COUNT) {
            counts[position]++;
          }
        });
    int known = 0;
    for (int count : counts) {
      known += count > 0 ? 1 : 0;
    }
    if (known == 0) {
      return NO_WORDS;
    }
    int[] packed = new int[known];
    int next = 0;
    for (int position = 0; position < counts.length; position++) {
      if (counts[position] > 0) {
        packed[next++] = position << COUNT_BITS | counts[position];
      }
    }
    return packed;
  }

  /** Writes the values of a counted text over zeros; {@code row} is where the row begins. */
  void fill(int[] counted, double[] target, int row) {
    double norm = norm(counted);
    for (int packed : counted) {
      int position = packed >>> COUNT_BITS;
      target[row + first + position] = (packed & MAX_COUNT) * factors[position] / norm;
    }
  }

  /** Writes the entries of a counted text from {@code next} on; returns what then is next. */
  int fillSparse(int[] counted, int[] indices, double[] values, int next) {
    double norm = norm(counted);
    int entry = next;
    for (int packed : counted) {
      int position = packed >>> COUNT_BITS;
      indices[entry] = first + position;
      values[entry++] = (packed & MAX_COUNT) * factors[position] / norm;
    }
    return entry;
  }

  private double norm(int[] counted) {
    double sum = 0;
    for (int packed : counted) {
      double count = packed & MAX_COUNT;
      sum += count * count * squares[packed >>> COUNT_BITS];
    }
    return Math.sqrt(Math.max(sum, 1));
  }
}
