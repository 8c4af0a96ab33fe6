package dev.insitu.evaluate;

import dev.insitu.model.ConfusionCell;
import dev.insitu.model.Evaluation;
import dev.insitu.model.Metric;
import dev.insitu.model.RocPoint;
import dev.insitu.score.PredictionBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of a classification, defined as in scikit-learn 1.5.2.
 *
 * <p>Of two classes, precision, recall, F1 and ROC are those of the last. Of more, precision,
 * recall and F1 are the plain mean over the classes that occur among labels or predictions (macro),
 * and {@code roc_auc} is the plain mean of one class against the rest, NaN if a class has no row.
 * Where a quotient is 0/0 it is 0. The log loss is over probabilities clipped to [2^-52, 1 -
 * 2^-52].
 */
final class ClassificationEvaluator implements Evaluator {
  private static final double EPSILON = Math.ulp(1.0);

  private final int classes;
  private final EvaluationOptions options;
  private final Reservoir scored;

  /** [label + 1][predicted]; label -1 is one that the model does not know. */
  private final long[] confusion;

  private long rows;
  private long skipped;
  private double logLoss;

  ClassificationEvaluator(int classes, EvaluationOptions options) {
    this.classes = classes;
    this.options = options;
    this.scored = new Reservoir(classes == 2 ? 2 : classes + 1);
    this.confusion = new long[(classes + 1) * classes];
  }

  @Override
  public void add(double[] scores, int offset, double label) {
    add(scores, offset, predicted(scores, offset), label);
  }

  @Override
  public void add(PredictionBatch predictions, int row, double label) {
    double[] scores = predictions.scores();
    int offset = row * predictions.width();
    int predicted =
        options.threshold().isPresent()
            ? predicted(scores, offset)
            : predictions.predictedClass(row, classes);
    add(scores, offset, predicted, label);
  }

  private void add(double[] scores, int offset, int predicted, double label) {
    if (Double.isNaN(label)) {
      skipped++;
      return;
    }
    int truth = (int) label;
    rows++;
    confusion[(truth + 1) * classes + predicted]++;
    double probability = truth < 0 ? 0 : scores[offset + truth];
    logLoss -= Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
    int place = scored.next();
    if (place >= 0) {
      double[] kept = scored.values();
      kept[place] = truth;
      if (classes == 2) {
        kept[place + 1] = scores[offset + 1];
      } else {
        System.arraycopy(scores, offset, kept, place + 1, classes);
      }
    }
  }

  private int predicted(double[] scores, int offset) {
    if (classes == 2 && options.threshold().isPresent()) {
      return scores[offset + 1] >= options.threshold().getAsDouble() ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (scores[offset + k] > scores[offset + best]) {
        best = k;
      }
    }
    return best;
  }

  @Override
  public Evaluation finish() {
    double area = Double.NaN;
    List<RocPoint> points = List.of();
    if (classes == 2) {
      RocCurve curve = curve(1, 1);
      area = curve.area();
      points = curve.points(options.rocThresholds(), scored.scale());
    } else if (rows > 0) {
      area = 0;
      for (int k = 0; k < classes; k++) {
        area += curve(k, k + 1).area() / classes;
      }
    }
    long right = 0;
    for (int k = 0; k < classes; k++) {
      right += cell(k, k);
    }
    List<Metric> metrics =
        List.of(
            new Metric("precision", mean(Figure.PRECISION)),
            new Metric("recall", mean(Figure.RECALL)),
            new Metric("accuracy", (double) right / rows),
            new Metric("f1_score", mean(Figure.F1)),
            new Metric("log_loss", logLoss / rows),
            new Metric("roc_auc", area));
    return new Evaluation(rows, skipped, metrics, cells(), points);
  }

  /** Returns a figure of the positive class of two, or its mean over the classes that occur. */
  private double mean(Figure figure) {
    if (rows == 0) {
      return Double.NaN;
    }
    if (classes == 2) {
      return figure(figure, 1);
    }
    double sum = 0;
    int occurring = 0;
    for (int k = 0; k < classes; k++) {
      if (labelled(k) + predicted(k) > 0) {
        sum += figure(figure, k);
        occurring++;
      }
    }
    return quotient(sum, occurring);
  }

  private double figure(Figure figure, int k) {
    return switch (figure) {
      case PRECISION -> quotient(cell(k, k), predicted(k));
      case RECALL -> quotient(cell(k, k), labelled(k));
      case F1 -> quotient(2 * cell(k, k), labelled(k) + predicted(k));
    };
  }

  private static double quotient(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private long cell(int label, int predicted) {
    return confusion[(label + 1) * classes + predicted];
  }

  private long labelled(int label) {
    long sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += cell(label, k);
    }
    return sum;
  }

  private long predicted(int predicted) {
    long sum = 0;
    for (int k = -1; k < classes; k++) {
      sum += cell(k, predicted);
    }
    return sum;
  }

  private List<ConfusionCell> cells() {
    List<ConfusionCell> cells = new ArrayList<>();
    for (int label = -1; label < classes; label++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        if (cell(label, predicted) > 0) {
          cells.add(new ConfusionCell(label, predicted, cell(label, predicted)));
        }
      }
    }
    return cells;
  }

  /** Returns the curve of one class, whose score stands at {@code column} of a kept row. */
  private RocCurve curve(int positive, int column) {
    int width = classes == 2 ? 2 : classes + 1;
    double[] kept = scored.values();
    int count = 0;
    for (int row = 0; row < scored.rows(); row++) {
      count += kept[row * width] == positive ? 1 : 0;
    }
    double[] ofPositive = new double[count];
    double[] ofNegative = new double[scored.rows() - count];
    int p = 0;
    int n = 0;
    for (int row = 0; row < scored.rows(); row++) {
      double score = kept[row * width + column];
      if (kept[row * width] == positive) {
        ofPositive[p++] = score;
      } else {
        ofNegative[n++] = score;
      }
    }
    return new RocCurve(ofPositive, ofNegative);
  }

  private enum Figure {
    PRECISION,
    RECALL,
    F1
  }
}
