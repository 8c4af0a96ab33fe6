package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.onnx.RawOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the outputs of a graph that have a vector for each token of a text. */
final class TokenVectors {
  private final ForeignModel model;
  private final InputPlan inputs;
  private final ImportOptions options;
  private final ImportStop stop;

  TokenVectors(ForeignModel model, InputPlan inputs, ImportOptions options, ImportStop stop) {
    this.model = model;
    this.inputs = inputs;
    this.options = options;
    this.stop = stop;
  }

  /**
   * Returns the values of those of which one vector a row is to be made.
   *
   * @param wanted all outputs that are wanted, as the graph gives them
   * @throws MlException GRAPH_NOT_USABLE if the user does not say how, OPTION_NOT_APPLICABLE if
   *     there are none
   */
  Set<String> pooled(List<OutputBinding> wanted) {
    boolean asked = options.pooling() != OutputBinding.Pooling.NONE;
    TextStep text = inputs.text();
    Set<String> found = new HashSet<>();
    if (text != null && (asked || text.fixedLength() == 0)) {
      List<List<RawOutput>> runs = runs(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        int output = i;
        if (isPerToken(runs.stream().map(run -> run.get(output)).toList(), text)) {
          found.add(wanted.get(i).value());
        }
      }
    }
    if (asked && found.isEmpty()) {
      throw MlException.of(
          ErrorCode.OPTION_NOT_APPLICABLE, "pooling", "a model without a vector a token");
    }
    if (!asked && !found.isEmpty()) {
      String name = found.iterator().next();
      throw InputPlan.unusable("output \"" + name + "\" has a vector for each token")
          .withHint(
              "OPTIONS (pooling = 'mean') makes one of them, as 'cls' and 'max' do; outputs ="
                  + " ARRAY['…'] leaves it out.");
    }
    return found;
  }

  private List<List<RawOutput>> runs(List<OutputBinding> wanted) {
    List<List<RawOutput>> runs = new ArrayList<>();
    try (Trial trial =
        Trial.open(model, inputs, wanted, Math.max(1, inputs.rowsPerRun()), options, stop)) {
      FeatureBatch rows = trial.rows();
      for (int row = 0; row < Trial.ROWS; row++) {
        runs.add(trial.run(rows, row, 1));
      }
    }
    return runs;
  }

  /** Three dimensions, of which the second goes with the number of tokens. */
  private static boolean isPerToken(List<RawOutput> answers, TextStep text) {
    if (answers.stream().anyMatch(answer -> answer.shape().length != 3)) {
      return false;
    }
    long[] lengths = answers.stream().mapToLong(answer -> answer.shape()[1]).toArray();
    return text.fixedLength() > 0
        ? lengths[0] == text.fixedLength()
        : lengths[0] != lengths[lengths.length - 1];
  }
}
