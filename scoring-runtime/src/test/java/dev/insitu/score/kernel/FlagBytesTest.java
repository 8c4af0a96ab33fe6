package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.score.kernel.TreeInputs.Flags;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlagBytesTest {
  private static final int ROWS = 128;
  private static final int[] NO = {0};
  private static final int[] YES = {1};

  @Test
  void aFlagIsWhereTheTextHasItsCodeHoweverManyCodesThereAre() {
    Random random = new Random(3);
    for (int largest : new int[] {0, 1, 5, 123, 124, 125, 126, 127, 128, 129, 5000, 16_381}) {
      int[][] codes = {random.ints(ROWS, -1, largest + 4).toArray()};
      List<Flags> flags = new ArrayList<>();
      for (int code : new int[] {0, largest / 2, largest - 1, largest}) {
        codes[0][random.nextInt(ROWS)] = code;
        codes[0][random.nextInt(ROWS)] = Math.max(0, code - 128);
        flags.add(new Flags(0, Math.max(0, code), 0, NO, YES));
      }
      FlagBytes bytes = new FlagBytes(flags);
      assertThat(bytes.hasAll()).isTrue();
      FlagBytes.Work work = bytes.work(ROWS);
      bytes.load(codes, ROWS / 8, work);
      for (Flags flag : flags) {
        check(bytes, work, flag, codes[0]);
      }
    }
  }

  private static void check(FlagBytes bytes, FlagBytes.Work work, Flags flag, int[] codes) {
    long[] view = new long[ROWS / 8];
    bytes.fill(flag, (byte) 0x85, (byte) 0xFF, ROWS / 8, work, view);
    for (int row = 0; row < ROWS; row++) {
      byte found = (byte) (view[row / 8] >>> row % 8 * 8);
      assertThat(found)
          .as("code %s of row %s for %s", codes[row], row, flag.code())
          .isEqualTo((byte) (codes[row] == flag.code() ? 0x85 : 0xFF));
    }
  }

  @Test
  void moreCodesThanTwoBytesHoldAreLeftToBins() {
    assertThat(new FlagBytes(List.of(new Flags(2, 16_382, 0, NO, YES))).hasAll()).isFalse();
    assertThat(new FlagBytes(List.of()).hasAll()).isTrue();
  }
}
