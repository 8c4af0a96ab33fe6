package dev.insitu.function;

import dev.insitu.model.ColumnSpec;
import java.util.Collection;
import java.util.List;

/**
 * The caller's database as the operations on models see it. Confined to the thread of the caller's
 * session.
 */
public interface Database {
  /**
   * Prepares a query on the caller's session, with the caller's rights, and reports its columns.
   * Nothing is read.
   *
   * @throws java.sql.SQLException the database's own error, if it refuses the query
   */
  InputQuery prepare(String sql) throws java.sql.SQLException;

  /**
   * Returns values of a column, each given as text, in ascending SQL order of the column's type.
   */
  List<String> inOrder(ColumnSpec column, Collection<String> values);

  /** Folds an unquoted identifier as the database does; strips the quotes of a quoted one. */
  String fold(String identifier);

  /** Returns the caller's current schema, as stored. */
  String currentSchema();

  /** Returns whether a schema of this stored name exists. */
  boolean schemaExists(String schema);

  /** Returns name and version of the database, for the record of a training: {@code H2 2.5.252}. */
  String product();

  /**
   * Throws the database's own error if the running statement has been cancelled or has timed out.
   *
   * @throws java.sql.SQLException SQLSTATE 57014
   */
  void checkCancelled() throws java.sql.SQLException;
}
