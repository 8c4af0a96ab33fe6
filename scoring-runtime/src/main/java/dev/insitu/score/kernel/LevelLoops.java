package dev.insitu.score.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops by which {@link PermutedTrees} go down a level, one for each number of views that a
 * level may ask; as {@link VectorLoops}, of which they are a part.
 */
final class LevelLoops {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;

  /** The longs of a vector. */
  private static final int STEP = 8;

  private LevelLoops() {}

  /**
   * A level of a tree.
   *
   * @param asked the views that it asks, their number one of {@link PermutedTrees#WIDTHS}
   * @param turns for each place the number of its view among them
   * @param cuts for each place its cut
   * @param at where the tree begins in both
   * @param next for each place that of its yes, whose no is one behind
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Level(int[] asked, byte[] turns, byte[] cuts, int at, byte[] next) {}

  /**
   * Goes one level down: of all views that the level asks each row takes the one of its own place.
   * The loops are written out, since the compiler calls what a loop with so many vectors calls.
   *
   * @param places the place of each row, replaced
   */
  static void run(long[][] views, Level level, long[] places, int eights) {
    switch (level.asked.length) {
      case 4 -> of4(views, level, places, eights);
      case 8 -> of8(views, level, places, eights);
      case 12 -> of12(views, level, places, eights);
      case 16 -> of16(views, level, places, eights);
      case 24 -> of24(views, level, places, eights);
      default -> of32(views, level, places, eights);
    }
  }

  private static VectorMask<Byte> bit(ByteVector turn, int bit) {
    return turn.lanewise(VectorOperators.AND, (byte) bit).compare(VectorOperators.NE, (byte) 0);
  }

  private static void of4(long[][] views, Level level, long[] places, int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, level.turns, level.at);
    ByteVector cut = ByteVector.fromArray(BYTES, level.cuts, level.at);
    ByteVector next = ByteVector.fromArray(BYTES, level.next, 0);
    long[] v0 = views[level.asked[0]];
    long[] v1 = views[level.asked[1]];
    long[] v2 = views[level.asked[2]];
    long[] v3 = views[level.asked[3]];
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
      ByteVector yes = place.selectFrom(next);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of8(long[][] views, Level level, long[] places, int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, level.turns, level.at);
    ByteVector cut = ByteVector.fromArray(BYTES, level.cuts, level.at);
    ByteVector next = ByteVector.fromArray(BYTES, level.next, 0);
    long[] v0 = views[level.asked[0]];
    long[] v1 = views[level.asked[1]];
    long[] v2 = views[level.asked[2]];
    long[] v3 = views[level.asked[3]];
    long[] v4 = views[level.asked[4]];
    long[] v5 = views[level.asked[5]];
    long[] v6 = views[level.asked[6]];
    long[] v7 = views[level.asked[7]];
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
      ByteVector yes = place.selectFrom(next);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of12(long[][] views, Level level, long[] places, int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, level.turns, level.at);
    ByteVector cut = ByteVector.fromArray(BYTES, level.cuts, level.at);
    ByteVector next = ByteVector.fromArray(BYTES, level.next, 0);
    long[] v0 = views[level.asked[0]];
    long[] v1 = views[level.asked[1]];
    long[] v2 = views[level.asked[2]];
    long[] v3 = views[level.asked[3]];
    long[] v4 = views[level.asked[4]];
    long[] v5 = views[level.asked[5]];
    long[] v6 = views[level.asked[6]];
    long[] v7 = views[level.asked[7]];
    long[] v8 = views[level.asked[8]];
    long[] v9 = views[level.asked[9]];
    long[] v10 = views[level.asked[10]];
    long[] v11 = views[level.asked[11]];
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
      ByteVector yes = place.selectFrom(next);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of16(long[][] views, Level level, long[] places, int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, level.turns, level.at);
    ByteVector cut = ByteVector.fromArray(BYTES, level.cuts, level.at);
    ByteVector next = ByteVector.fromArray(BYTES, level.next, 0);
    long[] v0 = views[level.asked[0]];
    long[] v1 = views[level.asked[1]];
    long[] v2 = views[level.asked[2]];
    long[] v3 = views[level.asked[3]];
    long[] v4 = views[level.asked[4]];
    long[] v5 = views[level.asked[5]];
    long[] v6 = views[level.asked[6]];
    long[] v7 = views[level.asked[7]];
    long[] v8 = views[level.asked[8]];
    long[] v9 = views[level.asked[9]];
    long[] v10 = views[level.asked[10]];
    long[] v11 = views[level.asked[11]];
    long[] v12 = views[level.asked[12]];
    long[] v13 = views[level.asked[13]];
    long[] v14 = views[level.asked[14]];
    long[] v15 = views[level.asked[15]];
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
      ByteVector yes = place.selectFrom(next);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of24(long[][] views, Level level, long[] places, int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, level.turns, level.at);
    ByteVector cut = ByteVector.fromArray(BYTES, level.cuts, level.at);
    ByteVector next = ByteVector.fromArray(BYTES, level.next, 0);
    long[] v0 = views[level.asked[0]];
    long[] v1 = views[level.asked[1]];
    long[] v2 = views[level.asked[2]];
    long[] v3 = views[level.asked[3]];
    long[] v4 = views[level.asked[4]];
    long[] v5 = views[level.asked[5]];
    long[] v6 = views[level.asked[6]];
    long[] v7 = views[level.asked[7]];
    long[] v8 = views[level.asked[8]];
    long[] v9 = views[level.asked[9]];
    long[] v10 = views[level.asked[10]];
    long[] v11 = views[level.asked[11]];
    long[] v12 = views[level.asked[12]];
    long[] v13 = views[level.asked[13]];
    long[] v14 = views[level.asked[14]];
    long[] v15 = views[level.asked[15]];
    long[] v16 = views[level.asked[16]];
    long[] v17 = views[level.asked[17]];
    long[] v18 = views[level.asked[18]];
    long[] v19 = views[level.asked[19]];
    long[] v20 = views[level.asked[20]];
    long[] v21 = views[level.asked[21]];
    long[] v22 = views[level.asked[22]];
    long[] v23 = views[level.asked[23]];
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
      ByteVector yes = place.selectFrom(next);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }

  private static void of32(long[][] views, Level level, long[] places, int eights) {
    ByteVector turn = ByteVector.fromArray(BYTES, level.turns, level.at);
    ByteVector cut = ByteVector.fromArray(BYTES, level.cuts, level.at);
    ByteVector next = ByteVector.fromArray(BYTES, level.next, 0);
    long[] v0 = views[level.asked[0]];
    long[] v1 = views[level.asked[1]];
    long[] v2 = views[level.asked[2]];
    long[] v3 = views[level.asked[3]];
    long[] v4 = views[level.asked[4]];
    long[] v5 = views[level.asked[5]];
    long[] v6 = views[level.asked[6]];
    long[] v7 = views[level.asked[7]];
    long[] v8 = views[level.asked[8]];
    long[] v9 = views[level.asked[9]];
    long[] v10 = views[level.asked[10]];
    long[] v11 = views[level.asked[11]];
    long[] v12 = views[level.asked[12]];
    long[] v13 = views[level.asked[13]];
    long[] v14 = views[level.asked[14]];
    long[] v15 = views[level.asked[15]];
    long[] v16 = views[level.asked[16]];
    long[] v17 = views[level.asked[17]];
    long[] v18 = views[level.asked[18]];
    long[] v19 = views[level.asked[19]];
    long[] v20 = views[level.asked[20]];
    long[] v21 = views[level.asked[21]];
    long[] v22 = views[level.asked[22]];
    long[] v23 = views[level.asked[23]];
    long[] v24 = views[level.asked[24]];
    long[] v25 = views[level.asked[25]];
    long[] v26 = views[level.asked[26]];
    long[] v27 = views[level.asked[27]];
    long[] v28 = views[level.asked[28]];
    long[] v29 = views[level.asked[29]];
    long[] v30 = views[level.asked[30]];
    long[] v31 = views[level.asked[31]];
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
      ByteVector yes = place.selectFrom(next);
      yes.blend(yes.add((byte) 1), no).reinterpretAsLongs().intoArray(places, i);
    }
  }
}
