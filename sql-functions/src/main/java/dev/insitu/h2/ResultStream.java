package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcResultSet;
import org.jspecify.annotations.Nullable;

/**
 * A query whose rows are computed while they are read.
 *
 * <p>Life: made by {@link H2Session#stream} before the execution; {@link #executed} takes the
 * result; {@link #settle} before anything else runs on the session, so that what it changes cannot
 * change the result; {@link #close} at the end. Small results are read at once. While it is open, a
 * version of the database is held.
 */
public final class ResultStream implements AutoCloseable {
  /** So many rows are read before the caller gets the first; a result of fewer is settled. */
  static final int READ_AHEAD = 1000;

  private final SessionLocal session;
  private final HeldVersion version;
  private final Lazily lazily;
  private @Nullable StreamedRows rows;

  ResultStream(SessionLocal session) {
    this.session = session;
    this.version = HeldVersion.of(session);
    this.lazily = Lazily.on(session);
  }

  /**
   * Takes the result of the execution.
   *
   * @param result the result, null if the execution failed or returned none
   * @param whenRead run once, when nothing is to be read from the database any more
   * @return the result to hand out
   */
  public @Nullable ResultSet executed(@Nullable ResultSet result, Runnable whenRead)
      throws SQLException {
    lazily.close();
    Runnable end =
        () -> {
          version.close();
          whenRead.run();
        };
    if (result == null) {
      end.run();
      return null;
    }
    JdbcResultSet lazy = result.unwrap(JdbcResultSet.class);
    if (!lazy.getResult().isLazy()) {
      end.run();
      return result;
    }
    StreamedRows streamed = new StreamedRows(session, lazy, end);
    rows = streamed;
    ResultSet handed = streamed.asResultSet();
    streamed.readAhead(READ_AHEAD);
    return handed;
  }

  /** Reads what is left into memory. */
  public void settle() throws SQLException {
    StreamedRows open = rows;
    if (open != null) {
      open.readAll();
    }
  }

  /** Ends the reading; the result can be read no further. Harmless when it has ended. */
  @Override
  public void close() {
    StreamedRows open = rows;
    rows = null;
    if (open != null) {
      open.close();
    }
  }
}
