package dev.insitu.calcite.rel;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql2rel.RelStructuredTypeFlattener;

/**
 * A query that goes to the database verbatim; its row type is the one that the database reports.
 * Its inputs are the predictions that its text names. Immutable but for {@link #replaceInput}.
 */
public final class Opaque extends AbstractRelNode
    implements RelStructuredTypeFlattener.SelfFlatteningRel {
  private final String sql;
  private final RelDataType type;
  private final List<RelNode> inputs;

  private Opaque(
      RelOptCluster cluster,
      RelTraitSet traits,
      String sql,
      RelDataType type,
      List<RelNode> inputs) {
    super(cluster, traits);
    this.sql = sql;
    this.type = type;
    this.inputs = new ArrayList<>(inputs);
  }

  /** Returns the leaf for a query. */
  public static Opaque of(
      RelOptCluster cluster, String sql, RelDataType type, List<RelNode> inputs) {
    return new Opaque(cluster, cluster.traitSetOf(Convention.NONE), sql, type, inputs);
  }

  /** Returns the text that the database gets. */
  public String sql() {
    return sql;
  }

  @Override
  protected RelDataType deriveRowType() {
    return type;
  }

  @Override
  public List<RelNode> getInputs() {
    return List.copyOf(inputs);
  }

  @Override
  public void replaceInput(int ordinal, RelNode input) {
    inputs.set(ordinal, input);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> newInputs) {
    return new Opaque(getCluster(), traits, sql, type, newInputs);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    for (int i = 0; i < inputs.size(); i++) {
      writer.input("input#" + i, inputs.get(i));
    }
    return writer.item("sql", sql);
  }

  @Override
  public void flattenRel(RelStructuredTypeFlattener flattener) {
    flattener.rewriteGeneric(this);
  }
}
