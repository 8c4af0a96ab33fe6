package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * Jdbi over the connections of a {@link StoreSession}: handles that neither close the connection
 * nor touch its transaction, and one place where the database's errors become ours. Confined to one
 * thread.
 */
final class StoreDatabase {
  /** H2's NOT_ENOUGH_RIGHTS_FOR. */
  static final String NOT_ENOUGH_RIGHTS = "90096";

  private final StoreSession session;
  private @Nullable Jdbi user;
  private @Nullable Jdbi control;
  private @Nullable Jdbi reading;

  StoreDatabase(StoreSession session) {
    this.session = session;
  }

  StoreSession session() {
    return session;
  }

  /** Runs work on the caller's own session. */
  <T> T onUser(String purpose, Function<Handle, T> work) {
    Jdbi known = user;
    if (known == null) {
      known = jdbi(session::user);
      user = known;
    }
    return on(known, purpose, work);
  }

  /** Runs work on the elevated session. */
  <T> T onControl(String purpose, Function<Handle, T> work) {
    Jdbi known = control;
    if (known == null) {
      known = jdbi(session::control);
      control = known;
    }
    return on(known, purpose, work);
  }

  /** Runs work on the session over which this caller reads models. */
  <T> T onReading(String purpose, Function<Handle, T> work) {
    Jdbi known = reading;
    if (known == null) {
      known = jdbi(session::reading);
      reading = known;
    }
    return on(known, purpose, work);
  }

  private static <T> T on(Jdbi jdbi, String purpose, Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      return work.apply(handle);
    } catch (JdbiException e) {
      throw accessError(purpose, sqlError(e));
    }
  }

  /** Returns the error that the store gives where the database gave one: its cause. */
  static MlException accessError(String purpose, Throwable error) {
    String text = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    MlException access = MlException.of(ErrorCode.STORE_ACCESS, purpose, text).withCause(error);
    return sqlState(error).equals(NOT_ENOUGH_RIGHTS)
        ? access.withHint(
            "Over a remote session the store is read with your own rights: have GRANT SELECT ON SCHEMA"
                + " INSITU, or open the database in this process.")
        : access;
  }

  /** Returns the SQLSTATE of the database's error below {@code error}, or an empty text. */
  static String sqlState(Throwable error) {
    Throwable sql = sqlError(error);
    return sql instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  /** Returns the database's error below another, or that other if there is none. */
  static Throwable sqlError(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        // A batch says what happened in the next exception.
        return e.getNextException() == null ? e : e.getNextException();
      }
    }
    return error;
  }

  private static Jdbi jdbi(java.util.function.Supplier<Connection> connection) {
    Jdbi jdbi =
        Jdbi.create(
            new ConnectionFactory() {
              @Override
              public Connection openConnection() {
                return connection.get();
              }

              @Override
              public void closeConnection(Connection open) {
                // It is the caller's.
              }
            });
    jdbi.setTransactionHandler(new ForeignTransactions());
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return jdbi;
  }
}
