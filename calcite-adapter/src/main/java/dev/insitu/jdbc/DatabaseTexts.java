package dev.insitu.jdbc;

import dev.insitu.jdbc.text.OwnStatements;
import dev.insitu.jdbc.text.UserRoutines;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Texts that have been looked at and are the database's, so that a long one costs its reading once.
 * Only texts that are the database's whatever functions it has are remembered; short ones without
 * our words are not, since they are told as fast as they are found. Thread-safe.
 */
final class DatabaseTexts {
  private static final int SLOTS = 256;
  private static final int LONG = 128;
  private static final int LONGEST = 8_192;

  private final AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(SLOTS);

  /** Returns whether a text is the database's, by its characters or because it was added. */
  boolean knows(String sql) {
    boolean isLong = sql.length() >= LONG;
    if (isLong && contains(sql)) {
      return true;
    }
    if (OwnStatements.mayBe(sql)) {
      return !isLong && contains(sql);
    }
    if (isLong) {
      add(sql);
    }
    return true;
  }

  private boolean contains(String sql) {
    return sql.equals(texts.get(slot(sql)));
  }

  void add(String sql) {
    if (sql.length() <= LONGEST) {
      texts.set(slot(sql), sql);
    }
  }

  private static int slot(String sql) {
    int hash = sql.hashCode();
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }

  /** The functions of the database, and whether anything was asked about them. */
  static final class Asked implements UserRoutines {
    private final UserRoutines routines;
    private boolean asked;

    Asked(UserRoutines routines) {
      this.routines = routines;
    }

    @Override
    public boolean exists(String schema, String name) {
      asked = true;
      return routines.exists(schema, name);
    }

    boolean nothing() {
      return !asked;
    }
  }
}
