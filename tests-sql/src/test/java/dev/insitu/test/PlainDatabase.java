package dev.insitu.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * A database of customers with a model {@code churn} (yes or no), a plain H2 connection to it and
 * one of the driver.
 */
final class PlainDatabase implements AutoCloseable {
  static final String CHURN_OPTIONS =
      " OPTIONS (model_type = 'logistic_reg', input_label_cols = ['churned'],"
          + " data_split_method = 'no_split') AS SELECT age, income, region, churned FROM customers";

  private final String database;
  private final Connection plain;
  private final Connection driver;

  private PlainDatabase(String database) throws SQLException {
    this.database = database;
    this.plain = DriverManager.getConnection("jdbc:h2:" + database, "sa", "");
    this.driver = DriverManager.getConnection("jdbc:insitu:h2:" + database, "sa", "");
  }

  /** Makes one in memory. */
  static PlainDatabase inMemory() throws SQLException {
    PlainDatabase made = new PlainDatabase("mem:" + UUID.randomUUID());
    made.fill();
    return made;
  }

  /** Makes one in a file that is not there yet. */
  static PlainDatabase inFile(Path file) throws SQLException {
    PlainDatabase made = new PlainDatabase(file.toAbsolutePath().toString());
    made.fill();
    return made;
  }

  /** Opens one that is there. */
  static PlainDatabase open(Path file) throws SQLException {
    return new PlainDatabase(file.toAbsolutePath().toString());
  }

  private void fill() throws SQLException {
    execute(
        "CREATE TABLE customers (id INT PRIMARY KEY, age INT, income DOUBLE PRECISION,"
            + " region VARCHAR(10), churned VARCHAR(3))");
    execute(
        "INSERT INTO customers SELECT x, 18 + MOD(x * 37, 60), 1000 + MOD(x * 7919, 5000),"
            + " CASE MOD(x, 3) WHEN 0 THEN 'north' WHEN 1 THEN 'south' END,"
            + " CASE WHEN MOD(x * 37, 60) + MOD(x, 7) > 32 THEN 'yes' ELSE 'no' END"
            + " FROM SYSTEM_RANGE(1, 200)");
    driver("CREATE MODEL churn" + CHURN_OPTIONS);
    execute(PlainDatabases.INSTALL);
  }

  /** Trains another version, which answers otherwise. */
  void retrain() throws SQLException {
    driver("CREATE OR REPLACE MODEL churn" + CHURN_OPTIONS + " WHERE MOD(id, 3) > 0 OR age > 50");
  }

  String name() {
    return database;
  }

  Connection plain() {
    return plain;
  }

  Connection driver() {
    return driver;
  }

  void execute(String sql) throws SQLException {
    execute(plain, sql);
  }

  void driver(String sql) throws SQLException {
    execute(driver, sql);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<List<Object>> rows(String sql) throws SQLException {
    return ImportedDoorsTest.rows(plain, sql);
  }

  /** Returns what the driver answers, the reference. */
  List<List<Object>> expected(String sql) throws SQLException {
    return ImportedDoorsTest.rows(driver, sql);
  }

  Object one(String sql) throws SQLException {
    return rows(sql).get(0).get(0);
  }

  @Override
  public void close() throws SQLException {
    driver.close();
    plain.close();
  }
}
