package dev.insitu.test.planner;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/** The tables, the models and what can be changed beside rows. */
public final class ComparedDatabase {
  private static final AtomicLong TICKS = new AtomicLong();

  private ComparedDatabase() {}

  /** Counts its calls; an alias of the databases. */
  public static double tick(double value) {
    TICKS.incrementAndGet();
    return Math.abs(value);
  }

  static void fill(Connection connection, String first, boolean postgres) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!first.isEmpty()) {
        statement.execute(first);
      }
      String folded = postgres ? "VARCHAR" : "VARCHAR_IGNORECASE";
      statement.execute(
          """
          CREATE TABLE t AS SELECT CAST(x AS INTEGER) AS id,
            CASE WHEN MOD(x, 7) = 0 THEN NULL ELSE CAST(MOD(x * 37, 11) AS INTEGER) END AS a,
            CASE WHEN MOD(x, 13) = 0 THEN CAST('NaN' AS DOUBLE PRECISION)
              ELSE CAST(MOD(x * 17, 23) / 4.0 AS DOUBLE PRECISION) END AS b,
            CASE WHEN MOD(x, 5) = 0 THEN NULL
              ELSE CAST(CHAR(65 + MOD(x, 6)) || CHAR(97 + MOD(x, 4)) AS VARCHAR(10)) END AS name,
            CAST(CHAR(65 + MOD(x, 3)) AS CHAR(3)) AS code,
            CAST(MOD(x * 31, 90) / 10.0 AS DECIMAL(6, 2)) AS amount,
            DATEADD('DAY', MOD(x * 13, 60), DATE '2013-01-01') AS born,
            DATEADD('HOUR', MOD(x * 7, 600), TIMESTAMP '2013-01-01 00:00:00') AS seen,
            CAST(DATEADD('HOUR', MOD(x * 7, 600), TIMESTAMP '2013-01-01 00:00:00')
              AS TIMESTAMP WITH TIME ZONE) AS sent,
            CASE WHEN MOD(x, 4) = 0 THEN NULL ELSE MOD(x, 3) = 1 END AS flag,
            CAST(CASE MOD(x, 2) WHEN 0 THEN 'x' ELSE 'Y' END AS FOLDED(5)) AS kind,
            CAST(MOD(x, 9) AS SMALLINT) AS "Mixed Case",
            CAST(MOD(x, 4) AS BIGINT) AS "select",
            CAST(ARRAY[x, 1] AS INTEGER ARRAY) AS list,
            CAST(MOD(x * 37, 11) + MOD(x, 3) AS DOUBLE PRECISION) AS label,
            MOD(x * 37, 11) > 5 AS late
          FROM SYSTEM_RANGE(1, 70) AS r(x) UNION ALL SELECT 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM SYSTEM_RANGE(1, 2)
          """
              .replace("FOLDED", folded));
      statement.execute("INSERT INTO t SELECT * FROM t WHERE id BETWEEN 10 AND 20");
      statement.execute("CREATE INDEX t_a ON t(a)");
      statement.execute("CREATE INDEX t_name ON t(name, code)");
      statement.execute("CREATE INDEX t_born ON t(born)");
      statement.execute(
          "CREATE TABLE u AS SELECT id, name AS other, a AS ua, flag AS yes FROM t WHERE id <= 30");
      statement.execute("CREATE TABLE target(id INTEGER, score DOUBLE PRECISION)");
      statement.execute(
          "INSERT INTO target SELECT x, x FROM SYSTEM_RANGE(1, 30) AS r(x) WHERE x NOT BETWEEN 10 AND 20");
      statement.execute("CREATE SEQUENCE seq");
      statement.execute("CREATE ALIAS tick FOR \"" + ComparedDatabase.class.getName() + ".tick\"");
      statement.execute(
          "CREATE MODEL m OPTIONS (model_type = 'lasso', input_label_cols = ['label'], alpha = 0.3)"
              + " AS SELECT a, b, name, code, amount, flag, label FROM t");
      statement.execute(
          "CREATE MODEL c OPTIONS (model_type = 'decision_tree_classifier',"
              + " input_label_cols = ['late'], max_tree_depth = 3)"
              + " AS SELECT a, b, name, \"Mixed Case\", seen, late FROM t");
    }
  }

  /** Makes what effects there are unseen, and returns where the sequence stands. */
  static long reset(Statement statement) throws SQLException {
    TICKS.set(0);
    statement.execute("SET @v = NULL");
    return next(statement);
  }

  /** Returns what a statement did to sequences, variables and functions since. */
  static String effects(Statement statement, long sequence) throws SQLException {
    String variable;
    try (ResultSet row = statement.executeQuery("SELECT @v")) {
      row.next();
      variable = row.getString(1);
    }
    return "sequence "
        + (next(statement) - sequence)
        + ", variable "
        + variable
        + ", function "
        + TICKS.get();
  }

  private static long next(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT NEXT VALUE FOR seq")) {
      row.next();
      return row.getLong(1);
    }
  }
}
