package dev.insitu.calcite.rel;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelStructuredTypeFlattener;

/**
 * Rows in, the same rows plus typed prediction columns out; order and number of rows unchanged.
 * Immutable.
 */
public abstract class Predict extends SingleRel
    implements RelStructuredTypeFlattener.SelfFlatteningRel {
  /** The model with its schema and version: {@code PUBLIC.CHURN@3}. */
  protected final String model;

  /** What computes the predictions. */
  protected final String engine;

  /** The column of the input that feeds each input of the model, in signature order. */
  protected final List<String> bound;

  /** The columns that are added. */
  protected final List<RelDataTypeField> added;

  /** Creates the operator. */
  protected Predict(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      String model,
      String engine,
      List<String> bound,
      List<RelDataTypeField> added) {
    super(cluster, traits, input);
    this.model = model;
    this.engine = engine;
    this.bound = List.copyOf(bound);
    this.added = List.copyOf(added);
  }

  @Override
  protected RelDataType deriveRowType() {
    RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder();
    builder.addAll(getInput().getRowType().getFieldList());
    builder.addAll(added);
    return builder.build();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("model", model)
        .item("engine", engine)
        .item("inputs", bound);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery query) {
    return query.getRowCount(getInput());
  }

  @Override
  public void flattenRel(RelStructuredTypeFlattener flattener) {
    flattener.rewriteGeneric(this);
  }
}
