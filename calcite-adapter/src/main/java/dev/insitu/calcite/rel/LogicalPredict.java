package dev.insitu.calcite.rel;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;

/** {@link Predict} before it is decided who runs it. Immutable. */
public final class LogicalPredict extends Predict {
  private LogicalPredict(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      String model,
      String engine,
      List<String> bound,
      List<RelDataTypeField> added) {
    super(cluster, traits, input, model, engine, bound, added);
  }

  /** Returns the operator over an input. */
  public static LogicalPredict of(
      RelNode input,
      String model,
      String engine,
      List<String> bound,
      List<RelDataTypeField> added) {
    RelOptCluster cluster = input.getCluster();
    return new LogicalPredict(
        cluster, cluster.traitSetOf(Convention.NONE), input, model, engine, bound, added);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LogicalPredict(getCluster(), traits, inputs.get(0), model, engine, bound, added);
  }
}
