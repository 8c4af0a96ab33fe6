package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.jdbc.InsituConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Statements give the same rows, of the same types and in the order that they ask for, whether the
 * optimizer is on or off: random ones over random rows, by the text and prepared. {@code
 * -Dinsitu.statements=N} for more, {@code -Dinsitu.seed=N} for others.
 */
class OptimizerTest {
  private static final int STATEMENTS = Integer.getInteger("insitu.statements", 300);
  private static final long SEED = Long.getLong("insitu.seed", 4);
  private static final List<String> COLUMNS =
      List.of("id", "a", "b", "name", "code", "amount", "born", "seen", "flag", "kind");

  private static Connection connection;
  private static Statement statement;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    statement = connection.createStatement();
    statement.execute(
        """
        CREATE TABLE t AS SELECT CAST(x AS INTEGER) AS id,
          CASE WHEN MOD(x, 7) = 0 THEN NULL ELSE CAST(MOD(x * 37, 11) AS INTEGER) END AS a,
          CAST(MOD(x * 17, 23) / 4.0 AS DOUBLE PRECISION) AS b,
          CASE WHEN MOD(x, 5) = 0 THEN NULL
            ELSE CAST(CHAR(65 + MOD(x, 6)) || CHAR(97 + MOD(x, 4)) AS VARCHAR(10)) END AS name,
          CAST(CHAR(65 + MOD(x, 3)) AS CHAR(3)) AS code,
          CAST(MOD(x * 31, 90) / 10.0 AS DECIMAL(6, 2)) AS amount,
          DATEADD('DAY', MOD(x * 13, 60), DATE '2013-01-01') AS born,
          DATEADD('HOUR', MOD(x * 7, 600), TIMESTAMP '2013-01-01 00:00:00') AS seen,
          CASE WHEN MOD(x, 4) = 0 THEN NULL ELSE MOD(x, 3) = 1 END AS flag,
          CAST(CASE MOD(x, 2) WHEN 0 THEN 'x' ELSE 'Y' END AS VARCHAR_IGNORECASE(5)) AS kind,
          CAST(MOD(x * 37, 11) + MOD(x, 3) AS DOUBLE PRECISION) AS label
        FROM SYSTEM_RANGE(1, 150)
        """);
    statement.execute("CREATE INDEX t_a ON t(a)");
    statement.execute("CREATE INDEX t_name ON t(name, code)");
    statement.execute("CREATE TABLE u AS SELECT id, name AS other, a AS ua FROM t WHERE id <= 40");
    statement.execute(
        "CREATE MODEL m OPTIONS (model_type = 'lasso', input_label_cols = ['label'], alpha = 0.3)"
            + " AS SELECT a, b, name, code, amount, flag, label FROM t");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @Test
  void everyStatementGivesTheSameWithAndWithout() throws SQLException {
    int narrowed = 0;
    int failed = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      Query query = query();
      String plain = outcome(query, false);
      String optimized = outcome(query, true);
      assertThat(optimized).as("seed " + SEED + ": " + query).isEqualTo(plain);
      narrowed += plan(query).contains("WHERE \"") ? 1 : 0;
      failed += plain.startsWith("error") ? 1 : 0;
    }
    assertThat(narrowed).as("statements whose conditions moved").isGreaterThan(STATEMENTS / 4);
    assertThat(failed).as("statements that fail").isLessThan(STATEMENTS / 4);
  }

  /** A statement and the values of its parameters. */
  private record Query(String sql, List<Object> values) {
    boolean ordered() {
      return sql.lastIndexOf(" ORDER BY ") > sql.lastIndexOf(')');
    }
  }

  private Query query() {
    List<Object> values = new ArrayList<>();
    String data =
        pick(
            "TABLE t",
            "TABLE t",
            "(SELECT * FROM t WHERE id > 20)",
            "(SELECT * FROM t ORDER BY amount DESC, id LIMIT 60)",
            "(SELECT id, a, b, UPPER(name) AS name, code, amount, born, seen, flag, kind FROM t)",
            "(SELECT t.* FROM t JOIN u ON u.id = t.id)",
            "(SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE a IS NOT NULL)");
    String call = "PREDICT(MODEL => 'm', DATA => " + data + ")";
    String base = "FROM " + call + " AS p";
    String sql =
        switch (random.nextInt(12)) {
          case 0 -> "SELECT * " + base + where("p.", values);
          case 1 -> "SELECT id, " + pick("a", "name", "seen") + " " + base + where("", values);
          case 2 -> "SELECT COUNT(*) " + base + where("", values);
          case 3 ->
              "SELECT id, predicted_label FROM (SELECT * " + base + ") AS q" + where("", values);
          case 4 ->
              "SELECT name, COUNT(*) AS n, SUM(amount) AS s FROM (SELECT * "
                  + base
                  + ") AS q"
                  + where("", values)
                  + " GROUP BY name ORDER BY name NULLS FIRST";
          case 5 ->
              "SELECT * FROM (SELECT name, code, COUNT(*) AS n, MAX(predicted_label) AS top "
                  + base
                  + " GROUP BY name, code) AS q WHERE "
                  + pick("name = 'Bb'", "name LIKE 'B%'", "code = 'B'", "n > 3", "name IS NULL")
                  + " ORDER BY name, code";
          case 6 ->
              "SELECT p.id, p.predicted_label, u.other FROM u "
                  + pick("", "LEFT ")
                  + "JOIN "
                  + call
                  + " AS p ON p.id = u.id AND "
                  + condition("p.", values)
                  + where("p.", values)
                  + " ORDER BY u.id, p.id";
          case 7 ->
              "SELECT p.id, u.ua "
                  + base
                  + " LEFT JOIN u ON p.id = u.id AND "
                  + condition("p.", values)
                  + where("p.", values)
                  + " ORDER BY p.id";
          case 8 ->
              "WITH w AS (SELECT * "
                  + base
                  + ") SELECT x.id, y.predicted_label FROM w AS x JOIN w AS y ON x.id = y.id"
                  + where("x.", values)
                  + " ORDER BY x.id";
          case 9 ->
              "SELECT id, r FROM (SELECT id, name, a, code, amount, born, seen, flag, kind, b,"
                  + " ROW_NUMBER() OVER (ORDER BY predicted_label, id) AS r "
                  + base
                  + where("", values)
                  + ") AS q"
                  + where("", values)
                  + " ORDER BY id";
          case 10 ->
              "SELECT id, ua FROM u WHERE id "
                  + pick("", "NOT ")
                  + "IN (SELECT id "
                  + base
                  + where("", values)
                  + ") ORDER BY id";
          default ->
              "SELECT id, name FROM (SELECT * "
                  + base
                  + " ORDER BY predicted_label, id LIMIT 30) AS q"
                  + where("", values)
                  + " UNION ALL SELECT id, code "
                  + base
                  + where("", values);
        };
    return new Query(sql, values);
  }

  private String where(String prefix, List<Object> values) {
    if (random.nextInt(8) == 0) {
      return "";
    }
    StringBuilder where = new StringBuilder(" WHERE ").append(condition(prefix, values));
    for (int more = random.nextInt(3); more > 0; more--) {
      where.append(" AND ").append(condition(prefix, values));
    }
    return where.toString();
  }

  private String condition(String prefix, List<Object> values) {
    String left = simple(prefix, values);
    return switch (random.nextInt(6)) {
      case 0 -> "(" + left + " OR " + simple(prefix, values) + ")";
      case 1 -> "NOT (" + left + ")";
      default -> left;
    };
  }

  private String simple(String prefix, List<Object> values) {
    String column = prefix + COLUMNS.get(random.nextInt(COLUMNS.size()));
    return switch (random.nextInt(10)) {
      case 0 -> column + pick(" IS NULL", " IS NOT NULL");
      case 1 -> prefix + pick("a", "amount", "b", "id") + compare() + number();
      case 2 -> prefix + pick("name", "code", "kind") + compare() + text();
      case 3 ->
          prefix
              + pick("name", "code", "kind")
              + pick(" IN (", " NOT IN (")
              + text()
              + ", "
              + text()
              + ")";
      case 4 ->
          prefix
              + pick("name", "code", "kind")
              + pick(" LIKE ", " NOT LIKE ")
              + pick("'A%'", "'_b'", "'B'", "'y'", "''");
      case 5 ->
          prefix
              + pick("a", "amount", "b")
              + pick(" BETWEEN ", " NOT BETWEEN ")
              + number()
              + " AND "
              + number();
      case 6 ->
          prefix
              + pick(
                  "born < DATE '2013-02-01'",
                  "born = '2013-01-14'",
                  "seen >= TIMESTAMP '2013-01-10 07:00:00'",
                  "seen < '2013-01-05'",
                  "flag",
                  "flag = TRUE");
      case 7 -> {
        values.add(pick(3, 5.5, -1, 100_000_000_000L));
        yield prefix + pick("a", "amount", "id", "b") + compare() + "?";
      }
      case 8 -> {
        values.add(pick("Bb", "A", "x", "Y", "C  "));
        yield prefix + pick("name", "code", "kind") + compare() + "?";
      }
      default ->
          pick(
              prefix + "a = " + prefix + "amount",
              prefix + "name > " + prefix + "code",
              prefix + "a + 1 > 3",
              "10 / (" + prefix + "id + 1) >= 0",
              "UPPER(" + prefix + "name) = 'AA'",
              prefix + "b * 2 < 5");
    };
  }

  private String compare() {
    return pick(" = ", " <> ", " < ", " <= ", " > ", " >= ");
  }

  private String number() {
    return pick("3", "-2", "5.5", "0", "3000000000", "2.25", "1e1");
  }

  private String text() {
    return pick("'Aa'", "'Bb'", "'A'", "'B  '", "'x'", "''");
  }

  @SafeVarargs
  private <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }

  private static String outcome(Query query, boolean optimizing) {
    try {
      connection.unwrap(InsituConnection.class).setOptimizing(optimizing);
      if (query.values().isEmpty()) {
        try (ResultSet rows = statement.executeQuery(query.sql())) {
          return text(rows, query.ordered());
        }
      }
      try (PreparedStatement prepared = connection.prepareStatement(query.sql())) {
        for (int i = 0; i < query.values().size(); i++) {
          prepared.setObject(i + 1, query.values().get(i));
        }
        try (ResultSet rows = prepared.executeQuery()) {
          return text(rows, query.ordered());
        }
      }
    } catch (SQLException e) {
      return "error " + e.getErrorCode();
    }
  }

  private static String plan(Query query) throws SQLException {
    connection.unwrap(InsituConnection.class).setOptimizing(true);
    try (PreparedStatement explain =
        connection.prepareStatement("EXPLAIN PLAN FOR " + query.sql())) {
      for (int i = 0; i < query.values().size(); i++) {
        explain.setObject(i + 1, query.values().get(i));
      }
      try (ResultSet plan = explain.executeQuery()) {
        plan.next();
        return plan.getString(1);
      }
    }
  }

  private static String text(ResultSet rows, boolean ordered) throws SQLException {
    StringBuilder text = new StringBuilder();
    int columns = rows.getMetaData().getColumnCount();
    for (int i = 1; i <= columns; i++) {
      text.append(rows.getMetaData().getColumnLabel(i))
          .append(' ')
          .append(rows.getMetaData().getColumnTypeName(i))
          .append(rows.getMetaData().getPrecision(i))
          .append('|');
    }
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      StringBuilder line = new StringBuilder();
      for (int i = 1; i <= columns; i++) {
        line.append(rows.getString(i)).append('|');
      }
      lines.add(line.toString());
    }
    if (!ordered) {
      lines.sort(null); // an index may give them in another order
    }
    return text + "\n" + String.join("\n", lines);
  }
}
