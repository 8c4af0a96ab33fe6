package dev.insitu.h2;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.h2.value.ValueDouble;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of numbers, each taken as the decimal number that Java prints for it: what H2's AVG
 * of DOUBLE values adds up, digit for digit, without a {@link BigDecimal} for each.
 *
 * <p>The digits of a number are a whole number of at most 60 bits; those of equal scale are added
 * in 128 bits, which no count of rows fills.
 */
final class DecimalSum {
  /** No double has a smaller scale: 1.0E308 has -307. */
  private static final int SMALLEST_SCALE = -320;

  private static final int SCALES = 720;

  private final long[] low = new long[SCALES];
  private final long[] high = new long[SCALES];
  private final boolean[] used = new boolean[SCALES];
  private final boolean shortest = ShortestDecimal.isPrinted();
  private final ShortestDecimal decimal = new ShortestDecimal();
  private final StringBuilder text = new StringBuilder(32);
  private final char[] digits = new char[32];
  private long count;

  /**
   * Adds a number.
   *
   * @throws org.h2.message.DbException H2's own error, if it is not finite
   */
  void add(double number) {
    if (!Double.isFinite(number)) {
      throw new AssertionError(ValueDouble.get(number).getBigDecimal()); // which throws H2's error
    }
    count++;
    if (shortest) {
      decimal.set(number);
      add(decimal.scale() - SMALLEST_SCALE, decimal.digits());
    } else {
      addText(number);
    }
  }

  /** Adds what an older Java prints, which has more digits at times. */
  private void addText(double number) {
    text.setLength(0);
    text.append(number);
    int length = text.length();
    text.getChars(0, length, digits, 0);
    long value = 0;
    int scale = 0;
    int point = length;
    int i = digits[0] == '-' ? 1 : 0;
    for (; i < length; i++) {
      int digit = digits[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
      } else if (digits[i] == '.') {
        point = i + 1;
      } else {
        break; // E
      }
    }
    scale = i - point;
    if (i < length) {
      scale -= Integer.parseInt(text, i + 1, length, 10);
    }
    add(scale - SMALLEST_SCALE, digits[0] == '-' ? -value : value);
  }

  private void add(int place, long value) {
    long sum = low[place] + value;
    high[place] += (value >> 63) + (Long.compareUnsigned(sum, value) < 0 ? 1 : 0);
    low[place] = sum;
    used[place] = true;
  }

  /** Adds what has been added to another. */
  void add(DecimalSum other) {
    for (int i = 0; i < SCALES; i++) {
      if (other.used[i]) {
        long sum = low[i] + other.low[i];
        high[i] += other.high[i] + (Long.compareUnsigned(sum, other.low[i]) < 0 ? 1 : 0);
        low[i] = sum;
        used[i] = true;
      }
    }
    count += other.count;
  }

  /** Returns how many numbers have been added. */
  long count() {
    return count;
  }

  /** Returns the sum with the largest of the numbers' scales; null without numbers. */
  @Nullable BigDecimal sum() {
    BigDecimal sum = null;
    for (int i = 0; i < SCALES; i++) {
      if (used[i]) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(low[i]));
        BigInteger whole = BigInteger.valueOf(high[i]).shiftLeft(64).add(unsigned);
        BigDecimal part = new BigDecimal(whole, i + SMALLEST_SCALE);
        sum = sum == null ? part : sum.add(part);
      }
    }
    return sum;
  }
}
