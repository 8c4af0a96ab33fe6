package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.h2.value.ValueDouble;
import org.junit.jupiter.api.Test;

class DoubleValuesTest {
  private static final long SEED = Long.getLong("insitu.seed", 3);

  @Test
  void valuesAreThoseOfTheDatabase() {
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      assertThat(DoubleValues.get(number)).as("seed %d", SEED).isEqualTo(ValueDouble.get(number));
    }
  }

  @Test
  void zeroOneAndNaNAreTheDatabasesOnlyOnes() {
    for (double number :
        new double[] {0, -0.0, 1, Double.NaN, Double.longBitsToDouble(0x7FF8000000000001L)}) {
      assertThat(DoubleValues.get(number)).isSameAs(ValueDouble.get(number));
    }
    assertThat(DoubleValues.get(-1)).isEqualTo(ValueDouble.get(-1));
    assertThat(DoubleValues.get(Double.NEGATIVE_INFINITY).getDouble())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theCacheIsNotAsked() {
    double number = 0.1234567890123;
    assertThat(ValueDouble.get(number)).isSameAs(ValueDouble.get(number));
    assertThat(DoubleValues.get(number))
        .isEqualTo(ValueDouble.get(number))
        .isNotSameAs(ValueDouble.get(number));
  }
}
