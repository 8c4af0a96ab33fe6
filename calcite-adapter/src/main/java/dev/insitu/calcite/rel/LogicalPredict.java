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
      ModelUse use,
      List<RelDataTypeField> added) {
    super(cluster, traits, input, use, added);
  }

  /** Returns the operator over an input. */
  public static LogicalPredict of(RelNode input, ModelUse use, List<RelDataTypeField> added) {
    RelOptCluster cluster = input.getCluster();
    return new LogicalPredict(cluster, cluster.traitSetOf(Convention.NONE), input, use, added);
  }

  @Override
  public LogicalPredict over(RelNode input, ModelUse newUse) {
    return new LogicalPredict(getCluster(), traitSet, input, newUse, added);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LogicalPredict(getCluster(), traits, inputs.get(0), use, added);
  }
}
