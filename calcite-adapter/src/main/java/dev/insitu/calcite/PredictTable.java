package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.rel.LogicalPredict;
import dev.insitu.calcite.rel.ModelReport;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rel.Predict;
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
  private final Opaque.@Nullable Source input;

  /**
   * Describes a call.
   *
   * @param name the call's name in the plan
   * @param inputSql the text of its input with names for the calls in it, null if it has none
   */
  PredictTable(TableCall call, CallPlan plan, String name, @Nullable String inputSql) {
    this.call = call;
    this.plan = plan;
    this.input =
        inputSql == null ? null : new Opaque.Source(name, oneLine(inputSql), plan.inputColumns());
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
    RelNode leaf =
        input == null
            ? null
            : Opaque.of(cluster, input, RowTypes.row(types, plan.inputColumns()), List.of());
    if (call.function() == TableFunction.PREDICT && leaf != null) {
      return LogicalPredict.of(
          leaf,
          new Predict.ModelUse(
              plan.model(), plan.engine(), plan.inputs(), plan.unused(), false, true),
          RowTypes.row(types, plan.addedColumns()).getFieldList());
    }
    return ModelReport.of(cluster, call.functionName(), plan.model(), getRowType(types), leaf);
  }

  static String oneLine(String sql) {
    return sql.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
