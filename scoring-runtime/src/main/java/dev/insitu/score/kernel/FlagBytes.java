package dev.insitu.score.kernel;

import dev.insitu.score.kernel.TreeInputs.Flags;
import java.util.Arrays;
import java.util.Collection;
import java.util.Random;

/**
 * Flags of the codes of texts for {@link BlendedTrees}: the codes of eight rows are the bytes of a
 * long, of two if a text has many, and a flag is an exclusive or with its code. Immutable.
 */
final class FlagBytes {
  private static final int EIGHT = 8;
  private static final long EACH = 0x0101010101010101L;
  private static final long SIGNS = 0x8080808080808080L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final int BITS = 7;
  private static final int BYTE = (1 << BITS) - 1;
  private static final int MOST = 1 << 2 * BITS;

  /** By text the largest code that a flag asks, -1 for none. */
  private final int[] largest;

  FlagBytes(Collection<Flags> flags) {
    this.largest = new int[flags.stream().mapToInt(Flags::text).max().orElse(-1) + 1];
    Arrays.fill(largest, -1);
    for (Flags flag : flags) {
      largest[flag.text()] = Math.max(largest[flag.text()], flag.code());
    }
  }

  /** Returns whether two bytes hold what flags ask. */
  boolean hasAll() {
    return Arrays.stream(largest).allMatch(code -> code + 3 <= MOST);
  }

  /** Returns codes of made-up rows, each text's from none to one that no flag asks. */
  int[][] codes(Random random, int rows) {
    return Arrays.stream(largest)
        .mapToObj(code -> random.ints(rows, -1, code + 2).toArray())
        .toArray(int[][]::new);
  }

  /** The codes of some rows. */
  static final class Work {
    private final long[][] low;
    private final long[][] high;

    private Work(int[] largest, int rows) {
      this.low = new long[largest.length][];
      this.high = new long[largest.length][];
      for (int text = 0; text < largest.length; text++) {
        int longs = rows / EIGHT;
        low[text] = new long[largest[text] < 0 ? 0 : longs];
        high[text] = new long[largest[text] + 2 > BYTE ? longs : 0];
      }
    }
  }

  Work work(int rows) {
    return new Work(largest, rows);
  }

  /** Takes the codes of rows. */
  void load(int[][] codes, int eights, Work work) {
    for (int text = 0; text < largest.length; text++) {
      if (largest[text] >= 0) {
        load(codes[text], 0, largest[text] + 2, eights, work.low[text]);
        if (work.high[text].length > 0) {
          load(codes[text], BITS, largest[text] + 2, eights, work.high[text]);
        }
      }
    }
  }

  /** Counts from 0, the code -1; what is beyond all flags is alike. */
  private static void load(int[] codes, int shift, int most, int eights, long[] bytes) {
    for (int i = 0; i < eights; i++) {
      long eight = 0;
      for (int row = i * EIGHT + EIGHT - 1; row >= i * EIGHT; row--) {
        eight = eight << 8 | Math.min(codes[row] + 1, most) >>> shift & BYTE;
      }
      bytes[i] = eight;
    }
  }

  /**
   * Writes one byte where the text has the code of a flag, another where it has not.
   *
   * @param view takes the bytes
   */
  void fill(Flags flag, byte yes, byte no, int eights, Work work, long[] view) {
    int code = flag.code() + 1;
    long yesEach = (yes & 0xFF) * EACH;
    long change = yesEach ^ (no & 0xFF) * EACH;
    long[] high = work.high[flag.text()];
    if (high.length == 0) {
      fill(work.low[flag.text()], code * EACH, yesEach, change, eights, view);
    } else {
      fill(
          work.low[flag.text()],
          high,
          (code & BYTE) * EACH,
          (code >>> BITS) * EACH,
          yesEach,
          change,
          eights,
          view);
    }
  }

  /** What differs has a bit in its byte, and with all other bits added the highest. */
  private static void fill(
      long[] codes, long code, long yes, long change, int eights, long[] view) {
    for (int i = 0; i < eights; i++) {
      long other = (codes[i] ^ code) + LOW & SIGNS;
      view[i] = yes ^ change & (other - (other >>> BITS) | other);
    }
  }

  private static void fill(
      long[] low,
      long[] high,
      long lowCode,
      long highCode,
      long yes,
      long change,
      int eights,
      long[] view) {
    for (int i = 0; i < eights; i++) {
      long other = (low[i] ^ lowCode | high[i] ^ highCode) + LOW & SIGNS;
      view[i] = yes ^ change & (other - (other >>> BITS) | other);
    }
  }
}
