package dev.insitu.h2;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The decimal number that {@link Double#toString(double)} prints from Java 19 on, computed from the
 * bits without a text: of the numbers of at least two digits that round to the double, the shortest
 * and then the closest one. The way is that of Raffaello Giulietti, "The Schubfach way to render
 * doubles".
 *
 * <p>{@link #digits} and {@link #scale} are those that {@link java.math.BigDecimal#valueOf(double)}
 * takes from the text: "1.0" has the digits 10 and the scale 1. Not thread-safe.
 */
final class ShortestDecimal {
  private static final int MANTISSA_BITS = 52;
  private static final long HIDDEN_BIT = 1L << MANTISSA_BITS;
  private static final int EXPONENT_MASK = 0x7FF;
  private static final int SMALLEST_EXPONENT = -1074;

  /** Subnormals below this are of one digit; the best number of two is printed. */
  private static final long FIRST_OF_TWO_DIGITS = 3;

  /** From here to 10^7 numbers are printed without an exponent. */
  private static final double FIRST_PLAIN = 1e-3;

  private static final double FIRST_BEYOND_PLAIN = 1e7;

  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private long digits;
  private int scale;

  /** Returns whether this JVM prints the shortest number. */
  static boolean isPrinted() {
    return Runtime.version().feature() >= 19;
  }

  /** Returns the digits of the number that was set, with its sign. */
  long digits() {
    return digits;
  }

  /** Returns how many of the digits stand behind the decimal point. */
  int scale() {
    return scale;
  }

  /** Takes a number, which has to be finite. */
  void set(double number) {
    long bits = Double.doubleToRawLongBits(number);
    long mantissa = bits & (HIDDEN_BIT - 1);
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
    if (exponent > 0) {
      normal(HIDDEN_BIT | mantissa, exponent - 1 + SMALLEST_EXPONENT);
    } else if (mantissa == 0) {
      digits = 0;
      scale = 1;
      return;
    } else if (mantissa < FIRST_OF_TWO_DIGITS) {
      shortest(10 * mantissa, SMALLEST_EXPONENT);
      scale++;
    } else {
      shortest(mantissa, SMALLEST_EXPONENT);
    }
    double size = Math.abs(number);
    asPrinted(size >= FIRST_PLAIN && size < FIRST_BEYOND_PLAIN);
    if (bits < 0) {
      digits = -digits;
    }
  }

  /** Sets the number for m * 2^q, which is itself if it is a whole one below 2^52. */
  private void normal(long m, int q) {
    if (q < 0 && Long.numberOfTrailingZeros(m) >= -q) {
      digits = m >> -q;
      scale = 0;
    } else {
      shortest(m, q);
    }
  }

  /** Sets the shortest number that rounds to m * 2^q. */
  private void shortest(long m, int q) {
    boolean closerBelow = m == HIDDEN_BIT && q > SMALLEST_EXPONENT;
    int k = closerBelow ? floorLog10OfThreeQuarters(q) : floorLog10(q);
    int shift = q + floorLog2OfTen(-k) + 2;
    Power power = Power.of(k);
    long high = power.high;
    long low = power.low;
    // All in quarters of 10^k. The bounds themselves round to even mantissas only.
    long odd = m & 1;
    long value = roundToOdd(high, low, (4 * m) << shift);
    long least = roundToOdd(high, low, (4 * m - (closerBelow ? 1 : 2)) << shift) + odd;
    long most = roundToOdd(high, low, (4 * m + 2) << shift) - odd;
    long below = value >> 2;
    scale = -k;
    if (below >= 100) {
      long shorter = below - below % 10;
      boolean fits = least <= 4 * shorter;
      boolean nextFits = 4 * (shorter + 10) <= most;
      if (fits != nextFits) {
        digits = fits ? shorter : shorter + 10;
        return;
      }
    }
    boolean fits = least <= 4 * below;
    boolean nextFits = 4 * (below + 1) <= most;
    if (fits == nextFits) { // the closer one; of two that are as close the even one
      long beyondHalf = value - 4 * below - 2;
      fits = beyondHalf < 0 || (beyondHalf == 0 && (below & 1) == 0);
    }
    digits = fits ? below : below + 1;
  }

  /** Returns g * c / 2^126 rounded down, with its last bit set if anything was cut off. */
  private static long roundToOdd(long high, long low, long c) {
    long middle = ((high * c) >>> 1) + Math.multiplyHigh(low, c);
    long upper = Math.multiplyHigh(high, c) + (middle >>> 63);
    return upper | (((middle & Long.MAX_VALUE) + Long.MAX_VALUE) >>> 63);
  }

  /** Leaves away zeros at the end, and adds those that are printed. */
  private void asPrinted(boolean plain) {
    long number = digits;
    int places = scale;
    while (number % 10 == 0) {
      number /= 10;
      places--;
    }
    int printed = places;
    if (plain) {
      printed = Math.max(1, places);
    } else if (number < 10) {
      printed = places + 1;
    }
    digits = number * TENS[printed - places];
    scale = printed;
  }

  /**
   * A power of ten, as its first 126 bits, one added.
   *
   * @param high the upper 63 bits
   * @param low the lower 63 bits
   */
  private record Power(long high, long low) {
    private static final int FIRST = -324;
    private static final int LAST = 292;
    private static final int BITS = 126;

    /** Those that have been needed; what two threads make at once is the same. */
    private static final @Nullable Power[] KNOWN = new Power[LAST - FIRST + 1];

    /** Returns 10^-k. */
    static Power of(int k) {
      Power known = KNOWN[k - FIRST];
      return known == null ? make(k) : known;
    }

    private static Power make(int k) {
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      int length = power.bitLength();
      BigInteger bits =
          k > 0
              ? BigInteger.ONE.shiftLeft(length + BITS - 1).divide(power)
              : power.shiftLeft(BITS).shiftRight(length);
      BigInteger above = bits.add(BigInteger.ONE);
      Power made =
          new Power(above.shiftRight(63).longValueExact(), above.longValue() & Long.MAX_VALUE);
      KNOWN[k - FIRST] = made;
      return made;
    }
  }

  /** Returns log10(2^q) rounded down. */
  private static int floorLog10(int q) {
    return (int) ((q * 661_971_961_083L) >> 41);
  }

  /** Returns log10(3/4 * 2^q) rounded down. */
  private static int floorLog10OfThreeQuarters(int q) {
    return (int) ((q * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  /** Returns log2(10^e) rounded down. */
  private static int floorLog2OfTen(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }
}
