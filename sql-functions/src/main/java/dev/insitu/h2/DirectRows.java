package dev.insitu.h2;

import org.h2.command.query.Select;
import org.h2.engine.SessionLocal;
import org.h2.result.ResultInterface;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a streamed query that asks one of our tables for columns and nothing else: what H2
 * would make of each of its rows, without H2's steps between them.
 *
 * @param columns for each column of the query the table's
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record DirectRows(ColumnStream stream, int[] columns) {
  /**
   * Returns the rows behind those that a lazy result has given so far, of which there is one at
   * least; null if its query is another.
   */
  static @Nullable DirectRows of(SessionLocal session, ResultInterface lazy) {
    String table = lazy.getTableName(0);
    return lazy.getClass().getEnclosingClass() == Select.class
            && table != null
            && session.findLocalTempTable(table) instanceof LocalTable local
        ? local.directRows()
        : null;
  }

  /** Takes the next rows into places; returns how many, 0 if there are no more. */
  int take(Value[][] target, int from, int to) {
    try {
      return stream.take(columns, target, from, to);
    } catch (RuntimeException e) {
      stream.close();
      throw H2Errors.inside(e);
    }
  }
}
