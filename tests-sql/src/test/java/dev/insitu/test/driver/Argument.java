package dev.insitu.test.driver;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An argument of a call; streams are made once for each driver. */
record Argument(@Nullable Object plain, @Nullable Object ours, String text) {
  static Argument of(@Nullable Object value) {
    return new Argument(value, value, Outcome.describe(value));
  }

  static Argument each(String text, Supplier<Object> value) {
    return new Argument(value.get(), value.get(), text);
  }

  static Argument of(Pair pair) {
    return new Argument(pair.plain(), pair.ours(), pair.name());
  }
}
