package dev.insitu.calcite.ddl;

import dev.insitu.model.ModelText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scalar function: {@code PREDICTION('churn', age, income)}, {@code
 * PREDICTION_PROBABILITY('churn', 'yes', age, income)}.
 *
 * @param probability whether it is {@code PREDICTION_PROBABILITY}
 * @param model the model
 * @param classText of {@code PREDICTION_PROBABILITY} the class as the literal's text, without
 *     quotes; else null
 * @param arguments the inputs, in order
 * @param range where the call stands
 */
public record ScalarCall(
    boolean probability,
    ModelText model,
    @Nullable String classText,
    List<Argument> arguments,
    TextRange range)
    implements PredictionCall {
  /** Copies the list. */
  public ScalarCall {
    arguments = List.copyOf(arguments);
  }

  /**
   * An input.
   *
   * @param expression its text, verbatim, with the predictions inside of it as its own holes
   * @param column if it is a bare column ({@code age}, {@code c.age}) the name as written, with its
   *     quotes and without its qualifier; else null
   */
  public record Argument(SqlTemplate expression, @Nullable String column) {}

  @Override
  public String functionName() {
    return probability ? "PREDICTION_PROBABILITY" : "PREDICTION";
  }
}
