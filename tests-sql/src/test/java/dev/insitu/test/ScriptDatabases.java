package dev.insitu.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.hydromatic.quidem.Quidem;

/**
 * The databases that a script may {@code !use}, fresh for each script and gone after it.
 *
 * <ul>
 *   <li>{@code empty}: nothing but H2;
 *   <li>{@code penguins}: the table PENGUINS of Palmer's penguins;
 *   <li>{@code lower}, {@code exact}: as {@code penguins}, with DATABASE_TO_LOWER=TRUE and
 *       DATABASE_TO_UPPER=FALSE;
 *   <li>{@code reader}: {@code penguins} for a user who may read that table and nothing else;
 *   <li>{@code h2}: plain H2 on the same database as {@code penguins}, without our driver: the
 *       reference of {@code !verify}.
 * </ul>
 */
final class ScriptDatabases implements Quidem.ConnectionFactory, AutoCloseable {
  static final String LOAD =
      """
      CREATE TABLE IF NOT EXISTS penguins AS
      SELECT ROW_NUMBER() OVER () AS id,
        CAST(species AS VARCHAR(20)) AS species, CAST(island AS VARCHAR(20)) AS island,
        CAST(bill_length_mm AS DOUBLE PRECISION) AS bill_length_mm,
        CAST(bill_depth_mm AS DOUBLE PRECISION) AS bill_depth_mm,
        CAST(flipper_length_mm AS INTEGER) AS flipper_length_mm,
        CAST(body_mass_g AS INTEGER) AS body_mass_g,
        CAST(sex AS VARCHAR(10)) AS sex, CAST(observed AS INTEGER) AS observed
      FROM (SELECT "SPECIES" AS species, "ISLAND" AS island, "BILL_LENGTH_MM" AS bill_length_mm,
        "BILL_DEPTH_MM" AS bill_depth_mm, "FLIPPER_LENGTH_MM" AS flipper_length_mm,
        "BODY_MASS_G" AS body_mass_g, "SEX" AS sex, "YEAR" AS observed
        FROM CSVREAD('zip:tests-sql/data/penguins.zip!/penguins.csv'))
      """;

  private final String name;
  private final List<Connection> connections = new ArrayList<>();

  ScriptDatabases(String script) {
    this.name = script.replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT);
  }

  @Override
  public Connection connect(String database, boolean reference) throws SQLException {
    return switch (database) {
      case "empty" -> open("jdbc:insitu:h2:mem:" + name + "_empty", false);
      case "penguins" -> open("jdbc:insitu:h2:mem:" + name, true);
      case "lower" -> open("jdbc:insitu:h2:mem:" + name + "_l;DATABASE_TO_LOWER=TRUE", true);
      case "exact" -> open("jdbc:insitu:h2:mem:" + name + "_e;DATABASE_TO_UPPER=FALSE", true);
      case "reader" -> openAs(connect("penguins", false), "READER");
      case "h2" -> open("jdbc:h2:mem:" + name, false);
      default -> throw new IllegalArgumentException("no database called " + database);
    };
  }

  private Connection open(String url, boolean load) throws SQLException {
    // One connection keeps the database alive while the script changes from one to another.
    Connection connection = DriverManager.getConnection(url + ";DB_CLOSE_DELAY=-1", "sa", "");
    connections.add(connection);
    if (load) {
      load(connection);
    }
    return DriverManager.getConnection(url + ";DB_CLOSE_DELAY=-1", "sa", "");
  }

  private Connection openAs(Connection administrator, String user) throws SQLException {
    try (administrator;
        Statement statement = administrator.createStatement()) {
      statement.execute("CREATE USER IF NOT EXISTS " + user + " PASSWORD 'p'");
      statement.execute("GRANT SELECT ON penguins TO " + user);
    }
    return DriverManager.getConnection("jdbc:insitu:h2:mem:" + name, user, "p");
  }

  private static void load(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOAD);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN");
      } catch (SQLException e) {
        if (e.getErrorCode() != 90121
            && e.getErrorCode() != 90007) { // closed already by another connection's SHUTDOWN
          throw e;
        }
      }
    }
  }
}
