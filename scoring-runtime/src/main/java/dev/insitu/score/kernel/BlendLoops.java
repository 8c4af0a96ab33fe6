package dev.insitu.score.kernel;

/**
 * The loops of {@link Blend blends}. The bytes of eight rows are one long, and comparing and
 * choosing is a subtraction and logic, so plain that the compiler of the JVM makes vector
 * instructions of it, 32 or 64 rows at once. How many values a loop has decides whether the
 * compiler does: three views and a result it takes on every Java from 17 on.
 *
 * <p>A byte of a view has its highest bit; it keeps it if what it is above of is taken away, and
 * only that bit of the difference means anything: it is set where the answer is no. Leaves have
 * seven bits, so the mask of a no has seven.
 */
final class BlendLoops {
  private static final long SIGNS = 0x8080808080808080L;

  private BlendLoops() {}

  /** Leaf, or the one behind it. */
  static void pair(long[] view, long above, long leaf, long[] slot, int eights) {
    for (int i = 0; i < eights; i++) {
      slot[i] = leaf + ((view[i] - above & SIGNS) >>> 7);
    }
  }

  /** One of four leaves: the root's answer is the second bit, its child's the first. */
  static void quad(
      long[] view,
      long above,
      long[] yesView,
      long yesAbove,
      long[] noView,
      long noAbove,
      long leaf,
      long[] slot,
      int eights) {
    for (int i = 0; i < eights; i++) {
      long root = view[i] - above;
      long yes = yesView[i] - yesAbove;
      long child = yes ^ (yes ^ noView[i] - noAbove) & root;
      slot[i] = leaf + ((child & SIGNS) >>> 7) + ((root & SIGNS) >>> 6);
    }
  }

  /**
   * A leaf, or one of a pair behind it.
   *
   * @param further how much the pair's first leaf is behind the leaf
   */
  static void leafOrPair(
      long[] view,
      long above,
      long[] pairView,
      long pairAbove,
      long leaf,
      long further,
      long[] slot,
      int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      long pair = further + ((pairView[i] - pairAbove & SIGNS) >>> 7);
      slot[i] = leaf + (pair & sign - (sign >>> 7));
    }
  }

  /**
   * One of a pair, or a leaf before them.
   *
   * @param further how much the pair's first leaf is behind the leaf
   */
  static void pairOrLeaf(
      long[] view,
      long above,
      long[] pairView,
      long pairAbove,
      long leaf,
      long further,
      long[] slot,
      int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      long pair = further + ((pairView[i] - pairAbove & SIGNS) >>> 7);
      slot[i] = leaf + (pair & ~(sign - (sign >>> 7)));
    }
  }

  static void leafOrSlot(long[] view, long above, long leaf, long[] slot, int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      slot[i] = leaf ^ (leaf ^ slot[i]) & sign - (sign >>> 7);
    }
  }

  static void slotOrLeaf(long[] view, long above, long[] slot, long leaf, int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      slot[i] = slot[i] ^ (slot[i] ^ leaf) & sign - (sign >>> 7);
    }
  }

  static void slotOrSlot(long[] view, long above, long[] yes, long[] other, int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      yes[i] = yes[i] ^ (yes[i] ^ other[i]) & sign - (sign >>> 7);
    }
  }

  /**
   * Adds the values of the leaves of four trees, in their order.
   *
   * @param found for each tree the bytes of its leaves
   * @param first for each tree where its leaves begin among the values
   * @param sums in float32
   */
  static void add(long[][] found, int[] first, float[] values, float[] sums, int eights) {
    int a = first[0];
    int b = first[1];
    int c = first[2];
    int d = first[3];
    for (int i = 0, row = 0; i < eights; i++) {
      long as = found[0][i];
      long bs = found[1][i];
      long cs = found[2][i];
      long ds = found[3][i];
      for (int end = row + Long.BYTES; row < end; row++) {
        float sum = sums[row];
        sum += values[a + ((int) as & 0xFF)];
        sum += values[b + ((int) bs & 0xFF)];
        sum += values[c + ((int) cs & 0xFF)];
        sum += values[d + ((int) ds & 0xFF)];
        sums[row] = sum;
        as >>>= Byte.SIZE;
        bs >>>= Byte.SIZE;
        cs >>>= Byte.SIZE;
        ds >>>= Byte.SIZE;
      }
    }
  }

  /** The same in float64. */
  static void add(long[][] found, int[] first, double[] values, double[] sums, int eights) {
    int a = first[0];
    int b = first[1];
    int c = first[2];
    int d = first[3];
    for (int i = 0, row = 0; i < eights; i++) {
      long as = found[0][i];
      long bs = found[1][i];
      long cs = found[2][i];
      long ds = found[3][i];
      for (int end = row + Long.BYTES; row < end; row++) {
        double sum = sums[row];
        sum += values[a + ((int) as & 0xFF)];
        sum += values[b + ((int) bs & 0xFF)];
        sum += values[c + ((int) cs & 0xFF)];
        sum += values[d + ((int) ds & 0xFF)];
        sums[row] = sum;
        as >>>= Byte.SIZE;
        bs >>>= Byte.SIZE;
        cs >>>= Byte.SIZE;
        ds >>>= Byte.SIZE;
      }
    }
  }
}
