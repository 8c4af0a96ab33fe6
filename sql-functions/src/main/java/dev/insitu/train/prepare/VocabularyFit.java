package dev.insitu.train.prepare;

import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.CodePoints;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.Words;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fits a {@link VocabularyEncoding}. Confined to one thread. */
final class VocabularyFit {
  /**
   * Most words of a vocabulary: what a dense row of trees (4 KB) and the square matrix of linear
   * models (2 MB) still bear.
   */
  static final int MAX_WORDS = 500;

  /** A word of one training row says only which row it is. */
  private static final int MIN_ROWS = 2;

  /**
   * Words are counted exactly up to so many different ones (about 40 MB). When there are more, the
   * rarest so far are forgotten until half are left (lossy counting: Manku and Motwani 2002).
   */
  static final int MAX_CANDIDATES = 1 << 18;

  private final TrainingSet.Column column;
  private final int[] rowsOfText;
  private final int rows;
  private final int maxCandidates;
  private final Map<String, Candidate> candidates = new HashMap<>();

  /**
   * Makes a fit.
   *
   * @param rowsOfText how many training rows have each text of the column
   * @param rows the number of training rows, those with NULL too
   * @param maxCandidates {@link #MAX_CANDIDATES} but in tests
   */
  VocabularyFit(TrainingSet.Column column, int[] rowsOfText, int rows, int maxCandidates) {
    this.column = column;
    this.rowsOfText = rowsOfText;
    this.rows = rows;
    this.maxCandidates = maxCandidates;
  }

  /** Returns whether the texts have over four words on average, NULLs not counted. */
  boolean isLong() {
    long words = 0;
    long texts = 0;
    for (int code = 0; code < rowsOfText.length; code++) {
      if (rowsOfText[code] > 0) {
        words += (long) rowsOfText[code] * Words.count(column.texts().get(code));
        texts += rowsOfText[code];
      }
    }
    return Words.areLong(words, texts);
  }

  /** Returns the encoding, at position 0; nothing if no word is worth a column. */
  Optional<VocabularyEncoding> fit(int input) {
    for (int code = 0; code < rowsOfText.length; code++) {
      if (rowsOfText[code] > 0) {
        add(column.texts().get(code), rowsOfText[code]);
      }
    }
    List<String> words =
        candidates.entrySet().stream()
            .filter(entry -> isUseful(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparing((Map.Entry<String, Candidate> entry) -> -entry.getValue().rows)
                    .thenComparing(Map.Entry::getKey, CodePoints.ORDER))
            .limit(MAX_WORDS)
            .map(Map.Entry::getKey)
            .sorted(CodePoints.ORDER)
            .toList();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    double[] idf = new double[words.size()];
    for (int i = 0; i < idf.length; i++) {
      Candidate candidate = candidates.getOrDefault(words.get(i), new Candidate());
      idf[i] = StrictMath.log((1.0 + rows) / (1.0 + candidate.rows)) + 1;
    }
    return Optional.of(new VocabularyEncoding(input, 0, words, idf));
  }

  private void add(String text, int textRows) {
    Map<String, Integer> counts = new HashMap<>();
    Words.each(text, word -> counts.merge(word, 1, Integer::sum));
    counts.forEach(
        (word, count) -> {
          Candidate candidate = candidates.computeIfAbsent(word, key -> new Candidate());
          candidate.rows += textRows;
          candidate.least = Math.min(candidate.least, count);
          candidate.most = Math.max(candidate.most, count);
        });
    if (candidates.size() > maxCandidates) {
      for (int floor = MIN_ROWS; candidates.size() > maxCandidates / 2; floor *= 2) {
        int least = floor;
        candidates.values().removeIf(candidate -> candidate.rows < least);
      }
    }
  }

  /** What every row has equally often tells nothing; UTF-8 cannot write half a character. */
  private boolean isUseful(String word, Candidate candidate) {
    boolean constant = candidate.rows == rows && candidate.least == candidate.most;
    return candidate.rows >= MIN_ROWS
        && !constant
        && !word.equals(GraphBuilder.NULL_TEXT)
        && !CodePoints.hasLoneSurrogate(word);
  }

  /** In how many training rows a word stands, and how often in one. */
  private static final class Candidate {
    private int rows;
    private int least = Integer.MAX_VALUE;
    private int most;
  }
}
