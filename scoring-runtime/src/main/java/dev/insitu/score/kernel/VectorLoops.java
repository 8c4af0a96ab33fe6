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
   * Goes one level down: of all views that the level asks each row takes the one of its own place.
   * The loops are written out, since the compiler calls what a loop with so many vectors calls.
   *
   * @param asked the views that the level asks, their number one of {@link PermutedTrees#WIDTHS}
   * @param turns for each place the number of its view among them
   * @param cuts for each place its cut
   * @param at where the tree begins in both
   * @param back what is taken from the new places
   * @param places the place of each row, replaced
   */
  static void level(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    switch (asked.length) {
      case 4 -> of4(views, asked, turns, cuts, at, back, places, eights);
      case 8 -> of8(views, asked, turns, cuts, at, back, places, eights);
      case 12 -> of12(views, asked, turns, cuts, at, back, places, eights);
      case 16 -> of16(views, asked, turns, cuts, at, back, places, eights);
      case 24 -> of24(views, asked, turns, cuts, at, back, places, eights);
      default -> of32(views, asked, turns, cuts, at, back, places, eights);
    }
  }

  private static VectorMask<Byte> bit(ByteVector turn, int bit) {
    return turn.lanewise(VectorOperators.AND, (byte) bit).compare(VectorOperators.NE, (byte) 0);
  }

  private static void of4(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, turns, at);
    ByteVector cut = ByteVector.fromArray(BYTES, cuts, at);
    long[] v0 = views[asked[0]];
    long[] v1 = views[asked[1]];
    long[] v2 = views[asked[2]];
    long[] v3 = views[asked[3]];
    for (int i = 0; i < eights; i += STEP) {
      ByteVector place = LongVector.fromArray(LONGS, places, i).reinterpretAsBytes();
      ByteVector own = place.selectFrom(turn);
      VectorMask<Byte> bit0 = bit(own, 1);
      VectorMask<Byte> bit1 = bit(own, 2);
      ByteVector from0 =
          LongVector.fromArray(LONGS, v0, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v1, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v2, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v3, i).reinterpretAsBytes(), bit0),
                  bit1);
      VectorMask<Byte> no = from0.compare(VectorOperators.GT, place.selectFrom(cut));
      ByteVector yes = place.add(place).sub(back);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of8(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, turns, at);
    ByteVector cut = ByteVector.fromArray(BYTES, cuts, at);
    long[] v0 = views[asked[0]];
    long[] v1 = views[asked[1]];
    long[] v2 = views[asked[2]];
    long[] v3 = views[asked[3]];
    long[] v4 = views[asked[4]];
    long[] v5 = views[asked[5]];
    long[] v6 = views[asked[6]];
    long[] v7 = views[asked[7]];
    for (int i = 0; i < eights; i += STEP) {
      ByteVector place = LongVector.fromArray(LONGS, places, i).reinterpretAsBytes();
      ByteVector own = place.selectFrom(turn);
      VectorMask<Byte> bit0 = bit(own, 1);
      VectorMask<Byte> bit1 = bit(own, 2);
      VectorMask<Byte> bit2 = bit(own, 4);
      ByteVector from0 =
          LongVector.fromArray(LONGS, v0, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v1, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v2, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v3, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from4 =
          LongVector.fromArray(LONGS, v4, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v5, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v6, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v7, i).reinterpretAsBytes(), bit0),
                  bit1);
      VectorMask<Byte> no =
          from0.blend(from4, bit2).compare(VectorOperators.GT, place.selectFrom(cut));
      ByteVector yes = place.add(place).sub(back);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of12(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, turns, at);
    ByteVector cut = ByteVector.fromArray(BYTES, cuts, at);
    long[] v0 = views[asked[0]];
    long[] v1 = views[asked[1]];
    long[] v2 = views[asked[2]];
    long[] v3 = views[asked[3]];
    long[] v4 = views[asked[4]];
    long[] v5 = views[asked[5]];
    long[] v6 = views[asked[6]];
    long[] v7 = views[asked[7]];
    long[] v8 = views[asked[8]];
    long[] v9 = views[asked[9]];
    long[] v10 = views[asked[10]];
    long[] v11 = views[asked[11]];
    for (int i = 0; i < eights; i += STEP) {
      ByteVector place = LongVector.fromArray(LONGS, places, i).reinterpretAsBytes();
      ByteVector own = place.selectFrom(turn);
      VectorMask<Byte> bit0 = bit(own, 1);
      VectorMask<Byte> bit1 = bit(own, 2);
      VectorMask<Byte> bit2 = bit(own, 4);
      VectorMask<Byte> bit3 = bit(own, 8);
      ByteVector from0 =
          LongVector.fromArray(LONGS, v0, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v1, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v2, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v3, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from4 =
          LongVector.fromArray(LONGS, v4, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v5, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v6, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v7, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from8 =
          LongVector.fromArray(LONGS, v8, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v9, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v10, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v11, i).reinterpretAsBytes(), bit0),
                  bit1);
      VectorMask<Byte> no =
          from0
              .blend(from4, bit2)
              .blend(from8, bit3)
              .compare(VectorOperators.GT, place.selectFrom(cut));
      ByteVector yes = place.add(place).sub(back);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of16(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, turns, at);
    ByteVector cut = ByteVector.fromArray(BYTES, cuts, at);
    long[] v0 = views[asked[0]];
    long[] v1 = views[asked[1]];
    long[] v2 = views[asked[2]];
    long[] v3 = views[asked[3]];
    long[] v4 = views[asked[4]];
    long[] v5 = views[asked[5]];
    long[] v6 = views[asked[6]];
    long[] v7 = views[asked[7]];
    long[] v8 = views[asked[8]];
    long[] v9 = views[asked[9]];
    long[] v10 = views[asked[10]];
    long[] v11 = views[asked[11]];
    long[] v12 = views[asked[12]];
    long[] v13 = views[asked[13]];
    long[] v14 = views[asked[14]];
    long[] v15 = views[asked[15]];
    for (int i = 0; i < eights; i += STEP) {
      ByteVector place = LongVector.fromArray(LONGS, places, i).reinterpretAsBytes();
      ByteVector own = place.selectFrom(turn);
      VectorMask<Byte> bit0 = bit(own, 1);
      VectorMask<Byte> bit1 = bit(own, 2);
      VectorMask<Byte> bit2 = bit(own, 4);
      VectorMask<Byte> bit3 = bit(own, 8);
      ByteVector from0 =
          LongVector.fromArray(LONGS, v0, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v1, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v2, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v3, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from4 =
          LongVector.fromArray(LONGS, v4, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v5, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v6, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v7, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from8 =
          LongVector.fromArray(LONGS, v8, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v9, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v10, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v11, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from12 =
          LongVector.fromArray(LONGS, v12, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v13, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v14, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v15, i).reinterpretAsBytes(), bit0),
                  bit1);
      VectorMask<Byte> no =
          from0
              .blend(from4, bit2)
              .blend(from8.blend(from12, bit2), bit3)
              .compare(VectorOperators.GT, place.selectFrom(cut));
      ByteVector yes = place.add(place).sub(back);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of24(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, turns, at);
    ByteVector cut = ByteVector.fromArray(BYTES, cuts, at);
    long[] v0 = views[asked[0]];
    long[] v1 = views[asked[1]];
    long[] v2 = views[asked[2]];
    long[] v3 = views[asked[3]];
    long[] v4 = views[asked[4]];
    long[] v5 = views[asked[5]];
    long[] v6 = views[asked[6]];
    long[] v7 = views[asked[7]];
    long[] v8 = views[asked[8]];
    long[] v9 = views[asked[9]];
    long[] v10 = views[asked[10]];
    long[] v11 = views[asked[11]];
    long[] v12 = views[asked[12]];
    long[] v13 = views[asked[13]];
    long[] v14 = views[asked[14]];
    long[] v15 = views[asked[15]];
    long[] v16 = views[asked[16]];
    long[] v17 = views[asked[17]];
    long[] v18 = views[asked[18]];
    long[] v19 = views[asked[19]];
    long[] v20 = views[asked[20]];
    long[] v21 = views[asked[21]];
    long[] v22 = views[asked[22]];
    long[] v23 = views[asked[23]];
    for (int i = 0; i < eights; i += STEP) {
      ByteVector place = LongVector.fromArray(LONGS, places, i).reinterpretAsBytes();
      ByteVector own = place.selectFrom(turn);
      VectorMask<Byte> bit0 = bit(own, 1);
      VectorMask<Byte> bit1 = bit(own, 2);
      VectorMask<Byte> bit2 = bit(own, 4);
      VectorMask<Byte> bit3 = bit(own, 8);
      VectorMask<Byte> bit4 = bit(own, 16);
      ByteVector from0 =
          LongVector.fromArray(LONGS, v0, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v1, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v2, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v3, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from4 =
          LongVector.fromArray(LONGS, v4, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v5, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v6, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v7, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from8 =
          LongVector.fromArray(LONGS, v8, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v9, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v10, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v11, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from12 =
          LongVector.fromArray(LONGS, v12, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v13, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v14, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v15, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from16 =
          LongVector.fromArray(LONGS, v16, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v17, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v18, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v19, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from20 =
          LongVector.fromArray(LONGS, v20, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v21, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v22, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v23, i).reinterpretAsBytes(), bit0),
                  bit1);
      VectorMask<Byte> no =
          from0
              .blend(from4, bit2)
              .blend(from8.blend(from12, bit2), bit3)
              .blend(from16.blend(from20, bit2), bit4)
              .compare(VectorOperators.GT, place.selectFrom(cut));
      ByteVector yes = place.add(place).sub(back);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of32(
      long[][] views,
      int[] asked,
      byte[] turns,
      byte[] cuts,
      int at,
      byte back,
      long[] places,
      int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, turns, at);
    ByteVector cut = ByteVector.fromArray(BYTES, cuts, at);
    long[] v0 = views[asked[0]];
    long[] v1 = views[asked[1]];
    long[] v2 = views[asked[2]];
    long[] v3 = views[asked[3]];
    long[] v4 = views[asked[4]];
    long[] v5 = views[asked[5]];
    long[] v6 = views[asked[6]];
    long[] v7 = views[asked[7]];
    long[] v8 = views[asked[8]];
    long[] v9 = views[asked[9]];
    long[] v10 = views[asked[10]];
    long[] v11 = views[asked[11]];
    long[] v12 = views[asked[12]];
    long[] v13 = views[asked[13]];
    long[] v14 = views[asked[14]];
    long[] v15 = views[asked[15]];
    long[] v16 = views[asked[16]];
    long[] v17 = views[asked[17]];
    long[] v18 = views[asked[18]];
    long[] v19 = views[asked[19]];
    long[] v20 = views[asked[20]];
    long[] v21 = views[asked[21]];
    long[] v22 = views[asked[22]];
    long[] v23 = views[asked[23]];
    long[] v24 = views[asked[24]];
    long[] v25 = views[asked[25]];
    long[] v26 = views[asked[26]];
    long[] v27 = views[asked[27]];
    long[] v28 = views[asked[28]];
    long[] v29 = views[asked[29]];
    long[] v30 = views[asked[30]];
    long[] v31 = views[asked[31]];
    for (int i = 0; i < eights; i += STEP) {
      ByteVector place = LongVector.fromArray(LONGS, places, i).reinterpretAsBytes();
      ByteVector own = place.selectFrom(turn);
      VectorMask<Byte> bit0 = bit(own, 1);
      VectorMask<Byte> bit1 = bit(own, 2);
      VectorMask<Byte> bit2 = bit(own, 4);
      VectorMask<Byte> bit3 = bit(own, 8);
      VectorMask<Byte> bit4 = bit(own, 16);
      ByteVector from0 =
          LongVector.fromArray(LONGS, v0, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v1, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v2, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v3, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from4 =
          LongVector.fromArray(LONGS, v4, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v5, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v6, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v7, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from8 =
          LongVector.fromArray(LONGS, v8, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v9, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v10, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v11, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from12 =
          LongVector.fromArray(LONGS, v12, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v13, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v14, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v15, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from16 =
          LongVector.fromArray(LONGS, v16, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v17, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v18, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v19, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from20 =
          LongVector.fromArray(LONGS, v20, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v21, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v22, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v23, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from24 =
          LongVector.fromArray(LONGS, v24, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v25, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v26, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v27, i).reinterpretAsBytes(), bit0),
                  bit1);
      ByteVector from28 =
          LongVector.fromArray(LONGS, v28, i)
              .reinterpretAsBytes()
              .blend(LongVector.fromArray(LONGS, v29, i).reinterpretAsBytes(), bit0)
              .blend(
                  LongVector.fromArray(LONGS, v30, i)
                      .reinterpretAsBytes()
                      .blend(LongVector.fromArray(LONGS, v31, i).reinterpretAsBytes(), bit0),
                  bit1);
      VectorMask<Byte> no =
          from0
              .blend(from4, bit2)
              .blend(from8.blend(from12, bit2), bit3)
              .blend(from16.blend(from20, bit2).blend(from24.blend(from28, bit2), bit3), bit4)
              .compare(VectorOperators.GT, place.selectFrom(cut));
      ByteVector yes = place.add(place).sub(back);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
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
