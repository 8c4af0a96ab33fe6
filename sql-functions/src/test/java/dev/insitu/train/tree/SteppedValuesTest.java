package dev.insitu.train.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Bins found by steps are those of the values in order. */
class SteppedValuesTest {
  private static final long SEED = Long.getLong("insitu.seed", 31);
  private static final int ROWS = 70_000;

  /** Returns whether the steps were enough. */
  private static boolean compare(SteppedValues steps, double[] values, int most, String what) {
    char[] codes = new char[values.length];
    ValueCodes.Bins found = steps.bins(values, most, codes);
    if (found == null) {
      return false;
    }
    double[] sorted = Arrays.stream(values).map(value -> value + 0.0).sorted().toArray();
    double[] distinct = new double[sorted.length];
    int[] counts = new int[sorted.length];
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        distinct[size++] = sorted[i];
      }
      counts[size - 1]++;
    }
    ValueCodes.Bins expected = ValueCodes.Bins.of(distinct, counts, size, most);
    assertThat(found.lows).as(what).isEqualTo(expected.lows);
    assertThat(found.highs).as(what).isEqualTo(expected.highs);
    for (int row = 0; row < values.length; row++) {
      int place = Arrays.binarySearch(distinct, 0, size, values[row] + 0.0);
      if (codes[row] != expected.binOf[place]) {
        assertThat((int) codes[row]).as("%s row %d", what, row).isEqualTo(expected.binOf[place]);
      }
    }
    return true;
  }

  private static double[] values(Random random, DoubleUnaryOperator shape) {
    return random.doubles(ROWS, -1, 1).map(shape).toArray();
  }

  @Test
  void binsAreThoseOfTheSortedValues() {
    Random random = new Random(SEED);
    SteppedValues steps = new SteppedValues(ROWS);
    for (int most : new int[] {2, 3, 64, 255, 256, 1024}) {
      String what = "seed " + SEED + ", " + most + " bins";
      assertThat(compare(steps, values(random, x -> x), most, what)).isTrue();
      assertThat(compare(steps, values(random, x -> x * Math.abs(x)), most, what)).isTrue();
      assertThat(compare(steps, values(random, x -> 1e300 * x), most, what)).isTrue();
      assertThat(compare(steps, values(random, x -> random.nextGaussian()), most, what)).isTrue();
      assertThat(compare(steps, values(random, Math::exp), most, what)).isTrue();
      assertThat(compare(steps, values(random, x -> Math.rint(x * 9000)), most, what)).isTrue();
    }
  }

  @Test
  void valuesOfManyRowsAreLeftAloneOrRight() {
    Random random = new Random(SEED);
    SteppedValues steps = new SteppedValues(ROWS);
    int done = 0;
    for (int i = 0; i < 200; i++) {
      double share = random.nextDouble();
      double often = random.nextInt(3) - 1;
      int grain = 1 << random.nextInt(20);
      double[] values =
          values(
              random,
              x ->
                  random.nextDouble() < share / 10
                      ? often * (random.nextBoolean() ? 1 : -0.0)
                      : Math.rint(x * grain) / grain);
      int most = 2 + random.nextInt(400);
      done += compare(steps, values, most, "seed " + SEED + ", case " + i) ? 1 : 0;
    }
    assertThat(done).isBetween(20, 190);
  }

  @Test
  void fewOrUnevenValuesAreNotItsWork() {
    Random random = new Random(SEED);
    SteppedValues steps = new SteppedValues(ROWS);
    char[] codes = new char[ROWS];
    assertThat(steps.bins(new double[ROWS], 255, codes)).isNull();
    assertThat(steps.bins(values(random, Math::rint), 255, codes)).isNull();
    assertThat(steps.bins(values(random, x -> Math.exp(300 * x)), 255, codes)).isNull();
    assertThat(steps.bins(values(random, x -> x / 0.0), 255, codes)).isNull();
    assertThat(steps.bins(values(random, x -> x * Double.MAX_VALUE), 255, codes)).isNull();
    assertThat(SteppedValues.suits(ROWS, 255)).isTrue();
    assertThat(SteppedValues.suits(1000, 255)).isFalse();
    assertThat(SteppedValues.suits(ROWS, 1 << 16)).isFalse();
  }
}
