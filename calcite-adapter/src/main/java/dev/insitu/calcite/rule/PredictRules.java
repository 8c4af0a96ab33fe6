package dev.insitu.calcite.rule;

import dev.insitu.calcite.condition.ConditionFunction;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rel.Predict;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The rules, and the order in which they are tried. Calcite's own bring a condition down to a
 * prediction: through projections, inner joins and the preserved side of outer ones, grouping. Not
 * through LIMIT, window functions and set operations, whose branches may be of other types.
 */
public final class PredictRules {
  private static final RelOptRule FILTER_AGGREGATE =
      FilterAggregateTransposeRule.Config.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(LogicalFilter.class)
                      .predicate(PredictRules::respectsEquality)
                      .oneInput(aggregate -> aggregate.operand(LogicalAggregate.class).anyInputs()))
          .toRule();

  private static final HepProgram PROGRAM =
      new HepProgramBuilder()
          .addRuleCollection(
              List.of(
                  CoreRules.FILTER_MERGE,
                  CoreRules.FILTER_PROJECT_TRANSPOSE,
                  CoreRules.FILTER_INTO_JOIN,
                  CoreRules.JOIN_CONDITION_PUSH,
                  FILTER_AGGREGATE,
                  PredictFilterRule.SETUP.toRule(),
                  PredictInputRule.SETUP.toRule()))
          .build();

  private PredictRules() {}

  /**
   * Returns the plan with as little read and scored as can be; the same rows and the same row type.
   *
   * @param reading what is known of its calls
   */
  public static RelNode optimize(RelNode plan, Reading reading) {
    return optimizeAll(fixed(plan, reading), reading);
  }

  private static RelNode optimizeAll(RelNode plan, Reading reading) {
    RelNode inside = inSubQueries(plan, query -> optimizeAll(query, reading));
    HepPlanner planner = new HepPlanner(PROGRAM);
    planner.setRoot(inside);
    RelNode moved = planner.findBestExp();
    RelBuilder builder =
        RelFactories.LOGICAL_BUILDER
            .create(moved.getCluster(), null)
            .transform(config -> config.withSimplify(false).withPruneInputOfAggregate(false));
    return new PredictTrimmer(builder, reading).trim(moved);
  }

  private static RelNode fixed(RelNode plan, Reading reading) {
    RelNode inside = inSubQueries(plan, query -> fixed(query, reading));
    return inside.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            return visited instanceof Predict predict
                    && predict.getInput() instanceof Opaque opaque
                    && !reading.mayMove(opaque.source().call())
                ? predict.over(opaque, predict.use().fixed())
                : visited;
          }
        });
  }

  /** Replaces the plans of sub-queries inside of expressions. */
  private static RelNode inSubQueries(RelNode plan, UnaryOperator<RelNode> change) {
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            RexNode visited = super.visitSubQuery(query);
            RexSubQuery outer = (RexSubQuery) visited;
            return outer.clone(change.apply(outer.rel));
          }
        };
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(expressions);
          }
        });
  }

  /**
   * Below a grouping a condition meets all values of a group and not one of them: the answers must
   * be the same.
   */
  private static boolean respectsEquality(LogicalFilter filter) {
    boolean[] respects = {true};
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      conjunct.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
              respects[0] &=
                  !(call.getOperator() instanceof ConditionFunction function)
                      || function.condition().respectsEquality();
              return super.visitCall(call);
            }
          });
    }
    return respects[0];
  }
}
