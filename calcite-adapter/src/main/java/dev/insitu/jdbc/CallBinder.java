package dev.insitu.jdbc;

import dev.insitu.calcite.NarrowedInput;
import dev.insitu.calcite.PlanCatalog;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.function.Prediction;
import dev.insitu.h2.PredictionInput;
import dev.insitu.h2.PredictionSession;
import dev.insitu.h2.ScalarExpression;
import dev.insitu.h2.StatementTable;
import dev.insitu.jdbc.text.NestedQueries;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.operation.CreateRequest;
import dev.insitu.operation.FunctionTable;
import dev.insitu.operation.Models;
import dev.insitu.operation.ScalarPrediction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts something that the database can read in the place of each call of ours in a statement: a
 * virtual table or a function of the session. Collects what it made; one binder per statement.
 */
final class CallBinder {
  private final ModelSession session;
  private final String script;
  private final List<StatementPart> parts = new ArrayList<>();
  private final Map<ScalarText, String> scalarTexts = new HashMap<>();
  private final List<UsedModel> models = new ArrayList<>();
  private final Map<TableCall, BoundInput> boundInputs = new HashMap<>();
  private final PlanCatalog catalog;

  /**
   * A PREDICT bound to all of its input.
   *
   * @param data the input for the database
   * @param columns its columns
   */
  record BoundInput(SqlText data, List<ColumnSpec> columns, Prediction prediction) {}

  /**
   * Makes a binder.
   *
   * @param script the caller's text, into which the ranges of calls point
   */
  CallBinder(ModelSession session, String script) {
    this.session = session;
    this.script = script;
    this.catalog = new DriverCatalog(session, this);
  }

  /** Returns what a planner sees through this binder. */
  PlanCatalog catalog() {
    return catalog;
  }

  List<StatementPart> parts() {
    return parts;
  }

  List<UsedModel> models() {
    return models;
  }

  /**
   * Returns a template's text for the database, with no more read for its predictions than it
   * needs.
   *
   * @param isQuery whether it is a query as a whole
   * @throws SQLException the database's own, if it refuses an input query
   * @throws MlException whatever is wrong with the models or with what feeds them
   */
  SqlText bind(SqlTemplate template, boolean isQuery) throws SQLException {
    return bind(template, session.optimizer().inputs(template, isQuery, catalog));
  }

  /** Returns a query's bound text, or another one of the same result that hands over less. */
  SqlText averaged(SqlTemplate query, SqlText text) throws SQLException {
    if (!session.optimizer().averages(query)
        || !(parts.get(parts.size() - 1) instanceof TablePart part)) {
      return text;
    }
    Optional<PredictionSession.Averaged> averaged =
        session.database().addAverages(text.sql(), part.table());
    averaged.ifPresent(less -> parts.add(new TablePart(less.table(), part.ordinals())));
    return averaged.map(less -> SqlText.of(less.sql())).orElse(text);
  }

  /** Returns a template's text for the database, with all inputs read as they are. */
  SqlText bind(SqlTemplate template) throws SQLException {
    return bind(template, Map.of());
  }

  private SqlText bind(SqlTemplate template, Map<TableCall, NarrowedInput> inputs)
      throws SQLException {
    SqlText text = rendered(template, call -> bind(call, inputs));
    if (!template.scalarCalls().isEmpty()) {
      session.database().checkArguments(text.sql());
    }
    return text;
  }

  /** What stands in the place of a call. */
  interface Replacement {
    SqlText of(PredictionCall call) throws SQLException;
  }

  /** Returns a template's text, its select items named as the database would name them. */
  SqlText rendered(SqlTemplate template, Replacement replacement) throws SQLException {
    try {
      return template.render(
          call -> {
            try {
              return replacement.of(call);
            } catch (SQLException e) {
              throw new Refused(e);
            }
          },
          item -> session.database().expressionName(item.written(), item.sql(), item.function()));
    } catch (Refused e) {
      throw e.error;
    }
  }

  /** Returns a template's text as the user wrote it. */
  String written(SqlTemplate template) {
    return template
        .render(call -> SqlText.of(script.substring(call.range().start(), call.range().end())))
        .sql();
  }

  /**
   * Makes a virtual table of a small result.
   *
   * @param ordinals for each parameter of its query, the parameter of the caller's statement
   */
  SqlText add(String name, FunctionTable function, List<Integer> ordinals) throws SQLException {
    FunctionRows rows = new FunctionRows(function, ordinals);
    StatementTable table = session.database().addRows(name, function.columns(), rows::rows);
    parts.add(rows);
    parts.add(new TablePart(table, List.of()));
    return SqlText.of(table.sqlName());
  }

  /** Closes all that was made, when a later step failed. */
  void abandon() {
    for (StatementPart part : parts) {
      part.close();
    }
    parts.clear();
  }

  ModelReference resolve(ModelText model) {
    ModelReference reference = model.resolve(session.database()::fold);
    models.add(UsedModel.of(session.models().catalog(), reference));
    return reference;
  }

  private SqlText bind(PredictionCall call, Map<TableCall, NarrowedInput> inputs)
      throws SQLException {
    if (call instanceof ScalarCall scalar) {
      return scalar(scalar);
    }
    TableCall table = (TableCall) call;
    if (table.function() == TableFunction.PREDICT) {
      return predict(table, inputs.get(table));
    }
    return function(table, table.data() == null ? null : bind(table.data()));
  }

  private SqlText predict(TableCall call, @Nullable NarrowedInput narrowed) throws SQLException {
    BoundInput whole = boundInput(call);
    PredictionInput input = PredictionInput.whole(whole.data().sql());
    List<Integer> ordinals = whole.data().parameters();
    if (narrowed != null) {
      input = input.scored(narrowed.scored(), narrowed.named());
      if (!narrowed.narrowing().readsAll(whole.columns().size())) {
        SqlText less = bind(narrowed.narrowing().over(call.query(), whole.columns()), true);
        input =
            input.narrowed(
                new PredictionInput.Narrowed(
                    less.sql(),
                    narrowed.narrowing().columns(),
                    narrowed.narrowing().comparedWith(),
                    narrowed.narrowing().conditions().isEmpty(),
                    NestedQueries.areReadOnce(less.sql())));
        ordinals = less.parameters();
      }
    }
    StatementTable table = session.database().addPrediction(input, whole.prediction());
    parts.add(new TablePart(table, ordinals));
    return SqlText.of(table.sqlName());
  }

  /** Returns what a PREDICT is bound to; bound once, for planning and for running. */
  BoundInput boundInput(TableCall call) throws SQLException {
    BoundInput known = boundInputs.get(call);
    if (known == null) {
      SqlText data = bind(call.query());
      List<ColumnSpec> columns = session.database().prepare(data.sql()).columns();
      known = new BoundInput(data, columns, prediction(call, columns));
      boundInputs.put(call, known);
    }
    return known;
  }

  private Prediction prediction(TableCall call, List<ColumnSpec> columns) {
    return session
        .models()
        .predict(call.functionName(), resolve(call.model()), columns, call.options());
  }

  private SqlText function(TableCall call, @Nullable SqlText data) throws SQLException {
    return add(
        call.functionName(),
        functionTable(call, data),
        data == null ? List.of() : data.parameters());
  }

  /**
   * Returns what a table function other than PREDICT computes; its names fold as the database's.
   */
  FunctionTable functionTable(TableCall call, @Nullable SqlText data) throws SQLException {
    FunctionTable table = unfoldedTable(call, data);
    return new FunctionTable(
        table.columns().stream()
            .map(
                column ->
                    new ColumnSpec(
                        session.database().fold(column.name()),
                        column.type(),
                        column.sqlType(),
                        column.nullable()))
            .toList(),
        table.rows());
  }

  private FunctionTable unfoldedTable(TableCall call, @Nullable SqlText data) throws SQLException {
    Models operations = session.models();
    Map<String, OptionValue> options = call.options();
    String query = data == null ? null : data.sql();
    if (call.function() == TableFunction.TRAIN) {
      return train(call, Objects.requireNonNull(data, "TRAIN always has data"));
    }
    ModelReference model = resolve(call.model());
    return switch (call.function()) {
      case EVALUATE -> operations.evaluate(model, query, options);
      case CONFUSION_MATRIX -> operations.confusionMatrix(model, query, options);
      case ROC_CURVE -> operations.rocCurve(model, query, options);
      case FEATURE_INFO -> operations.featureInfo(model, options);
      case TRAINING_INFO -> operations.trainingInfo(model, options);
      case WEIGHTS -> operations.weights(model, options);
      case CENTROIDS -> operations.centroids(model, options);
      case PREDICT, TRAIN -> throw new IllegalStateException("handled above");
    };
  }

  /** TRAIN makes the model that it names, so the name is not looked up. */
  private FunctionTable train(TableCall call, SqlText data) {
    ModelReference model = call.model().resolve(session.database()::fold);
    Map<String, OptionValue> options = new LinkedHashMap<>(call.options());
    if (!call.targets().isEmpty()) {
      options.put(
          "input_label_cols",
          new OptionValue.Items(
              call.targets().stream()
                  .map(name -> (OptionValue) new OptionValue.Text(session.database().fold(name)))
                  .toList()));
    }
    String written = written(Objects.requireNonNull(call.data(), "TRAIN always has data"));
    return session
        .models()
        .train(
            parameters ->
                new CreateRequest(
                    "TRAIN",
                    model,
                    CreateRequest.Existing.ADD_VERSION,
                    options,
                    data.sql(),
                    written,
                    parameters));
  }

  /** Binds the model of a scalar prediction to its arguments. */
  ScalarPrediction scalarPrediction(ScalarCall call) {
    List<Optional<String>> names =
        call.arguments().stream()
            .map(argument -> Optional.ofNullable(argument.column()).map(session.database()::fold))
            .toList();
    ModelReference model = resolve(call.model());
    String classText = call.classText();
    return classText == null
        ? session.models().prediction(model, names)
        : session.models().probability(model, classText, names);
  }

  private SqlText scalar(ScalarCall call) throws SQLException {
    List<SqlText> arguments = new ArrayList<>();
    for (ScalarCall.Argument argument : call.arguments()) {
      arguments.add(bind(argument.expression()));
    }
    List<String> texts = arguments.stream().map(SqlText::sql).toList();
    // The same call has the same text, so that the database knows it again in GROUP BY.
    ScalarText key = new ScalarText(call.model(), Optional.ofNullable(call.classText()), texts);
    String text = scalarTexts.get(key);
    if (text == null) {
      ScalarPrediction scalar = scalarPrediction(call);
      ScalarExpression expression =
          session.database().addScalar(scalar.prediction(), scalar.output(), texts);
      parts.add(new ScalarPart(expression));
      text = expression.sqlText();
      scalarTexts.put(key, text);
    }
    return new SqlText(
        text, arguments.stream().flatMap(argument -> argument.parameters().stream()).toList());
  }

  /** What makes two scalar predictions the same. */
  private record ScalarText(ModelText model, Optional<String> classText, List<String> arguments) {}

  /** The database's error on its way through a function that cannot throw it. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException error;

    Refused(SQLException error) {
      super(error);
      this.error = error;
    }
  }
}
