package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Decimal numbers made of bits, beside those that Java prints. More random cases by command, with a
 * Java that prints the shortest number: {@code -Dinsitu.decimal.cases=50000000}.
 */
class ShortestDecimalTest {
  private static final long SEED = Long.getLong("insitu.seed", 9);
  private static final int CASES = Integer.getInteger("insitu.decimal.cases", 100_000);

  private final ShortestDecimal decimal = new ShortestDecimal();

  private void check(double number) {
    if (!Double.isFinite(number)) {
      return;
    }
    decimal.set(number);
    BigDecimal made = BigDecimal.valueOf(decimal.digits(), decimal.scale());
    if (ShortestDecimal.isPrinted()) {
      BigDecimal printed = BigDecimal.valueOf(number);
      if (!made.equals(printed)) { // an assertion for each would take longer than all the rest
        assertThat(made)
            .as("%s, bits %016x, seed %d", number, bits(number), SEED)
            .isEqualTo(printed);
      }
    } else if (made.doubleValue() != number) {
      assertThat(made.doubleValue())
          .as("bits %016x, seed %d", bits(number), SEED)
          .isEqualTo(number);
    }
  }

  private static long bits(double number) {
    return Double.doubleToRawLongBits(number);
  }

  /** Checks a number, its neighbours and all of them negated. */
  private void checkAround(double number) {
    double next = number;
    for (int i = 0; i < 3; i++) {
      next = Math.nextDown(next);
    }
    for (int i = 0; i < 7; i++) {
      check(next);
      check(-next);
      next = Math.nextUp(next);
    }
  }

  @Test
  void aNumberHasTheDigitsAndTheScaleThatArePrinted() {
    assertThat(made(1)).isEqualTo(new BigDecimal("1.0"));
    assertThat(made(-0.0)).isEqualTo(new BigDecimal("0.0"));
    assertThat(made(0.1)).isEqualTo(new BigDecimal("0.1"));
    assertThat(made(-100)).isEqualTo(new BigDecimal("-100.0"));
    assertThat(made(9999999)).isEqualTo(new BigDecimal("9999999.0"));
    assertThat(made(1e7)).isEqualTo(new BigDecimal("1.0E7"));
    assertThat(made(12_345_678)).isEqualTo(new BigDecimal("1.2345678E7"));
    assertThat(made(1e-4)).isEqualTo(new BigDecimal("1.0E-4"));
    assertThat(made(2e23)).isEqualTo(new BigDecimal("2.0E23"));
    assertThat(made(Double.MIN_VALUE)).isEqualTo(new BigDecimal("4.9E-324"));
    assertThat(made(Double.MAX_VALUE)).isEqualTo(new BigDecimal("1.7976931348623157E308"));
  }

  private BigDecimal made(double number) {
    decimal.set(number);
    return BigDecimal.valueOf(decimal.digits(), decimal.scale());
  }

  @Test
  void theEdgesOfAllExponentsAreThosePrinted() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      checkAround(Math.scalb(1.0, exponent));
      checkAround(Math.scalb(1.5, exponent));
    }
    checkAround(Double.MAX_VALUE);
    checkAround(0);
  }

  @Test
  void powersOfTenAndTheirMultiplesAreThosePrinted() {
    for (int exponent = -330; exponent <= 310; exponent++) {
      for (int digits = 1; digits < 100; digits++) {
        checkAround(Double.parseDouble(digits + "E" + exponent));
      }
    }
  }

  @Test
  void smallSubnormalsAndSmallWholeNumbersAreThosePrinted() {
    for (int i = 0; i < 20_000; i++) {
      check(Double.longBitsToDouble(i));
      check(i);
      check(i / 1000.0);
      check(i * 1e6);
    }
  }

  @Test
  void randomNumbersAreThosePrinted() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      long any = random.nextLong();
      switch (i % 8) {
        case 0, 1, 2 -> check(Double.longBitsToDouble(any));
        case 3 -> check(Float.intBitsToFloat((int) any));
        case 4 -> check(Double.longBitsToDouble(any & 0x800FFFFFFFFFFFFFL)); // subnormal
        case 5 -> check((any >> 11) * 0x1p-53); // evenly in -1 to 1
        case 6 -> check(any >> (any & 63));
        default -> check((any >> (any & 63)) / 1e5);
      }
    }
  }
}
