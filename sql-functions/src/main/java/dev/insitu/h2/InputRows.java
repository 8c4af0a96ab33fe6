package dev.insitu.h2;

import dev.insitu.model.ColumnSpec;
import java.util.List;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.table.Column;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** The input query of a prediction, wherever the database runs it. */
interface InputRows {
  /** Returns the columns as the database reports them, in order. */
  List<ColumnSpec> columns();

  /** Returns a new column object of H2. */
  Column column(int i);

  int parameterCount();

  /** Recompiles what DDL has made stale; an error if the columns are no longer the same. */
  void refresh();

  /** Returns the objects of this process's database that it reads. */
  List<DbObject> dependencies();

  /** Returns the latest change of what it reads; 0 if that is not of this process. */
  long maxDataModificationId();

  boolean isDeterministic();

  long estimatedRows();

  /** Returns the session of this process in which rows become features and predictions values. */
  SessionLocal session();

  /**
   * Throws if the columns are no longer the same, for those who read something narrower instead and
   * would not notice.
   */
  default void checkColumns() {}

  /** Returns whether a reading gives the values of a column. */
  default boolean reads(int column) {
    return true;
  }

  /** Returns whether a reading takes the rows as a table keeps them, all their columns. */
  default boolean scansTable() {
    return false;
  }

  /** Returns whether it is sure that a reading gives one row at most. */
  default boolean isMostOneRow() {
    return false;
  }

  /** Starts a reading of all rows with all columns. */
  default Reading openWhole(List<Value> parameters) {
    return open(parameters);
  }

  /** Starts a reading of its own, which another reading at the same time does not disturb. */
  Reading open(List<Value> parameters);

  /** One pass over the rows. Closing it ends the reading at once. */
  interface Reading extends AutoCloseable {
    /** The place of a column that is not read. */
    int UNREAD = -1;

    /**
     * Reads the next rows. They belong to the database, must not be changed, and may have more
     * values than there are columns.
     *
     * @param rows receives them, from place {@code from} on, before place {@code to}
     * @return how many there were: all that was asked for, unless the input is at its end
     */
    int read(Value[][] rows, int from, int to);

    /** Returns for each column where its value stands in a row, or {@link #UNREAD}. */
    int[] places();

    /** Returns the pages that {@link #read} takes its rows from; null if it does not. */
    default @Nullable LeafPages pages() {
      return null;
    }

    /** Throws H2's error if the statement has been cancelled or has timed out. */
    void checkCancelled();

    @Override
    void close();
  }
}
