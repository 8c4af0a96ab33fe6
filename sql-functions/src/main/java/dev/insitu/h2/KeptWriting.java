package dev.insitu.h2;

import dev.insitu.function.KeptTables;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.command.Command;
import org.h2.engine.IsolationLevel;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.result.SearchRow;
import org.h2.schema.Schema;
import org.h2.table.Table;
import org.h2.value.VersionedValue;

/**
 * What a session that switches a version does with the tables that keep its scores. Confined to the
 * session's thread.
 *
 * @param session the one whose transaction switches
 */
record KeptWriting(SessionLocal session) implements KeptTables {
  @Override
  public void lock(Map<Long, String> columns, Set<Long> beside) throws SQLException {
    session.lock();
    try {
      KeptLocks.of(session.getDatabase())
          .lock(session, holds(columns.keySet()), holds(beside), columns);
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  private List<KeptHold> holds(Collection<Long> columns) {
    PlainSession own = PlainSessions.of(session);
    return columns.stream().sorted().map(own::hold).toList();
  }

  @Override
  public long unseen(String schemaName, String tableName) throws SQLException {
    session.lock();
    try {
      Schema schema = session.getDatabase().findSchema(schemaName);
      Table table = schema == null ? null : schema.findTableOrView(session, tableName);
      return table instanceof MVTable stored
              && !readsWhatIsThere(stored)
              && stored.getScanIndex(session) instanceof MVPrimaryIndex rows
          ? unseen(rows.getMVMap())
          : 0;
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  /** A table that the statement around reads is seen as it was when that statement began. */
  private boolean readsWhatIsThere(MVTable table) {
    IsolationLevel isolation = session.getIsolationLevel();
    Command around = session.getCurrentCommand();
    return (isolation == IsolationLevel.READ_COMMITTED
            || isolation == IsolationLevel.READ_UNCOMMITTED)
        && (around == null || !around.getDependencies().contains(table));
  }

  private long unseen(MVMap<Long, VersionedValue<SearchRow>> rows) {
    TransactionMap<Long, SearchRow> seen = session.getTransaction().openMapX(rows);
    long unseen = 0;
    for (Iterator<Long> keys = rows.keyIterator(null); keys.hasNext(); ) {
      Long key = keys.next();
      // A row that was deleted here is not seen either, but is nobody else's.
      if (!seen.isSameTransaction(key) && seen.getFromSnapshot(key) == null) {
        unseen++;
      }
    }
    return unseen;
  }
}
