package dev.insitu.score;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random rows for a {@link TestModel}, with everything that tends to go wrong. */
public final class TestRows {
  private static final double[] AWKWARD = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 1e300
  };
  private static final double[] BIG = {1e9, 1e9 + 0.5, Math.nextDown(1e9 + 0.5), 1e9 + 1, 0};
  private static final @Nullable String[] TEXTS = {
    null,
    "",
    "red",
    "Red",
    "\uD83D\uDE00",
    "\uD83D\uDE01",
    "nul\0l",
    "nul",
    "\u00e9t\u00e9",
    "e\u0301te\u0301",
    "\uFDD0",
    "x".repeat(1000),
    "x".repeat(100_000)
  };

  private TestRows() {}

  /** Returns a batch of {@code rows} rows; the first ones walk through every text. */
  public static FeatureBatch random(int rows, long seed) {
    Random random = new Random(seed);
    FeatureBatch batch = new FeatureBatch(TestModel.signature(), Math.max(rows, 1));
    for (int row = 0; row < rows; row++) {
      for (int input = 0; input < 2; input++) {
        batch.numbers(input)[row] =
            random.nextInt(5) == 0
                ? AWKWARD[random.nextInt(AWKWARD.length)]
                : random.nextGaussian() * 100;
      }
      batch.numbers(2)[row] =
          random.nextInt(20) == 0 ? Double.NaN : BIG[random.nextInt(BIG.length)];
      batch.texts(3)[row] = TEXTS[row < TEXTS.length ? row : random.nextInt(TEXTS.length)];
    }
    batch.setRows(rows);
    return batch;
  }

  /** Returns the scores that plain Java gives for a row. */
  public static double[] expected(TestModel model, FeatureBatch batch, int row) {
    return model.expected(
        batch.numbers(0)[row], batch.numbers(1)[row], batch.numbers(2)[row], batch.texts(3)[row]);
  }
}
