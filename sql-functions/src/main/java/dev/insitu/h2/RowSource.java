package dev.insitu.h2;

import java.util.List;
import org.h2.table.Column;
import org.h2.value.Value;

/** Where the rows of a {@link LocalTable} come from. */
interface RowSource {
  /** Returns new column objects of H2, in order. */
  Column[] columns();

  /** Says that the database has looked a column up by its name, for a statement that uses it. */
  default void lookedUp(int column) {}

  /** Returns how many {@code ?} it has. */
  int parameterCount();

  /** Recompiles what DDL has made stale; an error if the columns are no longer the same. */
  void refresh();

  /** Returns the tables and other objects that a statement reads through it. */
  List<org.h2.engine.DbObject> dependencies();

  /** Returns the latest change of what it reads, or Long.MAX_VALUE if that is unknown. */
  long maxDataModificationId();

  /** Returns whether reading twice within a statement gives the same rows. */
  boolean isDeterministic();

  /** Returns about how many rows there are. */
  long estimatedRows();

  /** Returns whether it is sure that there is one row at most. */
  default boolean isMostOneRow() {
    return false;
  }

  /** Starts reading. */
  RowStream open(List<Value> parameters);
}
