package dev.insitu.schedule;

import dev.insitu.function.Database;
import dev.insitu.operation.Models;
import dev.insitu.store.StoreSession;
import java.sql.Connection;

/** A session of the scheduler's own, in auto-commit. Confined to the thread that opened it. */
public interface ScheduledSession extends AutoCloseable {
  /** Returns the session as operations on models see it. */
  Database database();

  /** Returns what can be done with models. */
  Models models();

  /** Returns the store's sessions. */
  StoreSession sessions();

  /** Returns a connection of the session. */
  Connection connection();

  /** Cancels what the session does; any thread may call this. */
  void cancel();

  @Override
  void close();
}
