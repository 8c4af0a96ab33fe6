package dev.insitu.calcite;

import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A database with a table CUSTOMERS(ID, AGE) and a model CHURN of one input, which may change. */
final class CustomersCatalog implements PlanCatalog {
  private static final ColumnSpec ID = new ColumnSpec("ID", ColumnType.INTEGER, "INTEGER", false);
  private static final ColumnSpec AGE =
      new ColumnSpec("AGE", ColumnType.DECIMAL, "NUMERIC(5, 2)", true);

  /** The schema of the session. */
  String schema = "PUBLIC";

  /** The model's version. */
  int version = 1;

  /** The column that the model adds. */
  ColumnSpec added =
      new ColumnSpec("PREDICTED_CHURNED", ColumnType.VARCHAR, "CHARACTER VARYING(3)", true);

  @Override
  public Optional<List<ColumnSpec>> columns(String ofSchema, String table) {
    return table.equals("CUSTOMERS") ? Optional.of(List.of(ID, AGE)) : Optional.empty();
  }

  @Override
  public boolean schemaExists(String name) {
    return name.equals(schema);
  }

  @Override
  public String currentSchema() {
    return schema;
  }

  @Override
  public String fold(String identifier) {
    return identifier.toUpperCase(Locale.ROOT);
  }

  @Override
  public boolean isUserRoutine(String name) {
    return false;
  }

  @Override
  public boolean accepts(TableCall call, Narrowing narrowing) {
    return true;
  }

  @Override
  public CallPlan describe(PredictionCall call) {
    boolean data = call instanceof TableCall table && table.data() != null;
    return new CallPlan(
        "PUBLIC.CHURN@" + version,
        "ONNX Runtime",
        List.of("AGE"),
        List.of(),
        data ? List.of(ID, AGE) : List.of(),
        List.of(added));
  }
}
