package dev.insitu.calcite.rule;

import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rel.Predict;
import java.util.function.Consumer;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Looks at all of a plan, the plans of its sub-queries included. */
public final class PlanLeaves {
  private PlanLeaves() {}

  /**
   * A query that feeds a call.
   *
   * @param scored whether a prediction is made of it
   */
  public record Leaf(Opaque opaque, boolean scored) {}

  /** Visits the queries that feed calls, in order; not those that other such queries name. */
  public static void forEach(RelNode plan, Consumer<Leaf> action) {
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Opaque opaque) {
          action.accept(new Leaf(opaque, parent instanceof Predict));
          return;
        }
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitSubQuery(RexSubQuery query) {
                forEach(query.rel, action);
                return super.visitSubQuery(query);
              }
            });
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
  }

  /**
   * Returns whether every expression gives the same for the same row whenever it is asked, and none
   * looks at a row of a query around its own.
   */
  public static boolean isSteady(RelNode plan) {
    boolean[] steady = {true};
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        steady[0] &= node.getVariablesSet().isEmpty();
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                steady[0] &= call.getOperator().isDeterministic();
                return super.visitCall(call);
              }

              @Override
              public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                steady[0] = false;
                return super.visitCorrelVariable(variable);
              }

              @Override
              public RexNode visitSubQuery(RexSubQuery query) {
                steady[0] &= isSteady(query.rel);
                return super.visitSubQuery(query);
              }
            });
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return steady[0];
  }
}
