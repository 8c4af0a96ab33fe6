package dev.insitu.jdbc;

import dev.insitu.jdbc.text.UserRoutines;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Texts that hold one of our words and are the database's all the same, so that a column called
 * {@code model} costs its reading once. Only texts that are the database's whatever functions it
 * has are remembered. Thread-safe.
 */
final class DatabaseTexts {
  private static final int SLOTS = 256;
  private static final int LONGEST = 8_192;

  private final AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(SLOTS);

  boolean contains(String sql) {
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
