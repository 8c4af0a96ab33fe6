package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.h2.command.Prepared;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a database's kept columns: many transactions write rows of a table at once, or one
 * writes the whole column since it switches the version that scores it. So no row with a score of
 * the former version is committed after the switch. H2's own lock of the table would keep readers
 * out as well.
 *
 * <p>A transaction has what it has taken until it ends, as it has H2's locks. A switch takes all of
 * its columns at once; while it waits, transactions wait that have none of them yet, and those that
 * have one go on to their end. Thread-safe.
 */
final class KeptLocks {
  private static final Map<Database, KeptLocks> OF = new WeakHashMap<>();

  private final Map<Long, Column> columns = new ConcurrentHashMap<>();
  private final Deque<Request> waiting = new ArrayDeque<>();

  private KeptLocks() {}

  static KeptLocks of(Database database) {
    synchronized (OF) {
      return OF.computeIfAbsent(database, key -> new KeptLocks());
    }
  }

  /** Who has a column. Sessions are held weakly: they hold the database, whose locks these are. */
  private static final class Column {
    /** Each with whether it has the column alone. Its own monitor is the last that is taken. */
    private final Map<SessionLocal, Boolean> holders =
        Collections.synchronizedMap(new WeakHashMap<>());

    private long switches;

    List<SessionLocal> others(SessionLocal session) {
      synchronized (holders) {
        return holders.keySet().stream().filter(holder -> holder != session).toList();
      }
    }

    Optional<SessionLocal> owner() {
      synchronized (holders) {
        return holders.entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(Map.Entry::getKey)
            .findFirst();
      }
    }

    boolean isHeldBy(SessionLocal session) {
      return holders.containsKey(session);
    }
  }

  /** A switch that waits, or takes what it wants. */
  private record Request(
      SessionLocal session, Collection<KeptHold> exclusive, Collection<KeptHold> shared) {
    boolean wants(long column) {
      return exclusive.stream().anyMatch(hold -> hold.column() == column);
    }

    Set<Long> all() {
      Set<Long> all = new HashSet<>();
      exclusive.forEach(hold -> all.add(hold.column()));
      shared.forEach(hold -> all.add(hold.column()));
      return all;
    }
  }

  /**
   * Takes a column together with others.
   *
   * @throws DbException LOCK_TIMEOUT_1, DEADLOCK_1, STATEMENT_WAS_CANCELED
   */
  synchronized void share(KeptHold hold) {
    SessionLocal session = hold.session();
    Wait wait = new Wait(session);
    while (true) {
      if (switching(hold).isEmpty()) {
        break;
      }
      Stop stop = wait.once(hold);
      if (stop != Stop.NONE) {
        throw error(stop, hold);
      }
    }
    grant(hold, false);
  }

  /** Returns who writes the whole column, or waits for that and came before. */
  private Optional<SessionLocal> switching(KeptHold hold) {
    SessionLocal session = hold.session();
    Optional<SessionLocal> owner = column(hold.column()).owner().filter(other -> other != session);
    return owner.isPresent()
        ? owner
        : waiting.stream()
            .filter(request -> request.wants(hold.column()) && !goesFirst(session, request))
            .map(Request::session)
            .findFirst();
  }

  /** Who has something that a switch waits for does not wait for that switch. */
  private boolean goesFirst(SessionLocal session, Request request) {
    return request.session() == session
        || request.all().stream().anyMatch(id -> column(id).isHeldBy(session));
  }

  /**
   * Takes columns alone, and others together with those who write them.
   *
   * @param exclusive what the transaction is going to write
   * @param shared other kept columns of the same tables
   * @param names the columns that are to be written
   * @throws MlException KEPT_COLUMN_BUSY
   * @throws DbException STATEMENT_WAS_CANCELED
   */
  synchronized void lock(
      SessionLocal session,
      Collection<KeptHold> exclusive,
      Collection<KeptHold> shared,
      Map<Long, String> names) {
    Request request = new Request(session, exclusive, shared);
    waiting.addLast(request);
    try {
      Wait wait = new Wait(session);
      while (true) {
        Optional<KeptHold> missing = missing(request);
        if (missing.isEmpty()) {
          break;
        }
        Stop stop = wait.once(missing.get());
        if (stop != Stop.NONE) {
          throw busy(stop, missing.get(), names);
        }
      }
      exclusive.forEach(hold -> grant(hold, true));
      shared.forEach(hold -> grant(hold, false));
    } finally {
      waiting.remove(request);
      notifyAll();
    }
  }

  /** Returns a column that cannot be had yet. */
  private Optional<KeptHold> missing(Request request) {
    SessionLocal session = request.session();
    for (KeptHold hold : request.exclusive()) {
      if (!column(hold.column()).others(session).isEmpty()) {
        return Optional.of(hold);
      }
    }
    for (KeptHold hold : request.shared()) {
      if (column(hold.column()).owner().filter(owner -> owner != session).isPresent()) {
        return Optional.of(hold);
      }
    }
    Set<Long> all = request.all();
    for (Request before : waiting) {
      if (before == request) {
        return Optional.empty();
      } else if (!Collections.disjoint(before.all(), all) && !goesFirst(session, before)) {
        return request.exclusive().stream().findFirst();
      }
    }
    return Optional.empty();
  }

  private static DbException error(Stop stop, KeptHold hold) {
    return DbException.get(
        stop == Stop.DEADLOCK
            ? org.h2.api.ErrorCode.DEADLOCK_1
            : org.h2.api.ErrorCode.LOCK_TIMEOUT_1,
        hold.getName());
  }

  private MlException busy(Stop stop, KeptHold hold, Map<Long, String> names) {
    List<SessionLocal> others = column(hold.column()).others(hold.session());
    String who =
        others.stream()
            .map(other -> Integer.toString(other.getId()))
            .sorted()
            .collect(Collectors.joining(", ", others.size() == 1 ? "session " : "sessions ", ""));
    return MlException.of(
            ErrorCode.KEPT_COLUMN_BUSY,
            names.getOrDefault(hold.column(), hold.getName()),
            others.isEmpty() ? "another session" : who)
        .withHint(
            stop == Stop.DEADLOCK
                ? "It waits for this session in turn; commit before the version is switched."
                : "Have it committed first, or wait longer than "
                    + hold.session().getLockTimeout()
                    + " ms: SET LOCK_TIMEOUT 60000.")
        .withCause(error(stop, hold).getSQLException());
  }

  private void grant(KeptHold hold, boolean alone) {
    Column column = column(hold.column());
    column.holders.merge(hold.session(), alone, Boolean::logicalOr);
    hold.granted(alone, column.switches);
  }

  /** Lets go of what a transaction had that has ended. */
  synchronized void release(KeptHold hold) {
    Column column = column(hold.column());
    Boolean alone = column.holders.remove(hold.session());
    if (Boolean.TRUE.equals(alone)) {
      column.switches++;
    }
    notifyAll();
  }

  private Column column(long id) {
    return columns.computeIfAbsent(id, key -> new Column());
  }

  /** Why a session waits no more. */
  private enum Stop {
    /** It goes on. */
    NONE,
    /** Its LOCK_TIMEOUT is over. */
    LATE,
    /** Whom it waits for waits for it. */
    DEADLOCK
  }

  /** A session that waits as long as its LOCK_TIMEOUT says. */
  private final class Wait {
    private final SessionLocal session;
    private final long begin = System.nanoTime();
    private @Nullable Prepared probe;

    Wait(SessionLocal session) {
      this.session = session;
    }

    /** Waits a little; afterwards all may be otherwise. */
    Stop once(KeptHold hold) {
      long left =
          session.getLockTimeout() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      if (left <= 0) {
        return Stop.LATE;
      }
      session.setWaitForLock(hold, Thread.currentThread());
      try {
        if (hold.checkDeadlock(session, null, null) != null) {
          return Stop.DEADLOCK;
        }
        KeptLocks.this.wait(Math.min(left, Constants.DEADLOCK_CHECK));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw DbException.get(org.h2.api.ErrorCode.STATEMENT_WAS_CANCELED);
      } finally {
        session.setWaitForLock(null, null);
      }
      checkCancelled();
      return Stop.NONE;
    }

    /** H2 tells those alone who have the command that it was cancelled: a statement of its own. */
    private void checkCancelled() {
      Prepared known = probe;
      if (known == null) {
        known = session.prepare("VALUES 1");
        probe = known;
      }
      known.checkCanceled();
    }
  }

  /**
   * Looks for a cycle of waiting sessions as {@link MVTable#checkDeadlock} does, and under the same
   * monitor, since a cycle may go through tables of both kinds.
   *
   * @return the sessions of the cycle, for H2's message; null if there is none
   */
  @Nullable ArrayList<SessionLocal> checkDeadlock(
      long id,
      SessionLocal asking,
      @Nullable SessionLocal clash,
      @Nullable Set<SessionLocal> visited) {
    synchronized (MVTable.class) {
      Set<SessionLocal> seen = visited == null ? new HashSet<>() : visited;
      if (clash == asking) {
        return new ArrayList<>(0);
      } else if (clash != null && seen.contains(asking)) {
        return null;
      }
      seen.add(asking);
      for (SessionLocal holder : column(id).others(asking)) {
        Table awaited = holder.getWaitForLock();
        ArrayList<SessionLocal> cycle =
            awaited == null
                ? null
                : awaited.checkDeadlock(holder, clash == null ? asking : clash, seen);
        if (cycle != null) {
          cycle.add(asking);
          return cycle;
        }
      }
      return null;
    }
  }
}
