package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that can be asked of H2's connection is asked of ours beside it, with arguments drawn
 * from a seed, and the answers are compared. The two use databases of the same name, one each.
 */
class TransparencyTest {
  private static final String SCRIPT =
      """
      CREATE TABLE items(
          id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10, 2), sold DOUBLE PRECISION,
          at TIMESTAMP, due DATE, tod TIME, blob BLOB, text CLOB, ok BOOLEAN, list INT ARRAY);
      INSERT INTO items VALUES
          (1, 'one', 1.5, 0.25, TIMESTAMP '2013-01-01 10:00:00', DATE '2013-01-01', TIME '10:00:00',
           X'0102', 'text', TRUE, ARRAY[1, 2]),
          (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
          (3, '12', 12, 12, TIMESTAMP '2013-01-02 10:00:00', DATE '2013-01-02', TIME '11:00:00',
           X'', '', FALSE, ARRAY[]);
      CREATE TABLE model(predict INT, train VARCHAR DEFAULT 'SELECT * FROM PREDICT(');
      CREATE VIEW names AS SELECT id, name FROM items;
      CREATE ALIAS train FOR 'java.lang.Math.abs(int)';
      """;

  /** Methods that end the connection, need another thread, or differ as the README says. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "abort",
          "close",
          "getConnection",
          "getStatement",
          "getURL",
          "getDriverName",
          "getDriverVersion",
          "getDriverMajorVersion",
          "getDriverMinorVersion",
          "unwrap",
          "isWrapperFor",
          "cancel",
          "setNetworkTimeout",
          "createBlob",
          "createClob",
          "createNClob",
          "createSQLXML",
          "beginRequest",
          "endRequest",
          "getParentLogger",
          "setQueryTimeout",
          "closeOnCompletion");

  private Connection plain;
  private Connection ours;

  @BeforeEach
  void open() throws SQLException {
    plain = DriverManager.getConnection("jdbc:h2:mem:", "sa", "");
    ours = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    for (Connection connection : List.of(plain, ours)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SCRIPT);
      }
    }
  }

  @AfterEach
  void close() throws SQLException {
    plain.close();
    ours.close();
  }

  @Test
  void everyMethodOfTheConnectionAnswersAlike() throws Exception {
    walk(Connection.class, plain, ours, 40);
  }

  @Test
  void everyMethodOfTheMetaDataAnswersAlike() throws Exception {
    walk(DatabaseMetaData.class, plain.getMetaData(), ours.getMetaData(), 6);
  }

  @Test
  void everyMethodOfAStatementAnswersAlike() throws Exception {
    for (int type : List.of(ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE)) {
      Statement a = plain.createStatement(type, ResultSet.CONCUR_READ_ONLY);
      Statement b = ours.createStatement(type, ResultSet.CONCUR_READ_ONLY);
      walk(Statement.class, a, b, 30);
    }
  }

  @Test
  void everyMethodOfAPreparedStatementAnswersAlike() throws Exception {
    for (String sql :
        List.of(
            "SELECT * FROM items WHERE id > ? AND name LIKE ?",
            "UPDATE items SET name = ?, text = ? WHERE id = ?",
            "INSERT INTO model VALUES (?, ?)")) {
      walk(PreparedStatement.class, plain.prepareStatement(sql), ours.prepareStatement(sql), 20);
    }
  }

  @Test
  void everyMethodOfACallableStatementAnswersAlike() throws Exception {
    String sql = "{? = call train(?)}";
    walk(CallableStatement.class, plain.prepareCall(sql), ours.prepareCall(sql), 20);
  }

  @Test
  void everyMethodOfAResultSetAnswersAlike() throws Exception {
    for (int concurrency : List.of(ResultSet.CONCUR_READ_ONLY, ResultSet.CONCUR_UPDATABLE)) {
      Statement a = plain.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, concurrency);
      Statement b = ours.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, concurrency);
      for (String sql :
          List.of("SELECT * FROM items ORDER BY id", "SELECT id, name, id + 1 AS x FROM items")) {
        walk(ResultSet.class, a.executeQuery(sql), b.executeQuery(sql), 15);
      }
    }
  }

  @Test
  void theMetaDataOfARowAnswersAlike() throws Exception {
    ResultSetMetaData a = plain.createStatement().executeQuery("TABLE items").getMetaData();
    ResultSetMetaData b = ours.createStatement().executeQuery("TABLE items").getMetaData();
    walk(ResultSetMetaData.class, a, b, 10);
  }

  @Test
  void statementsWithWordsOfOursInOtherPlacesAnswerAlike() throws Exception {
    for (String sql :
        List.of(
            "SELECT predict, train FROM model",
            "INSERT INTO model(predict) VALUES (1)",
            "SELECT * FROM model WHERE train LIKE '%PREDICT(%' -- PREDICT(MODEL => 'm', DATA => TABLE t)",
            "SELECT train(-3) /* CREATE MODEL m AS SELECT 1 */",
            "SELECT 1; SELECT 2",
            "SELEC 1",
            "SELECT * FROM nowhere",
            "EXPLAIN SELECT * FROM model",
            "SHOW TABLES",
            "SCRIPT NOSETTINGS NOPASSWORDS",
            "CALL 1 + 1",
            "@LOOP 3 SELECT ?",
            "SELECT \"PREDICT(\" FROM (SELECT 1 AS \"PREDICT(\")",
            "SELECT $$ PREDICT('m') $$",
            "")) {
      for (boolean prepared : List.of(false, true)) {
        assertThat(executed(ours, sql, prepared)).as(sql).isEqualTo(executed(plain, sql, prepared));
      }
    }
  }

  private static String executed(Connection connection, String sql, boolean prepared)
      throws Exception {
    try (Statement statement =
        prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
      boolean rows =
          statement instanceof PreparedStatement p && prepared
              ? p.execute()
              : statement.execute(sql);
      String first =
          rows ? JdbcCalls.rows(statement.getResultSet()) : "count " + statement.getUpdateCount();
      return first + statement.getMoreResults() + statement.getUpdateCount();
    } catch (SQLException e) {
      return JdbcCalls.describe(e);
    }
  }

  /** Calls all methods in an order drawn from a seed, on both, and compares after each. */
  private static void walk(Class<?> type, Object plain, Object ours, int rounds) throws Exception {
    List<Method> methods =
        Arrays.stream(type.getMethods())
            .filter(m -> !LEFT_OUT.contains(m.getName()) && !Modifier.isStatic(m.getModifiers()))
            .sorted(Comparator.comparing(Method::toString))
            .toList();
    Random random = new Random(7);
    for (int i = 0; i < rounds * methods.size(); i++) {
      Method method = methods.get(random.nextInt(methods.size()));
      long seed = random.nextLong();
      String expected = JdbcCalls.outcome(plain, method, seed);
      String found = JdbcCalls.outcome(ours, method, seed);
      assertThat(found).as("call %s of %s", i, method).isEqualTo(expected);
    }
  }
}
