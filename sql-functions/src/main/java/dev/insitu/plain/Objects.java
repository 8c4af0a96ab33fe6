package dev.insitu.plain;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.FunctionRows;
import dev.insitu.h2.PlainSession;
import dev.insitu.h2.TableFunctions;
import dev.insitu.h2.WatchedDatabase;
import dev.insitu.model.ModelText;
import dev.insitu.operation.Detachment;
import dev.insitu.operation.NamedFunctions;
import dev.insitu.operation.PredictedColumns;
import dev.insitu.schedule.Scheduler;
import dev.insitu.schedule.Schedules;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What makes and drops objects of the database that belong to models. */
public final class Objects {
  private Objects() {}

  /** {@code CREATE_FUNCTION(model, function)}: a function of what the model predicts. */
  public static String createFunction(
      Connection connection, @Nullable String model, @Nullable String function)
      throws SQLException {
    return createFunction(connection, model, function, null);
  }

  /**
   * {@code CREATE_FUNCTION(model, function, options)}: makes a function of the model's own inputs.
   *
   * @param model {@code [schema.]name[@version]}; without a version the function follows the
   *     default version
   * @param function {@code [schema.]name}
   * @param options a JSON object: {@code class}, whose probability the function returns
   * @return what was made
   */
  public static String createFunction(
      Connection connection,
      @Nullable String model,
      @Nullable String function,
      @Nullable String options)
      throws SQLException {
    return Boundary.run(
        () ->
            functions(connection)
                .create(
                    ModelText.parse(given("CREATE_FUNCTION", "model", model)),
                    given("CREATE_FUNCTION", "function", function),
                    JsonOptions.read(options)));
  }

  /** {@code DROP_FUNCTION(function)}: drops a function of a model that nothing uses. */
  public static String dropFunction(Connection connection, @Nullable String function)
      throws SQLException {
    return Boundary.run(
        () -> functions(connection).drop(given("DROP_FUNCTION", "function", function)));
  }

  /** {@code MATERIALIZE(model, table, column)}: keeps what the model predicts in a column. */
  public static String materialize(
      Connection connection,
      @Nullable String model,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return materialize(connection, model, table, column, null);
  }

  /**
   * {@code MATERIALIZE(model, table, column, options)}: keeps predictions in a column of a table,
   * which is added if it is not there. It alters the table, which commits the caller's transaction.
   *
   * @param model {@code [schema.]name[@version]}; without a version the column follows the default
   *     version
   * @param table {@code [schema.]name}
   * @param options a JSON object: {@code class}, whose probability is kept; {@code refresh}, {@code
   *     automatic} or {@code manual}
   * @return what was done
   */
  public static String materialize(
      Connection connection,
      @Nullable String model,
      @Nullable String table,
      @Nullable String column,
      @Nullable String options)
      throws SQLException {
    String function = "MATERIALIZE";
    return Boundary.run(
        () ->
            columns(connection)
                .materialize(
                    connection,
                    ModelText.parse(given(function, "model", model)),
                    given(function, "table", table),
                    given(function, "column", column),
                    JsonOptions.read(options)));
  }

  /** {@code DEMATERIALIZE(table, column)}: makes it an ordinary column with the values it has. */
  public static String dematerialize(
      Connection connection, @Nullable String table, @Nullable String column) throws SQLException {
    String function = "DEMATERIALIZE";
    return Boundary.run(
        () ->
            columns(connection)
                .dematerialize(
                    connection,
                    given(function, "table", table),
                    given(function, "column", column)));
  }

  private static PredictedColumns columns(Connection connection) throws SQLException {
    PlainSession session = PlainSession.of(connection);
    return new PredictedColumns(
        session.session(), session.models(), session.session().storeSession(), Clock.systemUTC());
  }

  /**
   * {@code SCHEDULE(model, query, options)}: trains a model again and again.
   *
   * @param query the training query
   * @param options a JSON object: {@code every}, {@code when}, and options of the training
   * @return what was done
   */
  public static String schedule(
      Connection connection,
      @Nullable String model,
      @Nullable String query,
      @Nullable String options)
      throws SQLException {
    return Boundary.run(
        () -> {
          String json = given("SCHEDULE", "options", options);
          String done =
              schedules(connection)
                  .schedule(
                      ModelText.parse(given("SCHEDULE", "model", model)),
                      given("SCHEDULE", "query", query),
                      json,
                      JsonOptions.read(json));
          startSchedules(connection);
          return done;
        });
  }

  /** {@code UNSCHEDULE(model)}: ends that; the history stays. */
  public static String unschedule(Connection connection, @Nullable String model)
      throws SQLException {
    return Boundary.run(
        () ->
            schedules(connection).unschedule(ModelText.parse(given("UNSCHEDULE", "model", model))));
  }

  /**
   * {@code DETACH()}: replaces what calls our functions by what it holds, and tells how each object
   * comes back.
   */
  public static FunctionRows detach(Connection connection) throws SQLException {
    return Boundary.run(
        () -> {
          TableFunctions call = TableFunctions.of(connection);
          PlainSession session = call.session();
          return call.action(
              "DETACH",
              () ->
                  new Detachment(
                          session.session(),
                          session.models(),
                          session.session().storeSession(),
                          connection)
                      .run());
        });
  }

  private static Schedules schedules(Connection connection) throws SQLException {
    PlainSession session = PlainSession.of(connection);
    return new Schedules(
        session.session(), session.models(), session.session().storeSession(), Clock.systemUTC());
  }

  /** From now on, and whenever the database is opened. */
  static void startSchedules(Connection connection) throws SQLException {
    Connection control = PlainSession.of(connection).session().storeSession().control();
    try (Statement statement = control.createStatement()) {
      statement.execute(
          "CREATE TRIGGER IF NOT EXISTS INSITU.OPENED AFTER DELETE ON INSITU.STORED_INSTALLATIONS"
              + " FOR EACH ROW CALL '"
              + Opening.class.getName()
              + "'");
    }
    WatchedDatabase.of(connection)
        .ifPresent(
            database -> Scheduler.ofProcess().watch(database, Duration.ZERO, JsonOptions::read));
  }

  private static NamedFunctions functions(Connection connection) throws SQLException {
    PlainSession session = PlainSession.of(connection);
    return new NamedFunctions(
        session.session(), session.models(), session.session().storeSession(), Clock.systemUTC());
  }

  private static String given(String function, String argument, @Nullable String value) {
    if (value == null) {
      throw MlException.of(ErrorCode.ARGUMENT, function, "the " + argument + " is NULL");
    }
    return value;
  }
}
