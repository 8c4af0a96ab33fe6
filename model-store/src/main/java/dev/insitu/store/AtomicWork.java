package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Supplier;

/**
 * Work on the caller's session that leaves nothing when it throws: a savepoint inside his
 * transaction, never a commit. Confined to one thread.
 */
final class AtomicWork {
  private final StoreSession session;

  AtomicWork(StoreSession session) {
    this.session = session;
  }

  /**
   * Runs the work.
   *
   * @param concurrent the error where another session has the model
   */
  <T> T run(ModelName name, ErrorCode concurrent, Supplier<T> work) {
    Connection connection = session.user();
    Savepoint start = start(connection);
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } catch (MlException e) {
      throw translated(name, concurrent, e);
    } finally {
      end(connection, start, done);
    }
  }

  private static Savepoint start(Connection connection) {
    try {
      if (connection.getAutoCommit()) {
        throw MlException.of(
            ErrorCode.INTERNAL, "models are written in a transaction, but auto-commit is on");
      }
      return connection.setSavepoint();
    } catch (SQLException e) {
      throw StoreDatabase.accessError("write", e);
    }
  }

  private static void end(Connection connection, Savepoint start, boolean done) {
    try {
      if (done) {
        connection.releaseSavepoint(start);
      } else {
        connection.rollback(start);
      }
    } catch (SQLException e) {
      if (done) {
        throw StoreDatabase.accessError("write", e);
      }
      // A deadlock has rolled the whole transaction back, the savepoint with it: nothing is left.
    }
  }

  private static MlException translated(ModelName name, ErrorCode concurrent, MlException error) {
    return switch (StoreDatabase.sqlState(error)) {
      // Duplicate key, deadlock, lock timeout, concurrent update, row gone.
      case "23505", "40001", "HYT00", "90131", "90112" ->
          concurrent(concurrent, name).withCause(StoreDatabase.sqlError(error));
      default -> error;
    };
  }

  /** Returns the error where another session has, or has changed, the model. */
  static MlException concurrent(ErrorCode code, ModelName name) {
    return MlException.of(code, name)
        .withHint("Run the statement again when the other session is done.");
  }
}
