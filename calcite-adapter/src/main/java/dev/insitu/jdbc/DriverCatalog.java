package dev.insitu.jdbc;

import dev.insitu.calcite.PlanCatalog;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.function.Prediction;
import dev.insitu.jdbc.CallBinder.BoundInput;
import dev.insitu.jdbc.text.NestedQueries;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.ScalarPrediction;
import dev.insitu.score.Scorer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a planner sees of the database and its models. */
final class DriverCatalog implements PlanCatalog {
  private static final System.Logger LOG = System.getLogger(DriverCatalog.class.getName());

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
  public boolean isUserRoutine(String name) {
    return session.database().hasRoutine(Optional.empty(), name);
  }

  /**
   * Returns whether a narrowed input gives its first row before it has been read to its end, as the
   * input itself would. A server reads to the end in any case.
   */
  private boolean streams(String sql) {
    return session.database().elsewhere().isPresent()
        || NestedQueries.areNone(sql)
        || NestedQueries.areReadOnce(sql);
  }

  @Override
  public boolean accepts(TableCall call, Narrowing narrowing) {
    try {
      BoundInput whole = binder.boundInput(call);
      String sql =
          narrowing
              .over(SqlTemplate.of(whole.data().sql()), whole.columns())
              .render(
                  inner -> {
                    throw new AssertionError(inner);
                  })
              .sql();
      if (!streams(sql)) {
        return false;
      }
      List<ColumnSpec> columns = session.database().prepare(sql).columns();
      if (narrowing.columns().isEmpty()) {
        return true;
      }
      boolean same = columns.size() == narrowing.columns().size();
      for (int i = 0; same && i < columns.size(); i++) {
        ColumnSpec expected = whole.columns().get(narrowing.columns().get(i));
        same =
            columns.get(i).name().equals(expected.name())
                && columns.get(i).sqlType().equals(expected.sqlType());
      }
      return same;
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "the database does not take a narrowed input", e);
      return false;
    }
  }

  @Override
  public String route() {
    return session.isRemote()
        ? "A over a wire (the database runs the input, an H2 of this process what is around the prediction)"
        : PlanCatalog.super.route();
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
        List.of(),
        List.of(scalar.output().column()));
  }

  private CallPlan table(TableCall call) throws SQLException {
    if (call.function() == TableFunction.PREDICT) {
      BoundInput bound = binder.boundInput(call);
      Prediction prediction = bound.prediction();
      Scorer scorer = prediction.scorer().get();
      List<String> inputs = inputs(prediction, bound.columns());
      List<String> unused = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        boolean absent = prediction.bindings().get(i) == Prediction.ABSENT;
        if (!absent && scorer.unusedInputs().contains(i)) {
          unused.add(inputs.get(i));
        }
      }
      return new CallPlan(
          name(prediction.version()),
          scorer.engine(),
          inputs,
          unused,
          bound.columns(),
          prediction.outputs().stream().map(output -> output.column()).toList());
    }
    SqlText data = call.data() == null ? null : binder.bind(call.data());
    List<ColumnSpec> columns =
        data == null ? List.of() : session.database().prepare(data.sql()).columns();
    ModelReference model = call.model().resolve(session.database()::fold);
    List<ColumnSpec> results = binder.functionTable(call, data).columns();
    if (call.function() == TableFunction.TRAIN) {
      return new CallPlan(model.toString(), "trainer", List.of(), List.of(), columns, results);
    }
    return new CallPlan(
        name(session.models().catalog().find(model)),
        "store",
        List.of(),
        List.of(),
        columns,
        results);
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

  /** Returns a name as SQL writes it whatever its characters. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
