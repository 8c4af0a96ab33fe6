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
 * The databases of a script that runs without our driver, fresh for each script:
 *
 * <ul>
 *   <li>{@code bare}: the table PENGUINS, nothing of ours;
 *   <li>{@code plain}: the same, and our functions;
 *   <li>{@code plainreader}: {@code plain} for a user who may read PENGUINS and nothing else, and
 *       not the table PRIVATE.
 * </ul>
 */
final class PlainDatabases implements Quidem.ConnectionFactory, AutoCloseable {
  static final String INSTALL = "RUNSCRIPT FROM 'classpath:dev/insitu/h2/install.sql'";

  private final Door door;
  private final String name;
  private final List<Connection> connections = new ArrayList<>();
  private final List<String> made = new ArrayList<>();

  PlainDatabases(Door door, String script) {
    this.door = door;
    this.name = script.replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT);
  }

  /** How a client comes to a database. */
  interface Door {
    /** Returns the URL with which H2's own driver makes a database. */
    String maker(String database);

    /** Opens a connection as a client. */
    Connection connect(String database, String user, String password) throws SQLException;
  }

  @Override
  public Connection connect(String database, boolean reference) throws SQLException {
    boolean bare = database.equals("bare");
    String file = name + (bare ? "_bare" : "");
    if (!made.contains(file)) {
      make(file, !bare);
      made.add(file);
    }
    boolean reader = database.equals("plainreader");
    return reader ? door.connect(file, "READER", "p") : door.connect(file, "SA", "sa");
  }

  private void make(String file, boolean installed) throws SQLException {
    Connection connection = DriverManager.getConnection(door.maker(file), "SA", "sa");
    connections.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(ScriptDatabases.LOAD);
      statement.execute("CREATE TABLE private (secret INTEGER)");
      statement.execute("CREATE USER READER PASSWORD 'p'");
      statement.execute("GRANT SELECT ON penguins TO READER");
      if (installed) {
        statement.execute(INSTALL);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN IMMEDIATELY");
      }
    }
  }
}
