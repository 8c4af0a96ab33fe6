package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.ScalarPrediction;
import dev.insitu.plain.JsonOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the functions that are installed in the database in the place of our calls: a text that the
 * database runs, or keeps, without this driver.
 *
 * <p>Everything is checked as for an execution here: models, inputs, options. Models are named in
 * full, since whoever reads a view has a schema of his own.
 */
final class InstalledCalls {
  private static final String SCHEMA = "INSITU."; // the database folds it, as the store's

  private final ModelSession session;
  private final CallBinder binder;
  private final Purpose purpose;

  /** What a text is for. */
  enum Purpose {
    /** The database runs it now, for the caller. */
    RUN,
    /** The database keeps it, for readers with schemas of their own. */
    KEEP,
    /** The same, and keeps values of it, which would not follow a switch of versions. */
    KEEP_VALUES
  }

  /**
   * Makes a renderer for one statement.
   *
   * @param binder binds its calls, and knows their models afterwards
   * @param purpose what the text is for
   */
  InstalledCalls(ModelSession session, CallBinder binder, Purpose purpose) {
    this.session = session;
    this.binder = binder;
    this.purpose = purpose;
  }

  /**
   * Returns a statement's text.
   *
   * @throws SQLException the database's own, if it refuses an input query
   * @throws MlException VERSION_NEEDED, and whatever is wrong with models or what feeds them
   */
  SqlText text(SqlTemplate template) throws SQLException {
    return binder.rendered(template, this::call);
  }

  private SqlText call(PredictionCall call) throws SQLException {
    ModelReference model = call.model().resolve(session.database()::fold);
    if (purpose == Purpose.KEEP_VALUES && !(model.selector() instanceof Selector.Version)) {
      throw versionNeeded(call, model);
    }
    return call instanceof ScalarCall scalar ? scalar(scalar) : table((TableCall) call);
  }

  private MlException versionNeeded(PredictionCall call, ModelReference model) {
    int number = session.models().catalog().find(model).number();
    return MlException.of(ErrorCode.VERSION_NEEDED, call.functionName(), model)
        .withHint(
            "Write '"
                + new ModelReference(model.schema(), model.name(), new Selector.Version(number))
                + "'. A view, or CALL INSITU.MATERIALIZE(…), follows the default version.");
  }

  private SqlText scalar(ScalarCall call) throws SQLException {
    ScalarPrediction scalar = binder.scalarPrediction(call);
    Prediction prediction = scalar.prediction();
    OutputColumn output = scalar.output();
    Call function = new Call(scalarName(call, output)).text(modelText(prediction.version(), call));
    if (call.classText() != null) {
      function.text(call.classText());
    }
    List<ColumnSpec> inputs = prediction.version().model().signature().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      SqlText argument = text(call.arguments().get(prediction.bindings().get(i)).expression());
      function.add(
          argument.sql().strip().equals("?")
              ? argument.enclosed("CAST(", " AS " + inputs.get(i).sqlType() + ")")
              : argument);
    }
    String name = function.name();
    return name.endsWith("PREDICTION") && output.column().type() != ColumnType.VARCHAR
        ? function.text().enclosed("CAST(", " AS " + output.column().sqlType() + ")")
        : function.text();
  }

  private static String scalarName(ScalarCall call, OutputColumn output) {
    if (call.probability()) {
      return "PREDICTION_PROBABILITY";
    } else if (output.column().type() == ColumnType.DOUBLE) {
      return "PREDICTION_NUMBER";
    }
    return output.kind() == OutputColumn.Kind.VECTOR ? "PREDICTION_VECTOR" : "PREDICTION";
  }

  private SqlText table(TableCall call) throws SQLException {
    if (call.function() == TableFunction.TRAIN) {
      throw MlException.of(ErrorCode.CANNOT_RUN, "TRAIN", "it must stand alone in FROM");
    }
    SqlTemplate data = call.data();
    SqlText query = data == null ? null : input(data);
    Call function = new Call(call.functionName().replace("ML.", ""));
    if (call.function() == TableFunction.PREDICT) {
      predict(call, query == null ? SqlText.of("") : query, function);
    } else {
      binder.functionTable(call, query); // says what is wrong with it
      ModelReference model = call.model().resolve(session.database()::fold);
      function.text(modelText(session.models().catalog().find(model), call));
      if (call.function().takesData()) {
        function
            .textOrNull(query == null ? null : query.sql())
            .textOrNull(JsonOptions.write(call.options()));
      }
    }
    if (query != null) {
      query.parameters().forEach(ordinal -> function.add(new SqlText("?", List.of(ordinal))));
    }
    return function.text();
  }

  private SqlText input(SqlTemplate data) throws SQLException {
    SqlText query = text(data);
    return purpose == Purpose.RUN || !query.parameters().isEmpty()
        ? query
        : SqlText.of(session.database().inFull(query.sql()));
  }

  /**
   * The columns of what is kept, or has parameters, are declared: the database would ask for them
   * before it knows the values, and whenever it opens.
   */
  private void predict(TableCall call, SqlText query, Call function) throws SQLException {
    List<ColumnSpec> columns = session.database().prepare(query.sql()).columns();
    Prediction prediction =
        session
            .models()
            .predict(call.functionName(), binder.resolve(call.model()), columns, call.options());
    function
        .text(modelText(prediction.version(), call))
        .text(query.sql())
        .textOrNull(JsonOptions.write(call.options()));
    if (purpose != Purpose.RUN || !query.parameters().isEmpty()) {
      function.text(
          Stream.concat(columns.stream(), prediction.outputs().stream().map(OutputColumn::column))
              .map(column -> DriverCatalog.quoted(column.name()) + " " + column.sqlType())
              .collect(Collectors.joining(", ")));
    }
  }

  /** Returns the model as the call selects its version, with its schema. */
  private String modelText(ModelVersion found, PredictionCall call) {
    ModelText written = call.model();
    String selected =
        written.selector() instanceof Selector.Version version
            ? "@" + version.number()
            : written.selector() instanceof Selector.Alias alias
                ? "@" + DriverCatalog.quoted(session.database().fold(alias.name()))
                : "";
    return DriverCatalog.quoted(found.name().schema())
        + "."
        + DriverCatalog.quoted(found.name().name())
        + selected;
  }

  /** A call that is being written. */
  private static final class Call {
    private final String name;
    private final List<String> arguments = new ArrayList<>();
    private final List<Integer> parameters = new ArrayList<>();

    Call(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    Call add(SqlText argument) {
      arguments.add(argument.sql());
      parameters.addAll(argument.parameters());
      return this;
    }

    Call text(String text) {
      return add(SqlText.of("'" + text.replace("'", "''") + "'"));
    }

    Call textOrNull(@org.jspecify.annotations.Nullable String text) {
      return text == null ? add(SqlText.of("NULL")) : text(text);
    }

    SqlText text() {
      return new SqlText(SCHEMA + name + "(" + String.join(", ", arguments) + ")", parameters);
    }
  }
}
