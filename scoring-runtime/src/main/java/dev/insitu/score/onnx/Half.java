package dev.insitu.score.onnx;

import ai.onnxruntime.platform.Fp16Conversions;

/** IEEE 754 binary16. */
final class Half {
  private Half() {}

  /**
   * Returns the bits of the nearest half to a double, to the even one if two are as near; beyond
   * the range infinity.
   */
  static short of(double value) {
    float rounded = (float) value;
    if (rounded == value || Double.isNaN(value) || Float.isInfinite(rounded)) {
      return Fp16Conversions.floatToFp16(rounded);
    }
    // Rounded to odd first, so that rounding twice is rounding once (Boldo and Melquiond, 2005).
    int bits = Float.floatToRawIntBits(rounded);
    int towardsZero = Math.abs((double) rounded) > Math.abs(value) ? bits - 1 : bits;
    return Fp16Conversions.floatToFp16(Float.intBitsToFloat(towardsZero | 1));
  }
}
