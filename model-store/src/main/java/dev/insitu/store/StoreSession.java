package dev.insitu.store;

import java.sql.Connection;
import java.util.Optional;

/**
 * The two sessions over which a store is reached (design, hard places 4 and 11).
 *
 * <p>What belongs to the user's transaction (models, versions, artifacts) is read and written on
 * {@link #user()}, inside his transaction, and never committed by the store. Store DDL, run records
 * and progress go over {@link #control()}, an elevated session of the same database in auto-commit
 * mode. The port exists so that rights can come later without a new store: today {@link #reading()}
 * is the user's own session for an administrator and the control session for everybody else, who
 * sees what is committed.
 */
public interface StoreSession {
  /** Returns a handle on the caller's own session; closing it does not close the session. */
  Connection user();

  /**
   * Returns a handle on the elevated session that reads and writes only the schema {@code INSITU}.
   */
  Connection control();

  /** Returns the session over which models are read for this caller. */
  Connection reading();

  /** Returns whether the caller may create and drop models. */
  boolean administrator();

  /** Returns the caller's name, for messages and run records. */
  String userName();

  /** Returns the number of the caller's session in the database, for run records. */
  int sessionId();

  /**
   * Returns a token that differs every time the database is opened, so that a run whose process is
   * gone can be told from one that still runs.
   */
  String incarnation();

  /**
   * Returns something that equals what it returned before as long as nothing of models, versions
   * and artifacts has changed that the next statement of {@link #reading} sees; empty if it cannot
   * tell. Asked before a look-up, whose answer is good for as long.
   */
  default Optional<Object> state() {
    return Optional.empty();
  }

  /**
   * Returns whether the database is still being opened. It compiles its views then, and functions
   * in them tell their columns; it reads no large objects yet.
   */
  default boolean isOpening() {
    return false;
  }

  /** Makes what the control session has committed durable ({@code CHECKPOINT SYNC} in H2). */
  void sync();
}
