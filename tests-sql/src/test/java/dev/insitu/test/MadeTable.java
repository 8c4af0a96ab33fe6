package dev.insitu.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table {@code t} of made numbers, {@code id} and twelve columns DOUBLE PRECISION, and two models
 * of all of them: {@code logistic}, and {@code trees}, a regression of 100 trees of depth 6.
 */
final class MadeTable {
  static final List<String> MODELS = List.of("logistic", "trees");
  static final int COLUMNS = 12;

  /** The names of the inputs, with commas. */
  static final String NAMES = columns("f%d", ", ");

  /** The inputs, added up. */
  static final String SUM = columns("f%d", " + ");

  private static final int TRAINED_ON = 30_000;

  private MadeTable() {}

  /** Returns a text for each input. */
  static String columns(String pattern, String separator) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(i -> String.format(Locale.ROOT, pattern, i))
        .collect(Collectors.joining(separator));
  }

  /** Makes table and models. */
  static void make(Connection driver, int rows) throws SQLException {
    PlainScalarTest.run(driver, "CALL RAND(7)");
    PlainScalarTest.run(
        driver,
        "CREATE TABLE t AS SELECT x AS id, "
            + columns("CAST(RAND() * 2 - 1 AS DOUBLE PRECISION) AS f%d", ", ")
            + " FROM SYSTEM_RANGE(1, "
            + rows
            + ")");
    for (String model : MODELS) {
      train(driver, model, TRAINED_ON);
    }
  }

  /** Trains a version of a model on the first rows of the table. */
  static void train(Connection driver, String model, int rows) throws SQLException {
    String label =
        model.equals("logistic")
            ? "CASE WHEN " + SUM + " + RAND() > 0.5 THEN 'yes' ELSE 'no' END"
            : columns("SIN(3 * f%d)", " + ") + " + f0 * f1 + RAND()";
    String type =
        model.equals("logistic")
            ? "model_type = 'logistic_reg'"
            : "model_type = 'boosted_tree_regressor', max_iterations = 100, max_tree_depth = 6,"
                + " learn_rate = 0.1, early_stop = FALSE, data_split_method = 'no_split'";
    PlainScalarTest.run(
        driver,
        String.format(
            Locale.ROOT,
            "CREATE OR REPLACE MODEL %s OPTIONS (%s, input_label_cols = ['y']) AS SELECT %s, %s AS y"
                + " FROM t WHERE id <= %d",
            model,
            type,
            NAMES,
            label,
            rows));
  }

  /**
   * Returns the query of the driver for what a model says of rows of a table: the probability of
   * yes or the number, by id.
   */
  static String predictions(String model, String input) {
    return model.equals("logistic")
        ? "SELECT id, probability_yes FROM PREDICT(MODEL => 'logistic', DATA => "
            + input
            + ", probabilities => TRUE) ORDER BY id"
        : "SELECT id, predicted_y FROM PREDICT(MODEL => 'trees', DATA => "
            + input
            + ") ORDER BY id";
  }
}
