package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries that ask a prediction for columns and nothing else are not computed row by row by H2:
 * their answers are those of the same queries with a condition that is always true.
 */
class PlainColumnsTest {
  private static final int ROWS = 5_000;
  private static final String FROM = " FROM PREDICT(MODEL => 'm', DATA => TABLE t)";
  private static final String FROM_QUERY =
      " FROM PREDICT(MODEL => 'm', DATA => (SELECT f1, id, name, f0 FROM t WHERE id > 100))";

  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:plaincolumns", "sa", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT X AS id, CASE WHEN MOD(X, 7) > 0 THEN 'name ' || X END AS name,"
              + " CASE WHEN MOD(X, 11) > 0 THEN SIN(X) END AS f0, COS(X) AS f1"
              + " FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
      statement.execute(
          "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS"
              + " SELECT f0, f1, 2 * f1 + COALESCE(f0, 0) AS y FROM t WHERE id <= 1000");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "id, predicted_y",
        "predicted_y, name, id, id AS again, predicted_y AS y",
        "p.name",
        "p.*, p.predicted_y",
        "f0, f1, id + 1",
        "ROWNUM(), id"
      })
  void theSameRowsComeWithoutACondition(String columns) throws SQLException {
    for (String from : List.of(FROM + " p", FROM_QUERY + " p")) {
      String sql = "SELECT " + columns + from;
      List<List<Object>> rows = rows(sql, 0);
      assertThat(rows).hasSize(from.startsWith(FROM_QUERY) ? ROWS - 100 : ROWS);
      assertThat(rows).isEqualTo(rows(sql + " WHERE f1 < 2", 0));
    }
  }

  @Test
  void limitsAndConditionsHold() throws SQLException {
    String sql = "SELECT id, predicted_y" + FROM;
    List<List<Object>> all = rows(sql, 0);
    assertThat(rows(sql, 1_500)).isEqualTo(all.subList(0, 1_500));
    assertThat(rows(sql + " FETCH FIRST 2000 ROWS ONLY", 0)).isEqualTo(all.subList(0, 2_000));
    assertThat(rows(sql + " OFFSET 4990 ROWS", 0)).isEqualTo(all.subList(4_990, ROWS));
    assertThat(rows(sql + " WHERE id BETWEEN 2001 AND 4000", 0))
        .isEqualTo(all.subList(2_000, 4_000));
  }

  @Test
  void partsOfAUnionFollowEachOther() throws SQLException {
    String one = "SELECT id, predicted_y" + FROM;
    String other = "SELECT f1, id" + FROM;
    String filter = " WHERE f1 < 2";
    List<List<Object>> rows = rows(one + " UNION ALL " + other, 0);
    assertThat(rows).hasSize(2 * ROWS);
    assertThat(rows).isEqualTo(rows(one + filter + " UNION ALL " + other + filter, 0));
  }

  @Test
  void whatIsLeftIsCopiedBeforeTheTableChanges() throws SQLException {
    String sql = "SELECT id, name, predicted_y" + FROM;
    List<List<Object>> all = rows(sql, 0);
    connection.setAutoCommit(false);
    try (Statement reading = connection.createStatement();
        Statement changing = connection.createStatement();
        ResultSet result = reading.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        if (rows.size() == 1_234) {
          changing.executeUpdate("UPDATE t SET f1 = 9, name = 'changed'");
        }
        rows.add(row(result));
      }
      assertThat(rows).isEqualTo(all);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void aReaderWhoseResultIsClosedIsTold() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery("SELECT id, predicted_y" + FROM);
      for (int i = 0; i < 1_100; i++) {
        assertThat(result.next()).isTrue();
      }
      statement.close();
      assertThatThrownBy(result::next).isInstanceOf(SQLException.class);
    }
  }

  private static List<List<Object>> rows(String sql, int most) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(most);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows.add(row(result));
        }
      }
    }
    return rows;
  }

  private static List<Object> row(ResultSet result) throws SQLException {
    List<Object> row = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      row.add(Objects.requireNonNullElse(result.getObject(i), "NULL"));
    }
    return row;
  }
}
