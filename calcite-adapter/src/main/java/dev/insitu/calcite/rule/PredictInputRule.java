package dev.insitu.calcite.rule;

import dev.insitu.calcite.rel.Predict;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;

/**
 * Leaves out the inputs of a model that none of its predictions depends on: a weight of zero, a
 * column on which no tree splits. The model gets NULL for them, with the same result bit for bit.
 *
 * <pre>{@code
 * Predict(inputs=[A, B, C])   →   Predict(inputs=[A, C], unread=[B])
 * }</pre>
 *
 * <p>{@link PredictTrimmer} then does not read their columns, unless the statement does.
 */
final class PredictInputRule extends RelRule<RuleSetup> {
  static final RuleSetup SETUP =
      RuleSetup.of(
          "PredictInputRule",
          predict ->
              predict
                  .operand(Predict.class)
                  .predicate(found -> !found.use().unused().isEmpty() && !found.use().skipsUnused())
                  .anyInputs(),
          PredictInputRule::new);

  private PredictInputRule(RuleSetup setup) {
    super(setup);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Predict predict = call.rel(0);
    call.transformTo(predict.over(predict.getInput(), predict.use().skippingUnused()));
  }
}
