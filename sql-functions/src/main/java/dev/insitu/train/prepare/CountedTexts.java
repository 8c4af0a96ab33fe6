package dev.insitu.train.prepare;

import dev.insitu.train.TrainingSet;

/**
 * The known words of each distinct text that some rows have, counted once: 4 bytes a word and about
 * 24 a text. Immutable, thread-safe.
 */
final class CountedTexts {
  private final VocabularyEncoding encoding;
  private final TrainingSet.Column column;
  private final int[][] counts;

  CountedTexts(VocabularyEncoding encoding, TrainingSet.Column column, int[] rows) {
    this.encoding = encoding;
    this.column = column;
    boolean[] used = new boolean[column.texts().size()];
    for (int row : rows) {
      if (column.code(row) >= 0) {
        used[column.code(row)] = true;
      }
    }
    this.counts = new int[used.length][];
    for (int code = 0; code < used.length; code++) {
      counts[code] = encoding.count(used[code] ? column.texts().get(code) : null);
    }
  }

  /** Writes the values of a row of the set over zeros. */
  void fill(int row, double[] target, int offset) {
    int code = column.code(row);
    if (code >= 0) {
      encoding.fill(counts[code], target, offset);
    }
  }

  /** Writes the entries of a row of the set from {@code next} on; returns what then is next. */
  int fillSparse(int row, int[] indices, double[] values, int next) {
    int code = column.code(row);
    return code < 0 ? next : encoding.fillSparse(counts[code], indices, values, next);
  }
}
