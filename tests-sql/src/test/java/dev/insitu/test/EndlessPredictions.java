package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A process that is to be told to end. Its threads train, open scorers and predict, also while it
 * ends, which takes a while; with {@code late} it does so for the first time when it ends. Says on
 * standard error what goes wrong.
 */
final class EndlessPredictions {
  private static final int THREADS = 2;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private EndlessPredictions() {}

  public static void main(String[] arguments) throws Exception {
    boolean late = arguments[0].equals("late");
    for (int i = 0; i < THREADS; i++) {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:insitu:h2:mem:ends" + i + ";DB_CLOSE_ON_EXIT=FALSE", "sa", "");
      if (late) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> first(connection)));
      } else {
        round(connection, 1);
        Runtime.getRuntime().addShutdownHook(new Thread(EndlessPredictions::linger));
        new Thread(() -> work(connection)).start();
      }
    }
    OUT.println("ready");
    TimeUnit.MINUTES.sleep(2);
  }

  private static void first(Connection connection) {
    try {
      round(connection, 1);
      OUT.println("trained");
    } catch (SQLException e) {
      OUT.println(e.getMessage());
    }
  }

  private static void linger() {
    try {
      TimeUnit.MILLISECONDS.sleep(300);
      OUT.println("lingered");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work(Connection connection) {
    try {
      for (int factor = 2; factor < Integer.MAX_VALUE; factor++) {
        round(connection, factor);
      }
    } catch (SQLException | AssertionError e) {
      e.printStackTrace();
    }
  }

  /** Trains one model and imports another, which no kernel takes, and predicts with both. */
  private static void round(Connection connection, int factor) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement create =
            connection.prepareStatement(
                "CREATE OR REPLACE MODEL wave FROM (SELECT CAST(? AS BLOB)) OPTIONS (task = 'regression')")) {
      statement.execute(
          "CREATE OR REPLACE MODEL line OPTIONS (model_type = 'linear_reg', input_label_cols ="
              + " ['y'], data_split_method = 'no_split') AS SELECT CAST(x AS DOUBLE PRECISION) AS"
              + " a, "
              + factor
              + " * x AS y FROM SYSTEM_RANGE(1, 20)");
      create.setBytes(1, SmallGraphs.sine());
      create.execute();
      for (int i = 0; i < 5; i++) {
        predict(statement, "line", "predicted_y");
        predict(statement, "wave", "predicted_y");
      }
    }
  }

  private static void predict(Statement statement, String model, String column)
      throws SQLException {
    statement
        .executeQuery("SELECT PREDICTION('" + model + "', x) FROM SYSTEM_RANGE(1, 500)")
        .close();
    statement
        .executeQuery(
            "SELECT SUM("
                + column
                + ") FROM PREDICT(MODEL => '"
                + model
                + "', DATA => (SELECT CAST(x AS DOUBLE PRECISION) AS a FROM SYSTEM_RANGE(1,"
                + " 20000)))")
        .close();
  }
}
