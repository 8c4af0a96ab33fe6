package dev.insitu.test;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * An application as {@link TwoLoaders} deploys it, with the driver in a class loader of its own:
 * opens a database, trains, imports a graph that no kernel takes, predicts, closes, and takes its
 * drivers out of {@link DriverManager}.
 */
public final class LoadedApplication implements Callable<String> {
  static final String ANSWER =
      "linear_reg 200, random_forest_regressor 200, boosted_tree_regressor 200, sine 200, drivers"
          + " left 0";

  private static final List<String> TYPES =
      List.of("linear_reg", "random_forest_regressor", "boosted_tree_regressor");

  @Override
  public String call() throws SQLException, ClassNotFoundException {
    Class.forName("dev.insitu.jdbc.InsituDriver"); // DriverManager looks for drivers only once
    StringBuilder answer = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:app", "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE points AS SELECT CAST(x AS DOUBLE PRECISION) AS a, CAST(2 * x AS DOUBLE"
              + " PRECISION) AS y FROM SYSTEM_RANGE(1, 200)");
      for (String type : TYPES) {
        statement.execute(
            "CREATE MODEL "
                + type
                + " OPTIONS (model_type = '"
                + type
                + "', input_label_cols = ['y'], data_split_method = 'no_split') AS TABLE points");
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM PREDICT(MODEL => '"
                    + type
                    + "', DATA => TABLE points) WHERE ABS(predicted_y - y) < 60")) {
          rows.next();
          answer.append(type).append(' ').append(rows.getInt(1)).append(", ");
        }
      }
      statement.execute(
          "CREATE MODEL sine FROM FILE '"
              + System.getProperty("insitu.sine")
              + "' OPTIONS (task = 'regression')");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT COUNT(*) FROM PREDICT(MODEL => 'sine', DATA => TABLE points) WHERE"
                  + " ABS(predicted_y - SIN(a)) < 1e-5")) {
        rows.next();
        answer.append("sine ").append(rows.getInt(1)).append(", ");
      }
    } finally {
      for (Driver driver : Collections.list(DriverManager.getDrivers())) {
        DriverManager.deregisterDriver(driver);
      }
    }
    return answer.append("drivers left ").append(DriverManager.drivers().count()).toString();
  }
}
