package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Constant;

/** What the numbers of a value are; whole numbers are less than 2^53 in magnitude. */
enum Kind {
  /** Numbers of float32, rounded after each operation. */
  SINGLE(1),
  DOUBLE(11),
  /** Numbers of int64. */
  WHOLE(7),
  /** 0 and 1. */
  FLAG(9);

  private static final int INT32 = 6;

  private final int number;

  Kind(int number) {
    this.number = number;
  }

  /** Returns the kind of an element type, by its number in ONNX. */
  static Kind of(long type) throws NotCovered {
    for (Kind kind : values()) {
      if (kind.number == type) {
        return kind;
      }
    }
    throw new NotCovered("numbers of type " + type);
  }

  static Kind of(Constant constant) throws NotCovered {
    return constant.type() == INT32 ? WHOLE : of(constant.type());
  }

  boolean isReal() {
    return this == SINGLE || this == DOUBLE;
  }
}
