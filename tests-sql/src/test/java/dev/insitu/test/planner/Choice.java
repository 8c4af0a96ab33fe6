package dev.insitu.test.planner;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Choices of one random sequence. Confined to one thread. */
final class Choice {
  private final Random random;

  Choice(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns true once in so many times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Returns one of them, or null. */
  @Nullable Object orNull(Object... choices) {
    int chosen = random.nextInt(choices.length + 1);
    return chosen == choices.length ? null : choices[chosen];
  }

  <T> T from(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
