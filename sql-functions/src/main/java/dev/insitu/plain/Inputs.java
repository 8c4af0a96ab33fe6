package dev.insitu.plain;

import java.util.Arrays;
import org.h2.value.Value;

/** The inputs of a call that has many. */
public final class Inputs {
  private Inputs() {}

  /** Returns the first ones and those that come after them. */
  public static Value[] of(Value[] more, Value... first) {
    Value[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
