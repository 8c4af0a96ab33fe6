package dev.insitu.h2;

import java.util.ArrayList;
import java.util.Set;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.schema.Schema;
import org.h2.table.VirtualTable;
import org.jspecify.annotations.Nullable;

/**
 * What one session has of the lock of one kept column. It is a table to H2, which tells a session's
 * locked tables when its transaction has ended, looks among them for deadlocks, and shows them in
 * INFORMATION_SCHEMA.LOCKS; nobody can name or read it.
 */
final class KeptHold extends VirtualTable {
  private final KeptLocks locks;
  private final SessionLocal session;
  private final long column;

  /** Written by the session's thread, and by whoever closes the session. */
  private volatile boolean held;

  private volatile boolean exclusive;
  private long switches = -1;

  KeptHold(SessionLocal session, Schema schema, String name, long column) {
    super(schema, (int) -column, name); // H2 tells tables apart by their numbers
    this.locks = KeptLocks.of(session.getDatabase());
    this.session = session;
    this.column = column;
    setTemporary(true);
  }

  SessionLocal session() {
    return session;
  }

  long column() {
    return column;
  }

  boolean isHeld() {
    return held;
  }

  boolean isExclusive() {
    return exclusive;
  }

  /**
   * Returns how many transactions had written the whole column when this was taken last: as long as
   * it is held there are no more.
   */
  long switches() {
    return switches;
  }

  /** Takes it together with other writers; waits for a switch that is under way. */
  void share() {
    locks.share(this);
  }

  /** Is told so by {@link KeptLocks}. */
  void granted(boolean alone, long switchesBefore) {
    switches = switchesBefore;
    exclusive |= alone;
    if (!held) {
      session.registerTableAsLocked(this);
      held = true;
    }
  }

  @Override
  public void unlock(SessionLocal ending) {
    held = false;
    exclusive = false;
    locks.release(this);
  }

  @Override
  public boolean isLockedExclusively() {
    return exclusive;
  }

  @Override
  public boolean isLockedExclusivelyBy(SessionLocal asked) {
    return exclusive && asked == session;
  }

  @Override
  public @Nullable ArrayList<SessionLocal> checkDeadlock(
      SessionLocal asking, @Nullable SessionLocal clash, @Nullable Set<SessionLocal> visited) {
    return locks.checkDeadlock(column, asking, clash, visited);
  }

  @Override
  public Index getScanIndex(SessionLocal reading) {
    throw DbException.getUnsupportedException(getName());
  }

  @Override
  public long getMaxDataModificationId() {
    return 0;
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public boolean canGetRowCount(SessionLocal counting) {
    return false;
  }

  @Override
  public long getRowCount(SessionLocal counting) {
    return 0;
  }

  @Override
  public long getRowCountApproximation(SessionLocal counting) {
    return 0;
  }
}
