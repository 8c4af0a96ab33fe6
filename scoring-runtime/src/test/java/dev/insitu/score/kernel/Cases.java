package dev.insitu.score.kernel;

import java.util.Random;
import org.assertj.core.api.Assertions;

/**
 * Runs a test for many seeds: so many as {@code -Dinsitu.kernel.cases} says, from {@code
 * -Dinsitu.kernel.seed} on. A failure names its seed.
 */
final class Cases {
  private static final int COUNT = Integer.getInteger("insitu.kernel.cases", 0);
  private static final long FIRST = Long.getLong("insitu.kernel.seed", 1);

  private Cases() {}

  /** A test of what a generator makes. */
  interface Case {
    void run(Random random);
  }

  /**
   * Runs it.
   *
   * @param usually how often, if nothing is said
   */
  static void each(int usually, Case test) {
    int count = COUNT > 0 ? COUNT : usually;
    for (long seed = FIRST; seed < FIRST + count; seed++) {
      try {
        test.run(new Random(seed * 0x9E3779B97F4A7C15L));
      } catch (RuntimeException | AssertionError e) {
        Assertions.fail("-Dinsitu.kernel.seed=" + seed + " -Dinsitu.kernel.cases=1", e);
      }
    }
  }
}
