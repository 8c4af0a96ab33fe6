package dev.insitu.jdbc;

import dev.insitu.calcite.Optimizer;
import dev.insitu.calcite.PlannerStart;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.H2Session;
import dev.insitu.h2.PredictionSession;
import dev.insitu.jdbc.text.QueryOrder;
import dev.insitu.operation.Models;
import dev.insitu.operation.OpenModels;
import dev.insitu.remote.RemoteSession;
import dev.insitu.remote.SecondConnection;
import dev.insitu.score.verify.KernelStart;
import dev.insitu.store.JdbiModelStore;
import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What statements of ours need of a connection; made by the first of them. Confined to the thread
 * of the session.
 *
 * @param underlying the caller's connection to the database
 * @param database the session, as predictions see it
 * @param models the operations
 * @param optimizer the plans of its statements
 */
record ModelSession(
    Connection underlying, PredictionSession database, Models models, Optimizer optimizer) {
  /** What skips an expression of which it does not find the function, and opens. */
  private static final String KEEPS_OPEN = "H2 2.5.252";

  /**
   * Opens the models of the database behind a connection.
   *
   * @param second opens another connection to the same database
   * @param optimizer the connection's
   * @param scored counts the rows that are scored
   * @param statement what needs it, for messages
   * @throws MlException REMOTE_SESSION, DATABASE_VERSION
   */
  static ModelSession open(
      Connection underlying,
      SecondConnection second,
      Optimizer optimizer,
      LongAdder scored,
      String statement)
      throws SQLException {
    KernelStart.begin();
    PlannerStart.begin();
    Optional<H2Session> local = H2Session.of(underlying);
    Optional<? extends PredictionSession> found =
        local.isPresent() ? local : RemoteSession.of(underlying, second, QueryOrder::isStated);
    PredictionSession database =
        found.orElseThrow(
            () -> MlException.of(ErrorCode.REMOTE_SESSION, statement, url(underlying)));
    StoreSession sessions = database.storeSession();
    String identity = database.identity();
    return new ModelSession(
        underlying,
        database,
        new Models(
            database,
            JdbiModelStore.of(
                sessions, Clock.systemUTC(), OpenModels.versions(), versionsOf(database)),
            sessions,
            new CountedScorers(OpenModels.scorersOf(identity), scored)),
        optimizer);
  }

  /** Returns whether the caller's database is in another process. */
  boolean isRemote() {
    return database.elsewhere().isPresent();
  }

  /**
   * Returns the error that a function of ours cannot do something over a remote session.
   *
   * @param where the function and the place: {@code PREDICT in a join}
   */
  MlException refused(String where) {
    return MlException.of(ErrorCode.REMOTE_SESSION, where, database.identity())
        .withHint(
            "Over a remote session PREDICT and ML functions stand alone in FROM, below nothing but"
                + " columns, filters, ORDER BY and LIMIT. CALL INSITU.INSTALL(), with Insitu on the"
                + " server's class path, makes every other place possible.");
  }

  /** Returns whether Insitu's functions are in the database. */
  boolean isInstalled() {
    return database.hasRoutine(Optional.of("INSITU"), "PREDICT");
  }

  /**
   * Checks that the database can keep the text of a prediction.
   *
   * @param verb what keeps it: {@code CREATE VIEW}
   * @param values whether it keeps an expression whose values it stores
   * @throws MlException STORED_EXPRESSION, OUTLIVES_SESSION
   */
  void requireKeepable(String verb, boolean values) {
    if (verb.endsWith(" DOMAIN")) {
      throw MlException.of(
              ErrorCode.STORED_EXPRESSION, verb, "H2 evaluates it before the domain is there")
          .withHint("Put the expression into the column of a table.");
    }
    if (!isInstalled()) {
      throw MlException.of(ErrorCode.OUTLIVES_SESSION, verb)
          .withHint(
              "CALL INSITU.INSTALL(), or keep the rows: CREATE TABLE … AS SELECT … FROM PREDICT(…).");
    }
    boolean keepsShut = values || verb.endsWith("MATERIALIZED VIEW");
    if (keepsShut && !database.product().equals(KEEPS_OPEN)) {
      throw MlException.of(
              ErrorCode.STORED_EXPRESSION,
              verb,
              database.product() + " would not open the database any more without Insitu")
          .withHint(
              KEEPS_OPEN + " does. Or CALL INSITU.MATERIALIZE(…), which keeps it by a trigger.");
    }
  }

  /** Brings Insitu's functions into the database, and returns what was done. */
  String install() throws SQLException {
    try (Statement statement = underlying.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS INSITU");
      statement.execute(
          "CREATE ALIAS IF NOT EXISTS INSITU.INSTALL FOR 'dev.insitu.plain.Installation.install'");
      try (ResultSet answer = statement.executeQuery("CALL INSITU.INSTALL()")) {
        answer.next();
        return answer.getString(1);
      }
    }
  }

  private static String url(Connection connection) {
    try {
      return connection.getMetaData().getURL();
    } catch (SQLException e) {
      return "the database";
    }
  }

  /** Closes what is ours of a connection, then the connection. */
  void close(Connection underlying) throws SQLException {
    String identity = database.identity();
    try {
      database.close();
    } finally {
      underlying.close();
      database.released();
    }
    if (database.isDatabaseClosed()) {
      OpenModels.forget(identity);
    }
  }

  /** Over a wire a user reads the store with his own rights, so what he has read is his. */
  private static String versionsOf(PredictionSession database) {
    return database.elsewhere().isPresent()
        ? database.storeSession().userName() + " " + database.identity()
        : database.identity();
  }
}
