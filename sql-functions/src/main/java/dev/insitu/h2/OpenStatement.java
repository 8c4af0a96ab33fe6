package dev.insitu.h2;

import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.jspecify.annotations.Nullable;

/**
 * A statement of H2 that has returned a lazy result and goes on while its rows are computed.
 *
 * <p>H2 itself ends a statement before the first row of a lazy result is read: what is read later
 * is of later snapshots, table by table, and a derived table no longer knows whether the statement
 * was cancelled. So it is begun again before a row has been read, and ended when the last one has
 * been. (H2 reads nothing earlier: with OFFSET, ORDER BY or FOR UPDATE a result is not lazy.)
 * Confined to the thread that has locked the session, but for {@link #cancel}.
 */
final class OpenStatement {
  private final SessionLocal session;
  private final Command command;
  private final @Nullable ComputingTime time;
  private boolean ended;
  private boolean cancelled;

  private OpenStatement(SessionLocal session, Command command) {
    this.session = session;
    this.command = command;
    int limit = session.getQueryTimeout();
    this.time = limit == 0 ? null : new ComputingTime(limit, this::cancel);
    session.setQueryTimeout(limit); // forgets H2's own end, which the reader's pauses count for
  }

  /**
   * Begins again a statement whose execution has returned.
   *
   * @param sql its text, from which H2 tells what the snapshot has to hold
   */
  static OpenStatement resume(SessionLocal session, String sql) {
    Command command = session.prepareLocal(sql);
    session.startStatementWithinTransaction(command);
    return new OpenStatement(session, command);
  }

  /** Called before a row is computed. */
  void compute() {
    ComputingTime counted = time;
    if (counted != null) {
      counted.begin();
    }
  }

  /** Called when a row has been computed. */
  void pause() {
    ComputingTime counted = time;
    if (counted != null) {
      counted.pause();
    }
  }

  /**
   * Makes the reading fail as soon as it can, from any thread.
   *
   * @return whether there was a reading to fail
   */
  synchronized boolean cancel() {
    if (ended) {
      return false;
    }
    cancelled = true;
    session.cancel();
    return true;
  }

  /** Ends the statement; harmless when it has ended. */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (time != null) {
      time.end();
    }
    if (!session.isOpen()) {
      return;
    }
    if (cancelled) {
      // Whoever came too late to stop this statement does not stop the next one.
      session.setQueryTimeout(session.getQueryTimeout());
    }
    try {
      if (session.getCurrentCommand() == command) {
        session.endStatement();
      }
    } finally {
      command.close();
    }
  }
}
