package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.rel.LogicalPredict;
import dev.insitu.calcite.rel.ModelReport;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.model.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A table function of ours where Calcite sees a table; it becomes the operator that it is. */
final class PredictTable extends AbstractTable implements TranslatableTable {
  private final TableCall call;
  private final CallPlan plan;
  private final @Nullable String inputSql;
  private final List<PredictTable> nested;

  /**
   * Describes a call.
   *
   * @param inputSql the text of its input as the database gets it, null if it has none
   * @param nested the calls that this text names, in order
   */
  PredictTable(
      TableCall call, CallPlan plan, @Nullable String inputSql, List<PredictTable> nested) {
    this.call = call;
    this.plan = plan;
    this.inputSql = inputSql;
    this.nested = List.copyOf(nested);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    List<ColumnSpec> columns = new ArrayList<>();
    if (call.function() == TableFunction.PREDICT) {
      columns.addAll(plan.inputColumns());
    }
    columns.addAll(plan.addedColumns());
    return RowTypes.row(types, columns);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return toRel(context.getCluster());
  }

  RelNode toRel(RelOptCluster cluster) {
    RelDataTypeFactory types = cluster.getTypeFactory();
    RelNode input =
        inputSql == null
            ? null
            : Opaque.of(
                cluster,
                oneLine(inputSql),
                RowTypes.row(types, plan.inputColumns()),
                nested.stream().map(inner -> inner.toRel(cluster)).toList());
    if (call.function() == TableFunction.PREDICT && input != null) {
      return LogicalPredict.of(
          input,
          plan.model(),
          plan.engine(),
          plan.inputs(),
          RowTypes.row(types, plan.addedColumns()).getFieldList());
    }
    return ModelReport.of(cluster, call.functionName(), plan.model(), getRowType(types), input);
  }

  static String oneLine(String sql) {
    return sql.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
