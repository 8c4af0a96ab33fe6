package dev.insitu.operation;

import dev.insitu.catalogue.FunctionCatalogue;
import dev.insitu.catalogue.FunctionEntry;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.Dependent;
import dev.insitu.store.ModelStore;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredFunction;
import dev.insitu.store.StoredFunctions;
import dev.insitu.store.StoredInstallations;
import dev.insitu.store.StoredSchedules;
import java.lang.module.ModuleDescriptor.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of plain H2 in a database: an alias of the schema {@code INSITU} for each entry of
 * the catalogue.
 *
 * <p>All of it happens on the control session, so the caller's transaction stays as it is. An alias
 * that is there is never dropped to be made again: H2 lets one go that a view uses, and the view is
 * lost.
 */
public final class Installations {
  /** The schema of our functions, as an installation script writes it. */
  private static final String SCHEMA = "INSITU";

  /** What the external names of our functions begin with. */
  private static final String OURS = "dev.insitu.plain.";

  /** H2's CREATE ALIAS IF NOT EXISTS fails if another session makes the same one meanwhile. */
  private static final Lock INSTALLING = new ReentrantLock();

  private final Database database;
  private final ModelStore store;
  private final StoreSession sessions;
  private final FunctionCatalogue catalogue;
  private final Clock clock;

  /** Makes the installations of a database. */
  public Installations(
      Database database,
      ModelStore store,
      StoreSession sessions,
      FunctionCatalogue catalogue,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.sessions = sessions;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * Makes the store if there is none, and the functions that are not there.
   *
   * @return what was done
   * @throws MlException ADMIN_REQUIRED, STORE_TOO_NEW, ARGUMENT if a newer version is installed or
   *     a function of that name is somebody else's
   * @throws SQLException the database's own error
   */
  public String install() throws SQLException {
    requireAdministrator("INSTALL");
    store.prepareForWriting();
    INSTALLING.lock();
    try {
      return installMissing();
    } finally {
      INSTALLING.unlock();
    }
  }

  private String installMissing() throws SQLException {
    refuseDowngrade();
    String schema = database.fold(SCHEMA);
    Map<String, String> known =
        routines().stream()
            .filter(routine -> routine.schema().equals(schema))
            .collect(Collectors.toMap(Routine::name, Routine::method));
    List<FunctionEntry> missing = new ArrayList<>();
    for (FunctionEntry entry : catalogue.entries()) {
      String method = known.get(name(entry));
      if (method == null) {
        missing.add(entry);
      } else if (!method.equals(entry.method())) {
        throw MlException.of(
                ErrorCode.ARGUMENT,
                "INSTALL",
                "function \"" + SCHEMA + "." + entry.name() + "\" is there already, for " + method)
            .withHint("Drop it with DROP ALIAS, or give it another name.");
      }
    }
    for (FunctionEntry entry : missing) {
      execute(
          "CREATE ALIAS IF NOT EXISTS "
              + SqlName.quoted(schema)
              + "."
              + SqlName.quoted(name(entry))
              + " FOR "
              + SqlName.quoted(entry.method()));
    }
    if (StoredInstallations.version(control()).filter(catalogue.version()::equals).isEmpty()) {
      StoredInstallations.note(control(), catalogue.version(), clock.instant());
    }
    return "Insitu "
        + catalogue.version()
        + ": "
        + catalogue.entries().size()
        + " functions, "
        + missing.size()
        + " of them new";
  }

  /**
   * Takes our functions out of the database, those of models too; models and their history stay.
   *
   * @param dependents what calls a function of ours
   * @return what was done
   * @throws MlException ADMIN_REQUIRED, IN_USE
   * @throws SQLException the database's own error
   */
  public String uninstall(List<Dependent> dependents) throws SQLException {
    requireAdministrator("UNINSTALL");
    if (!dependents.isEmpty()) {
      throw MlException.of(
              ErrorCode.IN_USE,
              dependents.stream()
                  .flatMap(this::used)
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", ")),
              dependents.stream().map(this::user).collect(Collectors.joining(", ")))
          .withHint("Drop it before, or replace it by what it holds: CALL INSITU.DETACH().");
    }
    List<Routine> ours = routines().stream().filter(Routine::isOurs).toList();
    for (Routine routine : ours) {
      execute(
          "DROP ALIAS " + SqlName.quoted(routine.schema()) + "." + SqlName.quoted(routine.name()));
    }
    for (StoredFunction function : StoredFunctions.all(control())) {
      StoredFunctions.remove(control(), function.kind(), function.number());
    }
    // Schedules stay in the store; nothing starts them until INSTALL.
    execute("DROP TRIGGER IF EXISTS INSITU.OPENED");
    StoredInstallations.clear(control());
    int schedules = StoredSchedules.all(control()).size();
    return ours.size()
        + " functions removed; models stay"
        + (schedules > 0 ? "; schedules that wait for INSTALL: " + schedules : "");
  }

  /** Returns the functions that an object calls; of a kept column the model. */
  private Stream<String> used(Dependent dependent) {
    return PredictedColumns.behind(control(), dependent)
        .map(kept -> Stream.of("model \"" + kept.model() + "\""))
        .orElseGet(() -> dependent.functions().stream());
  }

  private String user(Dependent dependent) {
    return PredictedColumns.behind(control(), dependent)
        .map(
            kept ->
                "column " + new SqlName(dependent.schema(), dependent.name()) + "." + kept.column())
        .orElseGet(dependent::toString);
  }

  /** A function of the database that Java code is behind. */
  private record Routine(String schema, String name, String method) {
    boolean isOurs() {
      return method.startsWith(OURS);
    }
  }

  private List<Routine> routines() throws SQLException {
    List<Routine> routines = new ArrayList<>();
    try (Statement statement = control().createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT DISTINCT ROUTINE_SCHEMA, ROUTINE_NAME, EXTERNAL_NAME FROM INFORMATION_SCHEMA.ROUTINES
                WHERE EXTERNAL_NAME IS NOT NULL ORDER BY 1, 2""")) {
      while (rows.next()) {
        routines.add(new Routine(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return routines;
  }

  /** A newer version's functions may not be those of this jar. */
  private void refuseDowngrade() {
    StoredInstallations.version(control())
        .filter(known -> Version.parse(known).compareTo(Version.parse(catalogue.version())) > 0)
        .ifPresent(
            known -> {
              throw MlException.of(
                      ErrorCode.ARGUMENT,
                      "INSTALL",
                      "version "
                          + known
                          + " is installed, which is newer than this one, "
                          + catalogue.version())
                  .withHint("Use the jar of version " + known + " or a later one.");
            });
  }

  private String name(FunctionEntry entry) {
    return database.fold(entry.name());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = control().createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection control() {
    return sessions.control();
  }

  private void requireAdministrator(String function) {
    if (!sessions.administrator()) {
      throw MlException.of(ErrorCode.ADMIN_REQUIRED, function, sessions.userName())
          .withHint("Ask an administrator to run it.");
    }
  }
}
