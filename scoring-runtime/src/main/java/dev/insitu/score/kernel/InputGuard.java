package dev.insitu.score.kernel;

import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.InputErrors;
import dev.insitu.score.binding.NullRule;
import org.jspecify.annotations.Nullable;

/** Looks at the values of a batch before an imported graph gets them, as a native engine does. */
final class InputGuard {
  private final GraphBinding binding;
  private final InputErrors errors;

  InputGuard(GraphBinding binding, ModelSignature signature) {
    this.binding = binding;
    this.errors = new InputErrors(signature);
  }

  /**
   * Checks a batch.
   *
   * @return whether a double holds each whole number of it
   * @throws dev.insitu.error.MlException NULL_INPUT, INPUT_VALUE
   */
  boolean check(FeatureBatch features) {
    boolean exact = true;
    for (InputBinding input : binding.inputs()) {
      for (int column : input.columns()) {
        NullRule rule = binding.nulls().get(column);
        if (input.carrier() == Carrier.TEXT) {
          checkTexts(input, column, rule, features);
        } else if (input instanceof InputBinding.Columns columns
            && columns.element().family() != Element.Family.REAL) {
          exact &= checkWhole(columns, column, rule, features);
        } else if (rule.kind() == NullRule.Kind.REFUSED) {
          checkNumbers(input, column, features);
        }
      }
    }
    return exact;
  }

  private void checkNumbers(InputBinding input, int column, FeatureBatch features) {
    double[] values = features.numbers(column);
    for (int row = 0; row < features.rows(); row++) {
      if (Double.isNaN(values[row])) {
        throw errors.isNull(input.input(), column, features, row);
      }
    }
  }

  private void checkTexts(InputBinding input, int column, NullRule rule, FeatureBatch features) {
    if (rule.kind() == NullRule.Kind.TEXT) {
      return;
    }
    @Nullable String[] values = features.texts(column);
    for (int row = 0; row < features.rows(); row++) {
      if (values[row] == null) {
        throw errors.isNull(input.input(), column, features, row);
      }
    }
  }

  private boolean checkWhole(
      InputBinding.Columns input, int column, NullRule rule, FeatureBatch features) {
    boolean exact = true;
    double[] values = features.numbers(column);
    for (int row = 0; row < features.rows(); row++) {
      double value = values[row];
      if (Double.isNaN(value)) {
        if (rule.kind() != NullRule.Kind.NUMBER) {
          throw errors.isNull(input.input(), column, features, row);
        }
        value = rule.number();
      }
      if (value != Math.rint(value) || Double.isInfinite(value)) {
        throw errors.unfit(column, features, row, value + " is no whole number");
      } else if (Math.abs(value) >= FeatureBatch.FIRST_INEXACT) {
        exact = false; // whether it fits is for ONNX Runtime's feed to say, which has all its bits
      } else if (value < input.element().smallest() || value > input.element().largest()) {
        String range = input.element().smallest() + " to " + input.element().largest();
        throw errors.unfit(column, features, row, (long) value + " is not in " + range);
      }
    }
    return exact;
  }
}
