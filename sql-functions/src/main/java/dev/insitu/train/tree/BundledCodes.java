package dev.insitu.train.tree;

import dev.insitu.train.FreeHeap;
import java.util.List;

/**
 * The codes of all bundles, a byte each, eight of a row in a long and up to four longs of a row
 * side by side: the rows of a small node lie far apart, and each is found by touching little
 * memory. Immutable.
 */
final class BundledCodes {
  /** Codes in a long. */
  static final int CODES = 8;

  /** Longs that are copied at a time. */
  static final int WORDS = 4;

  /** Rows that are copied at a time: so many, with their sums, are at hand at once. */
  static final int BLOCK = 256;

  private final int words;

  /** By slab of four longs a row, then by row, then by long. */
  private final long[][] slabs;

  BundledCodes(List<Bundle> bundles, int rows) {
    this.words = (bundles.size() + CODES - 1) / CODES;
    FreeHeap.require((long) Long.BYTES * words * rows);
    this.slabs = new long[(words + WORDS - 1) / WORDS][];
    for (int slab = 0; slab < slabs.length; slab++) {
      slabs[slab] = new long[Math.multiplyExact(wordsOf(slab), rows)];
    }
    for (int b = 0; b < bundles.size(); b++) {
      int slab = b / (CODES * WORDS);
      long[] target = slabs[slab];
      int stride = wordsOf(slab);
      int word = b / CODES % WORDS;
      int shift = b % CODES * Byte.SIZE;
      char[] codes = bundles.get(b).codes;
      for (int row = 0; row < rows; row++) {
        target[row * stride + word] |= (long) codes[row] << shift;
      }
    }
  }

  /** Returns how many slabs there are. */
  int slabs() {
    return slabs.length;
  }

  /** Returns how many longs a row has in a slab. */
  int wordsOf(int slab) {
    return Math.min(WORDS, words - slab * WORDS);
  }

  /**
   * Copies some rows of a slab: long w of the i-th row to {@code target[w * BLOCK + i]}.
   *
   * @param count at most {@link #BLOCK}
   */
  void copy(int slab, int[] rows, int first, int count, long[] target) {
    long[] source = slabs[slab];
    switch (wordsOf(slab)) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target[i] = source[rows[first + i]];
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          int at = 2 * rows[first + i];
          target[i] = source[at];
          target[BLOCK + i] = source[at + 1];
        }
      }
      case 3 -> {
        for (int i = 0; i < count; i++) {
          int at = 3 * rows[first + i];
          target[i] = source[at];
          target[BLOCK + i] = source[at + 1];
          target[2 * BLOCK + i] = source[at + 2];
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          int at = 4 * rows[first + i];
          target[i] = source[at];
          target[BLOCK + i] = source[at + 1];
          target[2 * BLOCK + i] = source[at + 2];
          target[3 * BLOCK + i] = source[at + 3];
        }
      }
    }
  }
}
