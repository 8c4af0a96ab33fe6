package dev.insitu.imported;

import dev.insitu.error.MlException;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.VerificationRow;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.kernel.ImportedKernel;
import dev.insitu.score.onnx.ForeignScorer;
import dev.insitu.score.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with the answers of today's ONNX Runtime, which a later one, and a kernel, has to repeat:
 * those of the {@link Trial}, and as many drawn from what the graph compares with as the store and
 * a second have room for.
 */
final class MadeUpRows {
  /** How many rows there are besides those of the trial. */
  private static final int MOST_PROBES = 61;

  /** How many numbers and texts of them are stored. */
  private static final int MOST_CELLS = 2048;

  private static final long MOST_NANOS = 1_000_000_000;

  private MadeUpRows() {}

  /** Makes the rows and has them answered; none if there are inputs that are not stored. */
  static List<VerificationRow> answered(
      ForeignModel model,
      byte[] graph,
      GraphBinding binding,
      ModelSignature signature,
      InputPlan inputs,
      Cancellation stop) {
    List<VerificationRow> rows = new ArrayList<>();
    boolean scalars = signature.inputs().stream().allMatch(c -> c.type().form().isScalar());
    if (!scalars || binding.width() == 0) {
      return rows;
    }
    long start = System.nanoTime();
    try (Scorer scorer = ForeignScorer.open(model, binding, signature, inputs.tokenizer(), stop)) {
      for (FeatureBatch batch : made(graph, binding, signature, inputs)) {
        if (rows.size() >= Trial.ROWS && System.nanoTime() - start > MOST_NANOS) {
          break;
        }
        PredictionBatch answer = new PredictionBatch(1, scorer.width());
        try {
          scorer.score(batch, answer, stop);
        } catch (MlException e) {
          Trial.stopAtLimit(e);
          continue; // a made-up row that the graph does not take
        }
        rows.add(
            new VerificationRow(
                values(batch, signature), Verification.answers(answer, 0, binding)));
      }
    }
    return rows;
  }

  private static List<FeatureBatch> made(
      byte[] graph, GraphBinding binding, ModelSignature signature, InputPlan inputs) {
    List<FeatureBatch> made = new ArrayList<>();
    for (int row = 0; row < Trial.ROWS; row++) {
      made.add(Trial.row(inputs, signature, row));
    }
    int room = MOST_CELLS / (signature.inputs().size() + binding.width());
    made.addAll(ImportedKernel.probes(graph, binding, signature, Math.min(MOST_PROBES, room)));
    return made;
  }

  private static List<@Nullable Object> values(FeatureBatch batch, ModelSignature signature) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int input = 0; input < signature.inputs().size(); input++) {
      values.add(batch.isText(input) ? batch.texts(input)[0] : (Double) batch.numbers(input)[0]);
    }
    return values;
  }
}
