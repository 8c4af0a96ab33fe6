package dev.insitu.h2;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.h2.value.ValueDouble;
import org.jspecify.annotations.Nullable;

/**
 * Makes H2's values of DOUBLE, those that {@link ValueDouble#get} returns, without looking each up
 * in H2's cache of a thousand values: no prediction is in it, and every look-up waits for memory.
 * Where H2's own constructor cannot be reached, the cache is asked.
 */
final class DoubleValues {
  private static final @Nullable MethodHandle NEW = constructor();

  private DoubleValues() {}

  /** Returns a number as H2's value: one zero, one NaN. */
  static ValueDouble get(double number) {
    MethodHandle made = NEW;
    if (made == null || number == 0 || number == 1 || Double.isNaN(number)) {
      return ValueDouble.get(number); // which are not looked up
    }
    try {
      return (ValueDouble) made.invokeExact(number);
    } catch (Throwable e) {
      throw new AssertionError("a constructor that sets a field", e);
    }
  }

  private static @Nullable MethodHandle constructor() {
    try {
      return MethodHandles.privateLookupIn(ValueDouble.class, MethodHandles.lookup())
          .findConstructor(ValueDouble.class, MethodType.methodType(void.class, double.class));
    } catch (ReflectiveOperationException e) {
      return null; // another H2, or one that is closed to others
    }
  }
}
