package dev.insitu.calcite.rel;

import java.util.ArrayList;
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
  /** What predicts, and from what. */
  protected final ModelUse use;

  /** The columns that are added. */
  protected final List<RelDataTypeField> added;

  /**
   * A model over the columns of an input.
   *
   * @param model the model with its schema and version: {@code PUBLIC.CHURN@3}
   * @param engine what computes the predictions
   * @param inputs what feeds each input of the model, in signature order
   * @param unused those of them that no prediction of this model depends on
   * @param skipsUnused whether those are not read
   * @param movable whether the plan has this prediction once, so that what is around one use may
   *     change what it reads
   */
  public record ModelUse(
      String model,
      String engine,
      List<String> inputs,
      List<String> unused,
      boolean skipsUnused,
      boolean movable) {
    /** Copies the lists. */
    public ModelUse {
      inputs = List.copyOf(inputs);
      unused = List.copyOf(unused);
    }

    /** Returns the use in which inputs without effect are not read. */
    public ModelUse skippingUnused() {
      return new ModelUse(model, engine, inputs, unused, true, movable);
    }

    /** Returns the use that must stay as it is. */
    public ModelUse fixed() {
      return new ModelUse(model, engine, inputs, unused, skipsUnused, false);
    }

    /** Returns the columns that are read for the model. */
    public List<String> read() {
      if (!skipsUnused) {
        return inputs;
      }
      List<String> read = new ArrayList<>(inputs);
      read.removeAll(unused);
      return read;
    }
  }

  /** Creates the operator. */
  protected Predict(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      ModelUse use,
      List<RelDataTypeField> added) {
    super(cluster, traits, input);
    this.use = use;
    this.added = List.copyOf(added);
  }

  /** Returns what predicts, and from what. */
  public ModelUse use() {
    return use;
  }

  /** Returns the columns that are added. */
  public List<RelDataTypeField> added() {
    return added;
  }

  /** Returns the same prediction of another input, which has all columns that the model reads. */
  public abstract Predict over(RelNode input, ModelUse newUse);

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
        .item("model", use.model())
        .item("engine", use.engine())
        .item("inputs", use.read())
        .itemIf("unread", use.unused(), use.skipsUnused() && !use.unused().isEmpty())
        .itemIf("shared", true, !use.movable());
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
