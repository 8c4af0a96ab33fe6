package dev.insitu.jdbc;

import dev.insitu.calcite.PlanCatalog;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.ScalarPrediction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code EXPLAIN} sees of the database and its models. */
final class DriverCatalog implements PlanCatalog {
  private final ModelSession session;
  private final CallBinder binder;

  /**
   * Makes a catalogue.
   *
   * @param binder what makes the inputs readable that hold predictions themselves
   */
  DriverCatalog(ModelSession session, CallBinder binder) {
    this.session = session;
    this.binder = binder;
  }

  @Override
  public Optional<List<ColumnSpec>> columns(String schema, String table) {
    String name = quoted(schema) + "." + quoted(table);
    try {
      return Optional.of(session.database().prepare("SELECT * FROM " + name).columns());
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean schemaExists(String schema) {
    return session.database().schemaExists(schema);
  }

  @Override
  public String currentSchema() {
    return session.database().currentSchema();
  }

  @Override
  public String fold(String identifier) {
    return session.database().fold(identifier);
  }

  @Override
  public CallPlan describe(PredictionCall call) throws SQLException {
    return call instanceof ScalarCall scalar ? scalar(scalar) : table((TableCall) call);
  }

  private CallPlan scalar(ScalarCall call) throws SQLException {
    ScalarPrediction scalar = binder.scalarPrediction(call);
    return new CallPlan(
        name(scalar.prediction().version()),
        scalar.prediction().scorer().get().engine(),
        call.arguments().stream().map(argument -> binder.written(argument.expression())).toList(),
        List.of(),
        List.of(scalar.output().column()));
  }

  private CallPlan table(TableCall call) throws SQLException {
    SqlText data = call.data() == null ? null : binder.bind(call.data());
    List<ColumnSpec> columns =
        data == null ? List.of() : session.database().prepare(data.sql()).columns();
    if (call.function() == TableFunction.PREDICT) {
      Prediction prediction = binder.prediction(call, columns);
      return new CallPlan(
          name(prediction.version()),
          prediction.scorer().get().engine(),
          inputs(prediction, columns),
          columns,
          prediction.outputs().stream().map(output -> output.column()).toList());
    }
    ModelReference model = call.model().resolve(session.database()::fold);
    List<ColumnSpec> results = binder.functionTable(call, data).columns();
    if (call.function() == TableFunction.TRAIN) {
      return new CallPlan(model.toString(), "trainer", List.of(), columns, results);
    }
    return new CallPlan(
        name(session.models().catalog().find(model)), "store", List.of(), columns, results);
  }

  private static List<String> inputs(Prediction prediction, List<ColumnSpec> columns) {
    List<String> inputs = new ArrayList<>();
    for (int position : prediction.bindings()) {
      inputs.add(position == Prediction.ABSENT ? "NULL" : columns.get(position).name());
    }
    return inputs;
  }

  private static String name(ModelVersion version) {
    return version.name() + "@" + version.number();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
