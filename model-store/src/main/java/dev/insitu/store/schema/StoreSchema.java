package dev.insitu.store.schema;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tables of the store: which format a database has, and how it gets the newest.
 *
 * <p>Statements run one by one on an elevated session in auto-commit, since DDL commits anyway; the
 * version row comes last, so that a migration that was killed is simply run again. Thread-safe.
 */
public final class StoreSchema {
  /** The first format with aliases. */
  public static final int ALIASES = 4;

  private static final int ATTEMPTS = 10;

  /** SQLSTATEs that H2 gives for a schema, table or view that is not there. */
  private static final Set<String> ABSENT = Set.of("42S02", "42S03", "42S04", "90079");

  /**
   * One migration at a time: the sessions of an embedded database share a process, and H2 fails
   * when two of them make the same view.
   */
  private static final Lock MIGRATING = new ReentrantLock();

  private final List<Migration> migrations;

  StoreSchema(List<Migration> migrations) {
    this.migrations = List.copyOf(migrations);
  }

  /** Returns the schema with all formats that this version knows. */
  public static StoreSchema current() {
    return new StoreSchema(
        List.of(
            new Migration(
                1, "models, versions, runs", SqlScript.resource("001-models-and-runs.sql")),
            new Migration(2, "attachments", SqlScript.resource("002-attachments.sql")),
            new Migration(
                3,
                "installation, functions, columns, schedules",
                SqlScript.resource("003-plain-functions.sql")),
            new Migration(ALIASES, "aliases", SqlScript.resource("004-aliases.sql"))));
  }

  /** Returns the newest format that this version reads and writes. */
  public int latest() {
    return migrations.get(migrations.size() - 1).number();
  }

  /** Returns whether an error says that the store, or a part of it, is not there. */
  public static boolean isAbsent(SQLException error) {
    return ABSENT.contains(String.valueOf(error.getSQLState()));
  }

  /** Returns the format of the store, or nothing where there is none or only half of one. */
  public OptionalInt format(Connection connection) throws SQLException {
    if (!exists(connection)) {
      return OptionalInt.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT MAX(NUMBER) FROM INSITU.STORED_MIGRATIONS")) {
      rows.next();
      int format = rows.getInt(1);
      return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(format);
    } catch (SQLException e) {
      if (isAbsent(e)) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  /** Looks before it asks: H2 writes every failed statement into a file beside the database. */
  private static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM INFORMATION_SCHEMA.SCHEMATA WHERE UPPER(SCHEMA_NAME) = 'INSITU'")) {
      return rows.next();
    }
  }

  /**
   * Refuses a format that this version does not know.
   *
   * @throws MlException STORE_TOO_NEW
   */
  public void requireReadable(int format) {
    if (format > latest()) {
      throw MlException.of(ErrorCode.STORE_TOO_NEW, format, latest())
          .withHint("Use the version of Insitu that wrote the store, or a newer one.");
    }
  }

  /**
   * Makes the store or brings it to the newest format; does nothing if it has it. Sessions that do
   * so at the same time do not harm each other.
   *
   * @return whether anything was done
   * @throws MlException STORE_TOO_NEW
   */
  public boolean migrate(Connection control, Clock clock) throws SQLException {
    int format = format(control).orElse(0);
    requireReadable(format);
    if (format == latest()) {
      return false;
    }
    MIGRATING.lock();
    try {
      applyAll(control, clock);
      return true;
    } finally {
      MIGRATING.unlock();
    }
  }

  private void applyAll(Connection control, Clock clock) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        apply(control, clock);
        return;
      } catch (SQLException e) {
        // Another session made the same object between the look and the making: look again.
        if (!tellsOfAnotherMigration(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void apply(Connection control, Clock clock) throws SQLException {
    try (Statement statement = control.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS INSITU");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS INSITU.STORED_MIGRATIONS (
            NUMBER INTEGER NOT NULL PRIMARY KEY,
            TITLE VARCHAR NOT NULL,
            APPLIED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL
          )""");
      for (Migration migration : migrations) {
        if (migration.number() > format(control).orElse(0)) {
          for (String sql : migration.script().statements()) {
            statement.execute(sql);
          }
          note(control, migration, clock);
        }
      }
    }
  }

  private static void note(Connection control, Migration migration, Clock clock)
      throws SQLException {
    try (PreparedStatement insert =
        control.prepareStatement(
            "INSERT INTO INSITU.STORED_MIGRATIONS (NUMBER, TITLE, APPLIED_AT) VALUES (?, ?, ?)")) {
      insert.setInt(1, migration.number());
      insert.setString(2, migration.title());
      insert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Class 23: the version row is there; 42S01, 90038 and others: the object is there or gone. */
  private static boolean tellsOfAnotherMigration(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return switch (state) {
      case "23505",
          "40001",
          "42S01",
          "42S11",
          "90035",
          "90037",
          "90038",
          "90045",
          "90078",
          "90131" ->
          true;
      default -> isAbsent(error);
    };
  }
}
