package dev.insitu.calcite.rule;

import dev.insitu.calcite.condition.ConditionFunction;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rel.Predict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Moves conditions on columns of the input below the prediction, into the query that feeds it, so
 * that only rows that can be in the result are scored.
 *
 * <pre>{@code
 * Filter(H2[origin = 'JFK']($2), >($9, 5))        Filter(>($9, 5))
 *   Predict                                   →     Predict
 *     Opaque(SELECT * FROM f)                         Opaque(SELECT … FROM f WHERE "ORIGIN" = 'JFK')
 * }</pre>
 *
 * <p>It takes only what is known as a {@link ConditionFunction} over plain columns of the input and
 * cannot fail on their types.
 */
final class PredictFilterRule extends RelRule<RuleSetup> {
  static final RuleSetup SETUP =
      RuleSetup.of(
          "PredictFilterRule",
          filter ->
              filter
                  .operand(LogicalFilter.class)
                  .oneInput(
                      predict ->
                          predict
                              .operand(Predict.class)
                              .predicate(found -> found.use().movable())
                              .oneInput(input -> input.operand(Opaque.class).anyInputs())),
          PredictFilterRule::new);

  private PredictFilterRule(RuleSetup setup) {
    super(setup);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    Predict predict = call.rel(1);
    Opaque input = call.rel(2);
    List<Narrowing.Bound> conditions = new ArrayList<>(input.narrowing().conditions());
    int before = conditions.size();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      bound(conjunct, input).ifPresentOrElse(conditions::add, () -> rest.add(conjunct));
    }
    if (conditions.size() == before) {
      return;
    }
    Opaque narrowed = input.narrowed(new Narrowing(input.narrowing().columns(), conditions));
    Predict moved = predict.over(narrowed, predict.use());
    call.transformTo(
        rest.isEmpty()
            ? moved
            : filter.copy(
                filter.getTraitSet(),
                moved,
                RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest)));
  }

  private static Optional<Narrowing.Bound> bound(RexNode conjunct, Opaque input) {
    if (!(conjunct instanceof RexCall call)
        || !(call.getOperator() instanceof ConditionFunction function)) {
      return Optional.empty();
    }
    List<Integer> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      if (!(operand instanceof RexInputRef column)
          || column.getIndex() >= input.narrowing().columns().size()) {
        return Optional.empty();
      }
      operands.add(input.narrowing().columns().get(column.getIndex()));
    }
    boolean cannotFail =
        function.condition().cannotFail(i -> input.source().columns().get(operands.get(i)).type());
    return cannotFail
        ? Optional.of(new Narrowing.Bound(function.condition(), operands))
        : Optional.empty();
  }
}
