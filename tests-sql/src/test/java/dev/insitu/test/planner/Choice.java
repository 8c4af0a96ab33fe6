package dev.insitu.test.planner;

import java.util.List;
import java.util.Random;

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

  <T> T from(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
