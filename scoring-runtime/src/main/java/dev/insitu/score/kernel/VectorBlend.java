package dev.insitu.score.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Runs blends by the Vector API. The only class that knows it; to be touched only where {@link
 * #isThere} says so.
 */
final class VectorBlend {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = Blend.ROWS;

  private VectorBlend() {}

  /** Returns whether vectors are wide enough to be worth it. */
  static boolean isWide() {
    return LANES >= 16 && ROWS % LANES == 0;
  }

  /**
   * Runs the blends of a tree.
   *
   * @param blends as {@link Blend} has them
   * @param from the first
   * @param to the one behind the last
   * @param bytes the bytes of views
   * @param slots intermediate results, {@link Blend#ROWS} a slot
   * @param rows for how many rows; more may be computed
   */
  static void run(long[] blends, int from, int to, byte[] bytes, byte[] slots, int rows) {
    for (int i = from; i < to; i++) {
      long blend = blends[i];
      int view = (int) (blend >>> 26);
      byte cut = (byte) ((blend & 0xFF) + Byte.MIN_VALUE);
      int a = (int) (blend >>> 8) & 0xFF;
      int b = (int) (blend >>> 16) & 0xFF;
      switch ((int) (blend >>> 24) & 3) {
        case Blend.PAIR -> {
          i++;
          pair(bytes, view, cut, (byte) a, (byte) b, slots, (int) blends[i] * ROWS, rows);
        }
        case Blend.LEAF_OR_SLOT -> leafOrSlot(bytes, view, cut, (byte) a, slots, b * ROWS, rows);
        case Blend.SLOT_OR_LEAF -> slotOrLeaf(bytes, view, cut, (byte) b, slots, a * ROWS, rows);
        default -> slotOrSlot(bytes, view, cut, slots, a * ROWS, b * ROWS, rows);
      }
    }
  }

  private static void pair(
      byte[] bytes, int view, byte cut, byte a, byte b, byte[] slots, int to, int rows) {
    ByteVector yes = ByteVector.broadcast(SPECIES, a);
    ByteVector no = ByteVector.broadcast(SPECIES, b);
    for (int row = 0; row < rows; row += LANES) {
      yes.blend(no, above(bytes, view + row, cut)).intoArray(slots, to + row);
    }
  }

  private static void leafOrSlot(
      byte[] bytes, int view, byte cut, byte leaf, byte[] slots, int slot, int rows) {
    ByteVector yes = ByteVector.broadcast(SPECIES, leaf);
    for (int row = 0; row < rows; row += LANES) {
      ByteVector no = ByteVector.fromArray(SPECIES, slots, slot + row);
      yes.blend(no, above(bytes, view + row, cut)).intoArray(slots, slot + row);
    }
  }

  private static void slotOrLeaf(
      byte[] bytes, int view, byte cut, byte leaf, byte[] slots, int slot, int rows) {
    ByteVector no = ByteVector.broadcast(SPECIES, leaf);
    for (int row = 0; row < rows; row += LANES) {
      ByteVector yes = ByteVector.fromArray(SPECIES, slots, slot + row);
      yes.blend(no, above(bytes, view + row, cut)).intoArray(slots, slot + row);
    }
  }

  private static void slotOrSlot(
      byte[] bytes, int view, byte cut, byte[] slots, int a, int b, int rows) {
    for (int row = 0; row < rows; row += LANES) {
      ByteVector yes = ByteVector.fromArray(SPECIES, slots, a + row);
      ByteVector no = ByteVector.fromArray(SPECIES, slots, b + row);
      yes.blend(no, above(bytes, view + row, cut)).intoArray(slots, a + row);
    }
  }

  private static VectorMask<Byte> above(byte[] bytes, int at, byte cut) {
    return ByteVector.fromArray(SPECIES, bytes, at).compare(VectorOperators.GT, cut);
  }
}
