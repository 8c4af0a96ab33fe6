package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorsTest {
  private static final long TENTH_MILLI = 100_000;

  /** Waits so long in each way. */
  private record Slow(long without, long with, double other) implements Vectors.Trial {
    @Override
    public double[] withoutVectors() {
      return after(without, 1);
    }

    @Override
    public double[] withVectors() {
      return after(with, other);
    }

    private static double[] after(long nanos, double sum) {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return new double[] {0, sum};
    }
  }

  @Test
  void vectorsAreUsedIfTheyAreFaster() {
    assertThat(Vectors.wins(new Slow(2 * TENTH_MILLI, TENTH_MILLI, 1), Long.MAX_VALUE)).isTrue();
  }

  @Test
  void vectorsAreNotUsedIfTheyAreSlower() {
    assertThat(Vectors.wins(new Slow(TENTH_MILLI, 2 * TENTH_MILLI, 1), 200 * TENTH_MILLI))
        .isFalse();
  }

  @Test
  void vectorsAreNotUsedIfOneBitDiffers() {
    assertThat(Vectors.wins(new Slow(TENTH_MILLI, 0, Math.nextUp(1.0)), Long.MAX_VALUE)).isFalse();
    assertThat(Vectors.wins(new Slow(TENTH_MILLI, 0, 1), Long.MAX_VALUE)).isTrue();
  }
}
