package dev.insitu.train;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which rows are learnt from and which are held out, each ascending (sql.md, "Splits and metrics").
 * Immutable.
 */
public final class Split {
  /** {@code auto_split} holds nothing out below this number of rows. */
  static final int AUTO_MIN_ROWS = 500;

  /** {@code auto_split} holds out at most this many rows. */
  static final int AUTO_MAX_HELD_OUT = 10_000;

  private static final double AUTO_FRACTION = 0.2;

  private final int[] training;
  private final int[] heldOut;

  private Split(int[] training, int[] heldOut) {
    this.training = training;
    this.heldOut = heldOut;
  }

  /**
   * Splits the rows as the options say.
   *
   * @throws MlException SPLIT_EMPTY
   */
  public static Split of(TrainingSet set, TrainingOptions options) {
    int rows = set.rows();
    String method = options.word(TrainingOption.DATA_SPLIT_METHOD);
    double fraction = options.real(TrainingOption.DATA_SPLIT_EVAL_FRACTION);
    boolean[] held =
        switch (method) {
          case "no_split" -> new boolean[rows];
          case "custom" -> custom(set);
          case "seq" -> largest(set, (int) Math.round(rows * fraction));
          case "random" -> random(rows, (int) Math.round(rows * fraction), options);
          default -> random(rows, automatic(rows, options), options);
        };
    int count = 0;
    for (boolean row : held) {
      count += row ? 1 : 0;
    }
    if (count == rows) {
      throw MlException.of(ErrorCode.SPLIT_EMPTY, "\"" + method + "\"")
          .withHint("Hold fewer rows out, or use data_split_method = 'no_split'.");
    }
    int[] training = new int[rows - count];
    int[] heldOut = new int[count];
    int t = 0;
    int h = 0;
    for (int row = 0; row < rows; row++) {
      if (held[row]) {
        heldOut[h++] = row;
      } else {
        training[t++] = row;
      }
    }
    return new Split(training, heldOut);
  }

  private static int automatic(int rows, TrainingOptions options) {
    if (rows < AUTO_MIN_ROWS) {
      return 0;
    }
    double fraction = options.real(TrainingOption.DATA_SPLIT_EVAL_FRACTION, AUTO_FRACTION);
    return (int) Math.min(AUTO_MAX_HELD_OUT, Math.round(rows * fraction));
  }

  /** Chooses exactly {@code wanted} rows, each equally likely (Knuth, TAOCP 2, algorithm S). */
  private static boolean[] random(int rows, int wanted, TrainingOptions options) {
    SplittableRandom random = new SplittableRandom(options.whole(TrainingOption.SEED));
    boolean[] held = new boolean[rows];
    int left = wanted;
    for (int row = 0; row < rows && left > 0; row++) {
      if (random.nextInt(rows - row) < left) {
        held[row] = true;
        left--;
      }
    }
    return held;
  }

  private static boolean[] custom(TrainingSet set) {
    boolean[] held = new boolean[set.rows()];
    for (int row = 0; row < held.length; row++) {
      held[row] = set.split().number(row) != 0; // NaN, which is NULL, is held out too
    }
    return held;
  }

  private static boolean[] largest(TrainingSet set, int wanted) {
    TrainingSet.Column column = set.split();
    Integer[] order = new Integer[set.rows()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          boolean noA = !column.isText() && Double.isNaN(column.number(a));
          boolean noB = !column.isText() && Double.isNaN(column.number(b));
          return noA || noB ? Boolean.compare(noB, noA) : column.compare(a, b);
        });
    boolean[] held = new boolean[order.length];
    for (int i = order.length - wanted; i < order.length; i++) {
      held[order[i]] = true;
    }
    return held;
  }

  /** Returns the number of rows to learn from. */
  public int trainingRows() {
    return training.length;
  }

  /** Returns the number of rows held out. */
  public int heldOutRows() {
    return heldOut.length;
  }

  /** Returns the rows to learn from. */
  public int[] training() {
    return training.clone();
  }

  /** Returns the rows held out. */
  public int[] heldOut() {
    return heldOut.clone();
  }
}
