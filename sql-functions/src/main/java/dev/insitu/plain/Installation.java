package dev.insitu.plain;

import dev.insitu.catalogue.FunctionCatalogue;
import dev.insitu.h2.Dependents;
import dev.insitu.h2.H2Session;
import dev.insitu.h2.PlainSession;
import dev.insitu.operation.Installations;
import dev.insitu.operation.OpenModels;
import dev.insitu.store.JdbiModelStore;
import dev.insitu.store.StoredSchedules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/** {@code INSTALL} and {@code UNINSTALL}. */
public final class Installation {
  private Installation() {}

  /**
   * {@code INSTALL()}: makes the functions that this version has and the database lacks, and starts
   * the schedules that are there.
   */
  public static String install(Connection connection) throws SQLException {
    return Boundary.run(
        () -> {
          String done = installations(connection, FunctionCatalogue.get()).install();
          int schedules =
              StoredSchedules.all(PlainSession.of(connection).session().storeSession().control())
                  .size();
          if (schedules > 0) {
            Objects.startSchedules(connection);
          }
          return done + (schedules > 0 ? "; schedules: " + schedules : "");
        });
  }

  /** {@code UNINSTALL()}: takes the functions away and leaves the models. */
  public static String uninstall(Connection connection) throws SQLException {
    return Boundary.run(
        () ->
            installations(connection, FunctionCatalogue.get())
                .uninstall(Dependents.of(connection)));
  }

  /** Returns the installations of a catalogue. */
  static Installations installations(Connection connection, FunctionCatalogue catalogue)
      throws SQLException {
    H2Session session = PlainSession.of(connection).session();
    return new Installations(
        session,
        JdbiModelStore.of(
            session.storeSession(), Clock.systemUTC(), OpenModels.versions(), session.identity()),
        session.storeSession(),
        catalogue,
        Clock.systemUTC());
  }
}
