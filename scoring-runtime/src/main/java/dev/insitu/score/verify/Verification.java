package dev.insitu.score.verify;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.VerificationRow;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.OutputBinding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replays the rows that were stored with a version (after JPMML's ModelVerification).
 *
 * <p>A score agrees if {@code |a - b| <= 1e-6 * max(1, |a|)}, <i>a</i> being the trainer's own, or
 * if both are NaN or the same infinity (design, idea 2).
 */
public final class Verification {
  /** How far a score may be from the trainer's own, of a model that we trained. */
  public static final double TOLERANCE = 1e-6;

  /** The same of a model that others made, whose float32 answers move with the size of a batch. */
  public static final double FOREIGN_TOLERANCE = 1e-5;

  private Verification() {}

  /**
   * Scores the stored rows.
   *
   * @throws MlException VERIFICATION_FAILED with the first row that differs
   */
  public static void replay(Scorer scorer, ModelVersion version) {
    List<VerificationRow> rows = version.model().verification();
    if (rows.isEmpty()) {
      return;
    }
    FeatureBatch features = new FeatureBatch(version.model().signature(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      write(rows.get(row), features, row, version);
    }
    features.setRows(rows.size());
    PredictionBatch predictions = new PredictionBatch(rows.size(), scorer.width());
    scorer.score(features, predictions);
    for (int row = 0; row < rows.size(); row++) {
      List<Double> expected = rows.get(row).expected();
      boolean withOthers = expected.size() > scorer.width();
      List<Double> found =
          withOthers ? answers(predictions, row, GraphBinding.of(version)) : predictions.row(row);
      if (!agree(expected, found, scorer.width(), tolerance(version))) {
        throw failure(version, row, expected, found);
      }
    }
  }

  /**
   * Returns the answers of an imported graph as they are stored: the scores, then what is none,
   * which has to be repeated exactly: the class of a label, a whole number, the hash of a text.
   */
  public static List<Double> answers(PredictionBatch batch, int row, GraphBinding binding) {
    List<Double> all = new ArrayList<>(batch.row(row));
    int text = 0;
    int integer = 0;
    for (OutputBinding output : binding.outputs()) {
      if (output instanceof OutputBinding.Label) {
        all.add((double) batch.labels()[row]);
      } else if (output instanceof OutputBinding.Integers) {
        all.add((double) batch.integers(integer++)[row]);
      } else if (output instanceof OutputBinding.Texts) {
        all.add((double) String.valueOf(batch.texts(text++)[row]).hashCode());
      }
    }
    return all;
  }

  /** Returns whether two scores agree, {@code expected} being the trainer's own. */
  public static boolean agree(double expected, double found) {
    return agree(expected, found, TOLERANCE);
  }

  private static boolean agree(double expected, double found, double tolerance) {
    return Double.compare(expected, found) == 0
        || (Double.isFinite(expected)
            && Math.abs(expected - found) <= tolerance * Math.max(1, Math.abs(expected)));
  }

  private static double tolerance(ModelVersion version) {
    return version.model().attachments().isEmpty() ? TOLERANCE : FOREIGN_TOLERANCE;
  }

  /**
   * Compares.
   *
   * @param scores how many of the numbers are scores; the others are equal or not
   */
  private static boolean agree(
      List<Double> expected, List<Double> found, int scores, double tolerance) {
    if (expected.size() != found.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!agree(expected.get(i), found.get(i), i < scores ? tolerance : 0)) {
        return false;
      }
    }
    return true;
  }

  private static void write(
      VerificationRow source, FeatureBatch target, int row, ModelVersion version) {
    int inputs = version.model().signature().inputs().size();
    if (source.inputs().size() != inputs) {
      throw failure(version, row, inputs + " inputs", source.inputs().size());
    }
    for (int input = 0; input < inputs; input++) {
      @Nullable Object value = source.inputs().get(input);
      if (target.isText(input) && (value == null || value instanceof String)) {
        target.texts(input)[row] = (String) value;
      } else if (!target.isText(input) && value instanceof Double number) {
        target.numbers(input)[row] = number;
      } else {
        String name = version.model().signature().inputs().get(input).name();
        throw failure(version, row, "a value for \"" + name + "\"", value == null ? "NULL" : value);
      }
    }
  }

  private static MlException failure(ModelVersion version, int row, Object expected, Object found) {
    return MlException.of(
            ErrorCode.VERIFICATION_FAILED,
            version.name().name(),
            version.number(),
            row + 1,
            expected,
            found)
        .withHint("Train the model again with the libraries that are installed now.");
  }
}
