package dev.insitu.plain;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.h2.FunctionRows;
import dev.insitu.h2.TableFunctions;
import dev.insitu.model.ModelReference;
import dev.insitu.operation.CreateRequest;
import dev.insitu.operation.FunctionTable;
import dev.insitu.operation.Models;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The table functions: {@code SELECT * FROM INSITU.PREDICT('m', 'SELECT …')}, or after {@code
 * CALL}. A query is a text, run with the caller's rights in his transaction; the values of its
 * {@code ?} are the last arguments. Options are a JSON object or NULL.
 */
public final class Tables {
  private static final String LABELS = "input_label_cols";
  private static final Value[] NONE = {};

  private Tables() {}

  /** {@code PREDICT(model, query)}. */
  public static FunctionRows predict(
      Connection connection, @Nullable String model, @Nullable String query) throws SQLException {
    return predict(connection, model, query, null);
  }

  /** {@code PREDICT(model, query, options)}. */
  public static FunctionRows predict(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options)
      throws SQLException {
    return predict(connection, model, query, options, null, NONE);
  }

  /**
   * {@code PREDICT(model, query, options, columns, parameter, …)}: the rows of a query, each with
   * its prediction.
   *
   * @param columns the columns to return, if H2 cannot learn them from the query: {@code 'id INT,
   *     predicted_y DOUBLE PRECISION'}
   */
  public static FunctionRows predict(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options,
      @Nullable String columns,
      Value... parameters)
      throws SQLException {
    return Boundary.run(
        () ->
            TableFunctions.of(connection)
                .predict(model, query, JsonOptions.read(options), columns, parameters));
  }

  /**
   * {@code TRAIN(model, query, label, options, parameter, …)}: makes a version and returns its
   * metrics.
   *
   * @param label the column to predict; NULL where there is none or the options name it
   */
  public static FunctionRows train(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String label,
      @Nullable String options,
      Value... parameters)
      throws SQLException {
    return Boundary.run(
        () -> {
          TableFunctions call = TableFunctions.of(connection);
          Models models = call.session().models();
          Map<String, OptionValue> given = new LinkedHashMap<>(JsonOptions.read(options));
          if (label != null) {
            OptionValue name = new OptionValue.Text(call.session().session().fold(label));
            if (given.put(LABELS, new OptionValue.Items(List.of(name))) != null) {
              throw MlException.of(
                  ErrorCode.ARGUMENT,
                  "TRAIN",
                  "the label is given twice, the second time as " + LABELS);
            }
          }
          TableFunctions.Table table =
              reference -> {
                if (query == null) {
                  throw MlException.of(ErrorCode.ARGUMENT, "TRAIN", "the query is NULL");
                }
                return models.train(values -> request(reference, given, query, values));
              };
          return call.report("TRAIN", model, query, given, parameters, table, table);
        });
  }

  private static CreateRequest request(
      ModelReference model,
      Map<String, OptionValue> options,
      String query,
      List<@Nullable Object> parameters) {
    return new CreateRequest(
        "TRAIN", model, CreateRequest.Existing.ADD_VERSION, options, query, query, parameters);
  }

  /** {@code EVALUATE(model)}: of the rows that were held out in training. */
  public static FunctionRows evaluate(Connection connection, @Nullable String model)
      throws SQLException {
    return evaluate(connection, model, null);
  }

  /** {@code EVALUATE(model, query)}. */
  public static FunctionRows evaluate(
      Connection connection, @Nullable String model, @Nullable String query) throws SQLException {
    return evaluate(connection, model, query, null, NONE);
  }

  /** {@code EVALUATE(model, query, options, parameter, …)}. */
  public static FunctionRows evaluate(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options,
      Value... parameters)
      throws SQLException {
    return evaluation(
        connection,
        "EVALUATE",
        Models::evaluationColumns,
        Models::evaluate,
        model,
        query,
        options,
        parameters);
  }

  /** {@code CONFUSION_MATRIX(model)}. */
  public static FunctionRows confusionMatrix(Connection connection, @Nullable String model)
      throws SQLException {
    return confusionMatrix(connection, model, null);
  }

  /** {@code CONFUSION_MATRIX(model, query)}. */
  public static FunctionRows confusionMatrix(
      Connection connection, @Nullable String model, @Nullable String query) throws SQLException {
    return confusionMatrix(connection, model, query, null, NONE);
  }

  /** {@code CONFUSION_MATRIX(model, query, options, parameter, …)}. */
  public static FunctionRows confusionMatrix(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options,
      Value... parameters)
      throws SQLException {
    return evaluation(
        connection,
        "CONFUSION_MATRIX",
        Models::confusionColumns,
        Models::confusionMatrix,
        model,
        query,
        options,
        parameters);
  }

  /** {@code ROC_CURVE(model)}. */
  public static FunctionRows rocCurve(Connection connection, @Nullable String model)
      throws SQLException {
    return rocCurve(connection, model, null);
  }

  /** {@code ROC_CURVE(model, query)}. */
  public static FunctionRows rocCurve(
      Connection connection, @Nullable String model, @Nullable String query) throws SQLException {
    return rocCurve(connection, model, query, null, NONE);
  }

  /** {@code ROC_CURVE(model, query, options, parameter, …)}. */
  public static FunctionRows rocCurve(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options,
      Value... parameters)
      throws SQLException {
    return evaluation(
        connection,
        "ROC_CURVE",
        (models, reference) -> models.rocCurve(reference, null, Map.of()),
        Models::rocCurve,
        model,
        query,
        options,
        parameters);
  }

  /** {@code DESCRIBE(model)}. */
  public static FunctionRows describe(Connection connection, @Nullable String model)
      throws SQLException {
    return report(connection, "DESCRIBE", Models::description, model);
  }

  /** {@code FEATURE_INFO(model)}. */
  public static FunctionRows featureInfo(Connection connection, @Nullable String model)
      throws SQLException {
    return report(connection, "FEATURE_INFO", (m, name) -> m.featureInfo(name, Map.of()), model);
  }

  /** {@code TRAINING_INFO(model)}. */
  public static FunctionRows trainingInfo(Connection connection, @Nullable String model)
      throws SQLException {
    return report(connection, "TRAINING_INFO", (m, name) -> m.trainingInfo(name, Map.of()), model);
  }

  /** {@code WEIGHTS(model)}. */
  public static FunctionRows weights(Connection connection, @Nullable String model)
      throws SQLException {
    return report(connection, "WEIGHTS", (m, name) -> m.weights(name, Map.of()), model);
  }

  /** {@code CENTROIDS(model)}. */
  public static FunctionRows centroids(Connection connection, @Nullable String model)
      throws SQLException {
    return report(connection, "CENTROIDS", (m, name) -> m.centroids(name, Map.of()), model);
  }

  /** What is asked of a model. */
  @FunctionalInterface
  private interface Report {
    FunctionTable of(Models models, ModelReference model) throws SQLException;
  }

  /** What is asked of a model and rows. */
  @FunctionalInterface
  private interface Evaluation {
    FunctionTable of(
        Models models,
        ModelReference model,
        @Nullable String query,
        Map<String, OptionValue> options)
        throws SQLException;
  }

  private static FunctionRows report(
      Connection connection, String function, Report report, @Nullable String model)
      throws SQLException {
    return Boundary.run(
        () -> {
          TableFunctions call = TableFunctions.of(connection);
          TableFunctions.Table table = name -> report.of(call.session().models(), name);
          return call.report(function, model, null, Map.of(), NONE, table, table);
        });
  }

  private static FunctionRows evaluation(
      Connection connection,
      String function,
      Report columns,
      Evaluation evaluation,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options,
      Value[] parameters)
      throws SQLException {
    return Boundary.run(
        () -> {
          TableFunctions call = TableFunctions.of(connection);
          Models models = call.session().models();
          Map<String, OptionValue> given = JsonOptions.read(options);
          return call.report(
              function,
              model,
              query,
              given,
              parameters,
              name -> columns.of(models, name),
              name -> evaluation.of(models, name, query, given));
        });
  }
}
