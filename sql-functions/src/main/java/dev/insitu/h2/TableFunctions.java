package dev.insitu.h2;

import dev.insitu.catalogue.Argument;
import dev.insitu.catalogue.FunctionCatalogue;
import dev.insitu.catalogue.FunctionEntry;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.operation.FunctionTable;
import dev.insitu.operation.ResultTable;
import dev.insitu.train.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A call of a table function by H2, which asks for columns at each prepare and for rows at each
 * reading. Only the latter does anything.
 *
 * <p>Where H2 prepares a statement whose model or query is a {@code ?}, the columns are not known
 * yet: unless the call declares them, or they are always the same, there is one, of type JSON.
 */
public final class TableFunctions {
  private final Connection connection;
  private final PlainSession session;
  private final TableCalls calls;
  private final boolean columnsOnly;

  private TableFunctions(Connection connection, PlainSession session) throws SQLException {
    this.connection = connection;
    this.session = session;
    this.calls = session.tables();
    this.columnsOnly = TableCalls.asksForColumns(connection);
  }

  /**
   * Returns the call that H2 makes over a connection.
   *
   * @throws MlException REMOTE_SESSION, DATABASE_VERSION
   */
  public static TableFunctions of(Connection connection) throws SQLException {
    return new TableFunctions(connection, PlainSession.of(connection));
  }

  /** Makes the table of a model. */
  @FunctionalInterface
  public interface Table {
    /** Returns its columns and how its rows are computed; nothing is computed yet. */
    FunctionTable of(ModelReference model) throws SQLException;
  }

  /** Returns the session of the caller. */
  public PlainSession session() {
    return session;
  }

  /**
   * {@code PREDICT}: the rows of a query, each with its prediction.
   *
   * @param columns the columns that the caller declares, or null
   * @param parameters the values of the query's {@code ?}
   */
  public FunctionRows predict(
      @Nullable String model,
      @Nullable String query,
      Map<String, OptionValue> options,
      @Nullable String columns,
      Value[] parameters)
      throws SQLException {
    DeclaredColumns declared =
        columns == null ? null : DeclaredColumns.parse(session.local(), columns);
    boolean unknown = calls.isParameter(model) || calls.isParameter(query);
    if (columnsOnly && (declared != null || unknown)) {
      return calls.columns(declared == null ? List.of(json()) : declared.columns());
    }
    String name = given("PREDICT", "the model", model);
    String input = given("PREDICT", "the query", query);
    if (columnsOnly) {
      try (ViewParsing suspended = ViewParsing.suspended(session.local())) {
        return calls.columns(predicted(name, input, options, List.of()).columns());
      }
    }
    calls.requireParameters("PREDICT", input, parameters.length);
    return calls.rows(
        key("PREDICT", parameters, name, input, options, columns),
        true,
        () -> {
          CalledRows rows = predicted(name, input, options, List.of(parameters));
          return declared != null
              ? rows.declared(session.local(), declared)
              : unknown ? rows.asJson(json()) : rows;
        });
  }

  private CalledRows predicted(
      String model, String query, Map<String, OptionValue> options, List<Value> parameters) {
    InnerQuery input = calls.query(query);
    Prediction prediction =
        session.models().predict("PREDICT", resolve(model), input.columns(), options);
    return CalledRows.of(new PredictionRows(input, prediction), parameters);
  }

  /**
   * A function whose few rows tell something of a model.
   *
   * @param function its name in the catalogue
   * @param query the rows that it looks at, or null
   * @param options those of the call
   * @param parameters the values of the query's {@code ?}
   * @param shape makes the table where the query is not known yet
   * @param table makes the table
   */
  public FunctionRows report(
      String function,
      @Nullable String model,
      @Nullable String query,
      Map<String, OptionValue> options,
      Value[] parameters,
      Table shape,
      Table table)
      throws SQLException {
    Optional<List<Column>> fixed = fixedColumns(function);
    boolean unknown = fixed.isEmpty() && calls.isParameter(model);
    if (columnsOnly && (unknown || fixed.isPresent())) {
      return calls.columns(fixed.orElseGet(() -> List.of(json())));
    }
    String name = given(function, "the model", model);
    if (columnsOnly) {
      try (ViewParsing suspended = ViewParsing.suspended(session.local())) {
        return calls.columns(columns((query == null ? shape : table).of(resolve(name)).columns()));
      }
    }
    if (query != null || parameters.length > 0) {
      calls.requireParameters(function, given(function, "the query", query), parameters.length);
    }
    return calls.rows(
        key(function, parameters, name, query, options),
        false,
        () -> {
          CalledRows rows = computed(table.of(resolve(name)), parameters);
          return unknown ? rows.asJson(json()) : rows;
        });
  }

  /**
   * A function without arguments whose rows tell what it did.
   *
   * @param function its name in the catalogue, which has its columns
   */
  public FunctionRows action(String function, Action action) throws SQLException {
    if (columnsOnly) {
      return calls.columns(fixedColumns(function).orElseThrow());
    }
    return calls.rows(
        key(function, new Value[0]),
        false,
        () -> {
          ResultTable result = action.run();
          return computed(
              new FunctionTable(result.columns(), (values, progress) -> result), new Value[0]);
        });
  }

  /** Does something and tells it. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    ResultTable run() throws SQLException;
  }

  /** Computes the rows now. */
  private CalledRows computed(FunctionTable table, Value[] parameters) throws SQLException {
    List<List<@Nullable Object>> rows =
        table.rows().compute(calls.objects(parameters, connection), Progress.NONE).rows();
    return CalledRows.of(
        new SuppliedRows(session.local(), folded(table.columns()), () -> rows), List.of());
  }

  private List<Column> columns(List<ColumnSpec> specs) {
    return List.of(new SuppliedRows(session.local(), folded(specs), List::of).columns());
  }

  private List<ColumnSpec> folded(List<ColumnSpec> specs) {
    return specs.stream()
        .map(
            spec ->
                new ColumnSpec(
                    session.session().fold(spec.name()),
                    spec.type(),
                    spec.sqlType(),
                    spec.nullable()))
        .toList();
  }

  /** Returns the columns of a function that has always the same. */
  private Optional<List<Column>> fixedColumns(String function) {
    List<Argument> columns =
        FunctionCatalogue.get().find(function).map(FunctionEntry::columns).orElse(List.of());
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DeclaredColumns.parse(
                    session.local(),
                    columns.stream()
                        .map(column -> column.name() + " " + column.type())
                        .collect(Collectors.joining(", ")))
                .columns());
  }

  private Column json() {
    return new Column(session.session().fold("PREDICTION"), TypeInfo.TYPE_JSON);
  }

  private ModelReference resolve(String model) {
    return session.resolve(ModelText.parse(model));
  }

  private static String given(String function, String what, @Nullable String value) {
    if (value == null) {
      throw MlException.of(ErrorCode.ARGUMENT, function, what + " is NULL");
    }
    return value;
  }

  /** Returns what tells a call from others of the same statement. */
  private static List<Object> key(
      String function, Value[] parameters, @Nullable Object... arguments) {
    List<Object> key = new ArrayList<>();
    key.add(function);
    Arrays.stream(arguments).map(Optional::ofNullable).forEach(key::add);
    key.addAll(Arrays.asList(parameters));
    return key;
  }
}
