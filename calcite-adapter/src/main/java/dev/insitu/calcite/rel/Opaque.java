package dev.insitu.calcite.rel;

import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.model.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql2rel.RelStructuredTypeFlattener;

/**
 * A query that only the database reads; its row type is the one that the database reports. It can
 * be narrowed from outside: fewer columns, a condition around it. Its inputs are the predictions
 * that its text names. Immutable but for {@link #replaceInput}.
 */
public final class Opaque extends AbstractRelNode
    implements RelStructuredTypeFlattener.SelfFlatteningRel {
  private final Source source;
  private final RelDataType fullType;
  private final Narrowing narrowing;
  private final List<RelNode> inputs;

  /**
   * The query as the user wrote it.
   *
   * @param call the call that it feeds, by its name in the plan
   * @param sql the text, in one line
   * @param columns its columns
   */
  public record Source(String call, String sql, List<ColumnSpec> columns) {
    /** Copies the list. */
    public Source {
      columns = List.copyOf(columns);
    }
  }

  private Opaque(
      RelOptCluster cluster,
      RelTraitSet traits,
      Source source,
      RelDataType fullType,
      Narrowing narrowing,
      List<RelNode> inputs) {
    super(cluster, traits);
    this.source = source;
    this.fullType = fullType;
    this.narrowing = narrowing;
    this.inputs = new ArrayList<>(inputs);
  }

  /** Returns the leaf for a query. */
  public static Opaque of(
      RelOptCluster cluster, Source source, RelDataType type, List<RelNode> inputs) {
    Narrowing all =
        new Narrowing(IntStream.range(0, source.columns().size()).boxed().toList(), List.of());
    return new Opaque(cluster, cluster.traitSetOf(Convention.NONE), source, type, all, inputs);
  }

  /** Returns the query. */
  public Source source() {
    return source;
  }

  /** Returns how much of it is read. */
  public Narrowing narrowing() {
    return narrowing;
  }

  /** Returns a leaf that reads less. */
  public Opaque narrowed(Narrowing less) {
    return new Opaque(getCluster(), traitSet, source, fullType, less, inputs);
  }

  /** Returns the text that the database gets. */
  public String sql() {
    SqlText text =
        narrowing
            .over(SqlTemplate.of(source.sql()), source.columns())
            .render(
                call -> {
                  throw new AssertionError(call);
                });
    return text.sql();
  }

  @Override
  protected RelDataType deriveRowType() {
    RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder();
    narrowing.columns().forEach(column -> builder.add(fullType.getFieldList().get(column)));
    return builder.build();
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
    return new Opaque(getCluster(), traits, source, fullType, narrowing, newInputs);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    for (int i = 0; i < inputs.size(); i++) {
      writer.input("input#" + i, inputs.get(i));
    }
    // Two calls with the same text are two readings.
    return writer
        .item("sql", sql())
        .itemIf(
            "call",
            source.call(),
            writer.getDetailLevel() == org.apache.calcite.sql.SqlExplainLevel.DIGEST_ATTRIBUTES);
  }

  @Override
  public void flattenRel(RelStructuredTypeFlattener flattener) {
    flattener.rewriteGeneric(this);
  }
}
