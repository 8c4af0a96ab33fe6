package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A statement predicts with the version that its name leads to at that moment, in its own
 * transaction, however often the name has led to another one: versions that have been read are
 * kept.
 */
class ModelVersionsSeenTest {
  @TempDir private java.nio.file.Path folder;
  private String url;

  @BeforeEach
  void name() {
    url = "jdbc:insitu:h2:" + folder.resolve("db");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  /** Makes a version that predicts a constant. */
  private static void train(Connection connection, String create, String model, int constant)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          create
              + model
              + " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, "
              + constant
              + ".0E0 AS y FROM SYSTEM_RANGE(1, 5)");
    }
  }

  private static long predicted(Connection connection, String model) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT ROUND(predicted_y) FROM PREDICT(MODEL => '"
                    + model
                    + "', DATA => (SELECT 1 AS x))")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theNewestAfterReplacingDroppingAndMakingAnew() throws SQLException {
    try (Connection one = open();
        Connection two = open()) {
      train(one, "CREATE MODEL ", "m", 1);
      assertThat(predicted(one, "m")).isEqualTo(1);
      assertThat(predicted(two, "m")).isEqualTo(1);
      train(two, "CREATE OR REPLACE MODEL ", "m", 2);
      assertThat(predicted(one, "m")).isEqualTo(2);
      assertThat(predicted(one, "m@1")).isEqualTo(1);
      run(one, "DROP MODEL m VERSION 2");
      assertThat(predicted(two, "m")).isEqualTo(1);
      assertThatThrownBy(() -> predicted(two, "m@2")).hasMessageContaining("version 2");
      run(two, "DROP MODEL m");
      assertThatThrownBy(() -> predicted(one, "m")).hasMessageStartingWith("ML010");
      train(one, "CREATE MODEL ", "m", 3); // numbers go on
      assertThat(predicted(two, "m")).isEqualTo(3);
      assertThatThrownBy(() -> predicted(two, "m@1")).hasMessageContaining("version 1");
    }
  }

  @Test
  void anotherTransactionsVersionOnlyAfterItsCommit() throws SQLException {
    try (Connection one = open();
        Connection two = open()) {
      train(one, "CREATE MODEL ", "m", 1);
      one.setAutoCommit(false);
      train(one, "CREATE OR REPLACE MODEL ", "m", 2);
      assertThat(predicted(one, "m")).isEqualTo(2);
      assertThat(predicted(two, "m")).isEqualTo(1);
      assertThatThrownBy(() -> predicted(two, "m@2")).hasMessageContaining("version 2");
      one.rollback();
      assertThat(predicted(one, "m")).isEqualTo(1);
      train(one, "CREATE OR REPLACE MODEL ", "m", 3); // version 2 again
      assertThat(predicted(one, "m@2")).isEqualTo(3);
      one.commit();
      assertThat(predicted(two, "m@2")).isEqualTo(3);
      run(one, "DROP MODEL m");
      assertThat(predicted(two, "m")).isEqualTo(3);
      one.rollback();
      assertThat(predicted(one, "m")).isEqualTo(3);
    }
  }

  @Test
  void ofTheStoreThatIsThere() throws SQLException {
    try (Connection one = open();
        Connection two = open()) {
      train(one, "CREATE MODEL ", "m", 1);
      assertThat(predicted(two, "m")).isEqualTo(1);
      run(one, "DROP SCHEMA INSITU CASCADE");
      assertThatThrownBy(() -> predicted(two, "m")).hasMessageStartingWith("ML010");
      train(one, "CREATE MODEL ", "m", 1); // the same bytes under the same key
      assertThat(predicted(two, "m")).isEqualTo(1);
      run(one, "DROP SCHEMA INSITU CASCADE");
      train(one, "CREATE MODEL ", "m", 2);
      assertThat(predicted(two, "m")).isEqualTo(2);
    }
  }

  @Test
  void ofTheDatabaseThatIsThere() throws SQLException {
    try (Connection one = open()) {
      train(one, "CREATE MODEL ", "m", 1);
      assertThat(predicted(one, "m")).isEqualTo(1);
      run(one, "DROP ALL OBJECTS DELETE FILES");
    }
    try (Connection two = open()) {
      assertThatThrownBy(() -> predicted(two, "m")).hasMessageStartingWith("ML010");
      train(two, "CREATE MODEL ", "m", 2);
      assertThat(predicted(two, "m")).isEqualTo(2);
    }
  }

  @Test
  void inTheSchemaThatTheNameIsFoundIn() throws SQLException {
    try (Connection one = open()) {
      run(one, "CREATE SCHEMA a; CREATE SCHEMA b");
      train(one, "CREATE MODEL ", "a.m", 1);
      train(one, "CREATE MODEL ", "b.m", 2);
      run(one, "SET SCHEMA_SEARCH_PATH a, b");
      assertThat(predicted(one, "m")).isEqualTo(1);
      run(one, "SET SCHEMA_SEARCH_PATH b, a");
      assertThat(predicted(one, "m")).isEqualTo(2);
      run(one, "DROP MODEL b.m");
      assertThat(predicted(one, "m")).isEqualTo(1);
    }
  }
}
