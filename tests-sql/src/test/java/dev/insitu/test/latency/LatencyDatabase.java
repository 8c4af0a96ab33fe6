package dev.insitu.test.latency;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the measurements predict over: made by SQL, the same in every run. */
final class LatencyDatabase {
  static final int ROWS = 20_000;
  static final int FEATURES = 28;
  static final int TREES = 100;

  /** The columns that feed the trees. */
  static final String FEATURE_LIST =
      IntStream.range(0, FEATURES).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));

  /** The columns that feed the linear models. */
  static final String MIXED_LIST = "city, kind, age, amount";

  private LatencyDatabase() {}

  /** Makes both tables and as many pairs of models as is said: {@code trees_0}, {@code late_0}. */
  static void make(Connection connection, int models) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String features =
          IntStream.range(0, FEATURES)
              .mapToObj(
                  i ->
                      String.format(
                          Locale.ROOT,
                          "CAST(MOD(X * %d + %d, 10007) / 10007E0 - 0.5 AS REAL) AS f%d",
                          7919 + 104729L * i,
                          31L * i * i,
                          i))
              .collect(Collectors.joining(", "));
      statement.execute(
          "CREATE TABLE points(id INT PRIMARY KEY, "
              + IntStream.range(0, FEATURES)
                  .mapToObj(i -> "f" + i + " REAL NOT NULL")
                  .collect(Collectors.joining(", "))
              + ") AS SELECT X, "
              + features
              + " FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
      statement.execute(
          "CREATE TABLE people(id INT PRIMARY KEY, city VARCHAR(20), kind VARCHAR(20), age INT,"
              + " amount DOUBLE PRECISION) AS SELECT X, 'city ' || MOD(X * 7919, 50), 'kind ' ||"
              + " MOD(X * 104729, 12), 18 + MOD(X * 31, 60), MOD(X * 7001, 9973) / 10E0 FROM"
              + " SYSTEM_RANGE(1, "
              + ROWS
              + ")");
      for (int i = 0; i < models; i++) {
        statement.execute(
            "CREATE MODEL trees_"
                + i
                + " OPTIONS (model_type = 'boosted_tree_regressor', input_label_cols = ['y'],"
                + " max_iterations = "
                + TREES
                + ", max_tree_depth = 6, early_stop = FALSE, data_split_method = 'no_split', seed ="
                + " "
                + i
                + ") AS SELECT "
                + FEATURE_LIST
                + ", 10 * SIN(6 * f0 * f1) + 20 * f2 * f3 + EXP(2 * f4) + f5 + f6 * f7 * f8 + "
                + i
                + " * f9 AS y FROM points");
        statement.execute(
            "CREATE MODEL late_"
                + i
                + " OPTIONS (model_type = 'logistic_reg', input_label_cols = ['late'],"
                + " data_split_method = 'no_split', l2_reg = "
                + (1 + i)
                + ".0) AS SELECT "
                + MIXED_LIST
                + ", MOD(LENGTH(city) * 7 + age + CAST(amount AS INT), 3) = 0 AS late FROM people");
      }
    }
  }

  static void report(String text) {
    System.getLogger("latency").log(System.Logger.Level.INFO, text);
  }
}
