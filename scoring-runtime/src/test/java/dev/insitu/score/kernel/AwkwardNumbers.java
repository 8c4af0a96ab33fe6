package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.Random;

/** The numbers with which comparisons and conversions go wrong. */
final class AwkwardNumbers {
  private static final double[] ALL = {
    0.0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    (1 << 24) + 1,
    (1L << 53) - 1,
    0x1p53,
    0x1p53 + 2,
    0x1p62 + 1024,
    1e9 + 0.5,
    0.1,
    0.1f,
    1e300
  };

  private AwkwardNumbers() {}

  /** Returns one of them; never NaN. */
  static double any(Random random) {
    return ALL[random.nextInt(ALL.length)];
  }

  /** Returns all of them, and NaN. */
  static double[] all() {
    double[] all = Arrays.copyOf(ALL, ALL.length + 1);
    all[ALL.length] = Double.NaN;
    return all;
  }

  /** Returns all of them of which a few can be added up. */
  static double[] finite() {
    return Arrays.stream(ALL).filter(AwkwardNumbers::isFinite).toArray();
  }

  /** Returns whether a few of such numbers can be added up. */
  static boolean isFinite(double value) {
    return Math.abs(value) <= Double.MAX_VALUE / 16;
  }

  /** Returns a number that is, or is next to, one that a split compares with. */
  static double near(Random random, double value, boolean single) {
    double exact = single ? (float) value : value;
    return switch (random.nextInt(single ? 8 : 6)) {
      case 0 -> single ? Math.nextUp((float) exact) : Math.nextUp(exact);
      case 1 -> single ? Math.nextDown((float) exact) : Math.nextDown(exact);
      case 2 -> Math.nextUp(exact);
      case 3 -> Math.nextDown(exact);
      case 6 -> beside(random, (exact + Math.nextUp((float) exact)) / 2);
      case 7 -> beside(random, (exact + Math.nextDown((float) exact)) / 2);
      default -> exact;
    };
  }

  private static double beside(Random random, double value) {
    return switch (random.nextInt(3)) {
      case 0 -> Math.nextUp(value);
      case 1 -> Math.nextDown(value);
      default -> value;
    };
  }
}
