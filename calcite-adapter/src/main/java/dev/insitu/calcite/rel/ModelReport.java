package dev.insitu.calcite.rel;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql2rel.RelStructuredTypeFlattener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table function about a model, {@code ML.EVALUATE} for one, or of {@code TRAIN}.
 * Immutable.
 */
public final class ModelReport extends AbstractRelNode
    implements RelStructuredTypeFlattener.SelfFlatteningRel {
  private final String function;
  private final String model;
  private final RelDataType type;
  private final @Nullable RelNode input;

  private ModelReport(
      RelOptCluster cluster,
      RelTraitSet traits,
      String function,
      String model,
      RelDataType type,
      @Nullable RelNode input) {
    super(cluster, traits);
    this.function = function;
    this.model = model;
    this.type = type;
    this.input = input;
  }

  /** Returns the operator; without input the function reads the store alone. */
  public static ModelReport of(
      RelOptCluster cluster,
      String function,
      String model,
      RelDataType type,
      @Nullable RelNode input) {
    return new ModelReport(
        cluster, cluster.traitSetOf(Convention.NONE), function, model, type, input);
  }

  @Override
  protected RelDataType deriveRowType() {
    return type;
  }

  @Override
  public List<RelNode> getInputs() {
    return input == null ? List.of() : List.of(input);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModelReport(
        getCluster(), traits, function, model, type, inputs.isEmpty() ? null : inputs.get(0));
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    if (input != null) {
      writer.input("input", input);
    }
    return writer.item("function", function).item("model", model);
  }

  @Override
  public void flattenRel(RelStructuredTypeFlattener flattener) {
    flattener.rewriteGeneric(this);
  }
}
