package dev.insitu.store;

import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows of STORED_INSTALLATIONS: which versions have installed their functions in a database.
 * Every method works on the connection that it is given; those that write want the control session.
 */
public final class StoredInstallations {
  private StoredInstallations() {}

  /** Returns the version that was installed last, or nothing where none is. */
  public static Optional<String> version(Connection connection) {
    return StoredRows.readIfThere(
            connection,
            "SELECT VERSION FROM INSITU.STORED_INSTALLATIONS ORDER BY ID DESC FETCH FIRST ROW ONLY",
            row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /** Notes that a version has installed its functions. */
  public static void note(Connection control, String version, Instant now) {
    StoredRows.write(
        control,
        "INSERT INTO INSITU.STORED_INSTALLATIONS (ID, VERSION, INSTALLED_AT) VALUES (?, ?, ?)",
        StoredRows.nextId(control),
        version,
        StoredRows.moment(now));
  }

  /** Forgets all installations. */
  public static void clear(Connection control) {
    StoredRows.write(control, "DELETE FROM INSITU.STORED_INSTALLATIONS");
  }
}
