package dev.insitu.score.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link PermutedTrees} in the Vector API. Nobody may come here unless {@link Vectors}
 * says so: the module is an incubator's and may be missing, and where the compiler of the JVM has
 * no instruction for a step the loops are slower than anything else.
 *
 * <p>The bytes of eight rows are one long, as in {@link BlendLoops}; 64 rows are a vector. Loops go
 * on to the end of the last vector, so arrays are as long as a multiple of 64 rows.
 */
final class VectorLoops {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Integer> HALF = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;

  /** The longs of a vector. */
  private static final int STEP = 8;

  private static final int SIXTEEN = 16;

  private VectorLoops() {}

  /** Returns whether vectors of 64 bytes are what this processor has. */
  static boolean isWide() {
    return ByteVector.SPECIES_PREFERRED.vectorBitSize() == BYTES.vectorBitSize();
  }

  private static ByteVector bytes(long[] eights, int at) {
    return LongVector.fromArray(LONGS, eights, at).reinterpretAsBytes();
  }

  private static void put(ByteVector bytes, long[] eights, int at) {
    bytes.reinterpretAsLongs().intoArray(eights, at);
  }

  /** Gives each row the place {@code yes}, or the one behind it if its view is above a cut. */
  static void root(long[] view, byte cut, byte yes, long[] places, int eights) {
    ByteVector either = ByteVector.broadcast(BYTES, yes);
    for (int i = 0; i < eights; i += STEP) {
      VectorMask<Byte> no = bytes(view, i).compare(VectorOperators.GT, cut);
      put(either.blend((byte) (yes + 1), no), places, i);
    }
  }

  /**
   * Fills a view: of each row the byte of its bin.
   *
   * @param table the byte of each bin, 64, 128 or 256
   * @param narrow takes the bins as bytes
   */
  static void fill(byte[] table, int[] bins, byte[] narrow, long[] view, int eights) {
    for (int row = 0; row < eights * STEP; row += SIXTEEN) {
      ((ByteVector)
              IntVector.fromArray(INTS, bins, row)
                  .convertShape(VectorOperators.I2B, ByteVector.SPECIES_128, 0))
          .intoArray(narrow, row);
    }
    switch (table.length / BYTES.length()) {
      case 1 -> fillOfOne(table, narrow, view, eights);
      case 2 -> fillOfTwo(table, narrow, view, eights);
      default -> fillOfFour(table, narrow, view, eights);
    }
  }

  private static void fillOfOne(byte[] table, byte[] bins, long[] view, int eights) {
    ByteVector first = ByteVector.fromArray(BYTES, table, 0);
    for (int i = 0; i < eights; i += STEP) {
      put(ByteVector.fromArray(BYTES, bins, i * STEP).selectFrom(first), view, i);
    }
  }

  private static void fillOfTwo(byte[] table, byte[] bins, long[] view, int eights) {
    ByteVector first = ByteVector.fromArray(BYTES, table, 0);
    ByteVector second = ByteVector.fromArray(BYTES, table, BYTES.length());
    for (int i = 0; i < eights; i += STEP) {
      ByteVector bin = ByteVector.fromArray(BYTES, bins, i * STEP);
      ByteVector within = bin.and((byte) 63);
      VectorMask<Byte> bit6 = bin.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
      put(within.selectFrom(first).blend(within.selectFrom(second), bit6), view, i);
    }
  }

  private static void fillOfFour(byte[] table, byte[] bins, long[] view, int eights) {
    ByteVector first = ByteVector.fromArray(BYTES, table, 0);
    ByteVector second = ByteVector.fromArray(BYTES, table, BYTES.length());
    ByteVector third = ByteVector.fromArray(BYTES, table, 2 * BYTES.length());
    ByteVector fourth = ByteVector.fromArray(BYTES, table, 3 * BYTES.length());
    for (int i = 0; i < eights; i += STEP) {
      ByteVector bin = ByteVector.fromArray(BYTES, bins, i * STEP);
      ByteVector within = bin.and((byte) 63);
      VectorMask<Byte> bit6 = bin.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
      ByteVector low = within.selectFrom(first).blend(within.selectFrom(second), bit6);
      ByteVector high = within.selectFrom(third).blend(within.selectFrom(fourth), bit6);
      put(low.blend(high, bin.compare(VectorOperators.LT, (byte) 0)), view, i);
    }
  }

  /**
   * Finds each row's place behind the first three levels of a tree, 8 to 15.
   *
   * @param views the bytes of all views
   * @param asked from {@code 8 * tree + 1} on the views of places 1 to 7
   * @param cuts from {@code 64 * tree + 1} on their cuts
   */
  static void top(long[][] views, int[] asked, byte[] cuts, int tree, long[] places, int eights) {
    int at = STEP * tree;
    long[] v1 = views[asked[at + 1]];
    long[] v2 = views[asked[at + 2]];
    long[] v3 = views[asked[at + 3]];
    long[] v4 = views[asked[at + 4]];
    long[] v5 = views[asked[at + 5]];
    long[] v6 = views[asked[at + 6]];
    long[] v7 = views[asked[at + 7]];
    int cut = PermutedTrees.PLACES * tree;
    byte c1 = cuts[cut + 1];
    byte c2 = cuts[cut + 2];
    byte c3 = cuts[cut + 3];
    byte c4 = cuts[cut + 4];
    byte c5 = cuts[cut + 5];
    byte c6 = cuts[cut + 6];
    byte c7 = cuts[cut + 7];
    for (int i = 0; i < eights; i += STEP) {
      VectorMask<Byte> m1 = bytes(v1, i).compare(VectorOperators.GT, c1);
      VectorMask<Byte> m2 = bytes(v2, i).compare(VectorOperators.GT, c2);
      VectorMask<Byte> m3 = bytes(v3, i).compare(VectorOperators.GT, c3);
      ByteVector two = ByteVector.broadcast(BYTES, (byte) 4).blend((byte) 5, m2);
      ByteVector more = ByteVector.broadcast(BYTES, (byte) 6).blend((byte) 7, m3);
      ByteVector yes = bytes(v4, i).sub(c4).blend(bytes(v5, i).sub(c5), m2);
      ByteVector no = bytes(v6, i).sub(c6).blend(bytes(v7, i).sub(c7), m3);
      VectorMask<Byte> m = yes.blend(no, m1).compare(VectorOperators.GT, (byte) 0);
      ByteVector place = two.blend(more, m1);
      place = place.add(place);
      put(place.blend(place.add((byte) 1), m), places, i);
    }
  }

  /**
   * Finds the bins of numbers by a grid of steps, each with one or two cuts at most; as {@link
   * Cuts} does one by one. What is behind the last whole vector is left alone.
   *
   * @param before for each step how many cuts are in those before it
   * @param cuts the cuts, filled up with infinity, which nothing is above of
   * @param two whether a step may have two
   * @param top the bin of NaN
   * @return how many numbers have their bins
   */
  static int bins(
      double[] values,
      int offset,
      int rows,
      double low,
      double scale,
      int[] before,
      double[] cuts,
      boolean two,
      int top,
      int[] bins) {
    int last = before.length - 2;
    int end = DOUBLES.loopBound(rows);
    for (int row = 0; row < end; row += DOUBLES.length()) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, values, offset + row);
      step(value, low, scale, last).intoArray(bins, row);
      IntVector.fromArray(HALF, before, 0, bins, row).intoArray(bins, row);
      VectorMask<Double> above =
          value.compare(VectorOperators.GT, DoubleVector.fromArray(DOUBLES, cuts, 0, bins, row));
      IntVector bin = IntVector.fromArray(HALF, bins, row);
      IntVector found = bin.add(1, above.cast(HALF));
      if (two) {
        VectorMask<Double> more =
            value.compare(VectorOperators.GT, DoubleVector.fromArray(DOUBLES, cuts, 1, bins, row));
        found = found.add(1, more.cast(HALF));
      }
      VectorMask<Double> nan = value.compare(VectorOperators.NE, value);
      found.blend(top, nan.cast(HALF)).intoArray(bins, row);
    }
    return end;
  }

  /** Returns how many of the first numbers are finite: all of the whole vectors, or fewer. */
  static int finite(double[] values, int rows) {
    int end = DOUBLES.loopBound(rows);
    VectorMask<Double> finite = DOUBLES.maskAll(true);
    for (int row = 0; row < end; row += DOUBLES.length()) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, values, row);
      finite = finite.and(value.abs().compare(VectorOperators.LE, Double.MAX_VALUE));
    }
    return finite.allTrue() ? end : 0;
  }

  private static IntVector step(DoubleVector value, double low, double scale, int last) {
    return ((IntVector) value.sub(low).mul(scale).convertShape(VectorOperators.D2I, HALF, 0))
        .lanewise(VectorOperators.MIN, last)
        .lanewise(VectorOperators.MAX, 0);
  }

  /** Spreads the bytes of rows, none of which has a sign, to whole numbers. */
  private static void spread(long[] places, int[] map, int rows) {
    for (int row = 0; row < rows; row += SIXTEEN) {
      LongVector.fromArray(LongVector.SPECIES_128, places, row / Long.BYTES)
          .reinterpretAsBytes()
          .convertShape(VectorOperators.B2I, INTS, 0)
          .reinterpretAsInts()
          .intoArray(map, row);
    }
  }

  /**
   * Adds to each row's sum the value of its place.
   *
   * @param first where the values of the tree begin
   * @param map takes the places
   */
  static void add(long[] places, double[] values, int first, double[] sums, int[] map, int rows) {
    spread(places, map, rows);
    for (int row = 0; row < rows; row += DOUBLES.length()) {
      DoubleVector.fromArray(DOUBLES, sums, row)
          .add(DoubleVector.fromArray(DOUBLES, values, first, map, row))
          .intoArray(sums, row);
    }
  }

  /** The same in float32. */
  static void add(long[] places, float[] values, int first, float[] sums, int[] map, int rows) {
    spread(places, map, rows);
    for (int row = 0; row < rows; row += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, sums, row)
          .add(FloatVector.fromArray(FLOATS, values, first, map, row))
          .intoArray(sums, row);
    }
  }
}
