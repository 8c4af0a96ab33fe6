package dev.insitu.function;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * Tables with columns that keep predictions, to whoever has such a column written anew. Confined to
 * the thread of the caller's session.
 */
public interface KeptTables {
  /**
   * Waits until nobody else has uncommitted rows of the columns' tables, and keeps others from
   * writing such rows until the caller's transaction ends; who reads is not kept. All of it is
   * taken at once, so that nobody waits for one column while he has another.
   *
   * @param columns the columns that are to be written, their names by their ids
   * @param beside the ids of other kept columns of the same tables
   * @throws dev.insitu.error.MlException KEPT_COLUMN_BUSY after the session's LOCK_TIMEOUT
   * @throws SQLException the database's own error, of a deadlock or of cancelling
   */
  void lock(Map<Long, String> columns, Set<Long> beside) throws SQLException;

  /**
   * Returns how many rows of a table others have committed that the caller's transaction does not
   * see.
   *
   * @param schema the table's schema, as stored
   * @param table its name, as stored
   */
  long unseen(String schema, String table) throws SQLException;
}
