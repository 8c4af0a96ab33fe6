package dev.insitu.operation;

import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ModelVersion;
import java.util.List;

/**
 * A prediction as a value: {@code PREDICTION('m', a, b)}.
 *
 * @param prediction the model, its inputs bound by position
 * @param output the one value that comes out
 */
public record ScalarPrediction(Prediction prediction, OutputColumn output) {
  /** Returns the model. */
  public ModelVersion version() {
    return prediction.version();
  }

  /**
   * Refuses another number of arguments than the model has inputs.
   *
   * @throws dev.insitu.error.MlException ARGUMENT_COUNT
   */
  public void requireInputs(int given) {
    Binding.requireInputs(version(), given);
  }

  /**
   * Returns for each input of the model the position of its name among some, ignoring case.
   *
   * @throws dev.insitu.error.MlException COLUMN_MISSING
   */
  public List<Integer> byName(List<String> names) {
    return Binding.byName(version(), names);
  }
}
