package dev.insitu.score.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Prepares columns of numbers: what is no number or beyond all numbers gets its place among them,
 * then the column is centred and scaled. Where that changes nothing, the column itself is the
 * prepared one. Columns that are prepared one after the other are one step: a single row passes
 * through them without a call for each.
 */
final class PreparedStep implements Step {
  private static final long EXPONENT = 0x7FF0_0000_0000_0000L;
  private static final long ONE_EXPONENT = 0x0010_0000_0000_0000L;

  private final One[] columns;

  /** One column. */
  private record One(Producer.Prepared how, int from, int target, boolean raw) {}

  private PreparedStep(One... columns) {
    this.columns = columns;
  }

  static PreparedStep of(Producer.Prepared how, int target) {
    return new PreparedStep(new One(how, how.of().slot(), target, how.isRaw()));
  }

  /** Returns steps in which those of neighbouring columns are one. */
  static List<Step> joined(List<Step> steps) {
    List<Step> joined = new ArrayList<>();
    List<One> open = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof PreparedStep prepared) {
        open.addAll(List.of(prepared.columns));
        continue;
      }
      close(open, joined);
      joined.add(step);
    }
    close(open, joined);
    return joined;
  }

  private static void close(List<One> open, List<Step> joined) {
    if (!open.isEmpty()) {
      joined.add(new PreparedStep(open.toArray(new One[0])));
      open.clear();
    }
  }

  @Override
  public void run(Frame frame, int rows) {
    for (One column : columns) {
      double[] x = frame.columns[column.from];
      int offset = frame.offsets[column.from];
      Producer.Prepared how = column.how;
      if (column.raw && rows > 1 && offset == 0 && areFinite(x, rows)) {
        frame.share(column.target, column.from);
        continue;
      }
      double[] y = frame.own(column.target);
      if (rows == 1) {
        double value = number(x[offset], how);
        y[0] = column.raw ? value : (value - how.center()) / how.scale();
      } else {
        run(x, offset, y, rows, column);
      }
    }
  }

  /** Without a branch for each: one more than the largest exponent is a sign. */
  private static boolean areFinite(double[] x, int rows) {
    long signs = 0;
    int known = Vectors.used() ? VectorLoops.finite(x, rows) : 0;
    for (int i = known; i < rows; i++) {
      signs |= (Double.doubleToRawLongBits(x[i]) & EXPONENT) + ONE_EXPONENT;
    }
    return signs >= 0;
  }

  private static void run(double[] x, int offset, double[] y, int rows, One column) {
    Producer.Prepared how = column.how;
    for (int row = 0; row < rows; row++) {
      y[row] = number(x[offset + row], how);
    }
    if (!column.raw) {
      double center = how.center();
      double scale = how.scale();
      for (int row = 0; row < rows; row++) {
        y[row] = (y[row] - center) / scale;
      }
    }
  }

  private static double number(double value, Producer.Prepared how) {
    if (Math.abs(value) <= Double.MAX_VALUE) {
      return value;
    }
    return Double.isNaN(value) ? how.nan() : value > 0 ? how.largest() : how.smallest();
  }
}
