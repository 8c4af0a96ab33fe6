package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
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
  private final NestedReading nested;
  private @Nullable StreamedRows rows;
  private volatile @Nullable OpenStatement statement;

  ResultStream(SessionLocal session, NestedReading nested) {
    this.session = session;
    this.version = HeldVersion.of(session);
    this.lazily = Lazily.on(session);
    this.nested = nested;
  }

  /**
   * Takes the result of the execution.
   *
   * @param result the result, null if the execution failed or returned none
   * @param sql the text that was executed
   * @param nestedOnce whether every query in it is read at most once
   * @param whenRead run once, when nothing is to be read from the database any more
   * @return the result to hand out
   */
  public @Nullable ResultSet executed(
      @Nullable ResultSet result, String sql, boolean nestedOnce, Runnable whenRead)
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
    StreamedRows streamed =
        new StreamedRows(session, lazy, resumed(lazy, sql, end), nestedOnce ? nested : null, end);
    rows = streamed;
    ResultSet handed = streamed.asResultSet();
    streamed.readAhead(READ_AHEAD);
    return handed;
  }

  private OpenStatement resumed(JdbcResultSet lazy, String sql, Runnable end) throws SQLException {
    String text = lazy.getStatement().getConnection().nativeSQL(sql);
    session.lock();
    try {
      OpenStatement resumed = OpenStatement.resume(session, text);
      statement = resumed;
      return resumed;
    } catch (DbException e) {
      end.run();
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  /**
   * Makes the reading of the result fail as soon as it can, from any thread.
   *
   * @return whether a result is being read
   */
  public boolean cancel() {
    OpenStatement open = statement;
    return open != null && open.cancel();
  }

  /**
   * Copies what is left; a large rest goes to a temporary file.
   *
   * @param stopped asked again and again; if so, the result stays open as it is
   * @return whether all has been copied
   */
  public boolean settle(BooleanSupplier stopped) {
    StreamedRows open = rows;
    return open == null || open.readAll(stopped);
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
