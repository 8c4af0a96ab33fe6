package dev.insitu.function;

import dev.insitu.model.ColumnSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

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

  /**
   * Returns the schemas in which the database looks for an unqualified table, the current one
   * first, as stored.
   */
  List<String> searchPath();

  /** Returns whether a schema of this stored name exists. */
  boolean schemaExists(String schema);

  /**
   * Runs work on the caller's session as one statement: all of it or nothing. In auto-commit it is
   * committed at the end and made durable; inside a transaction an error goes back to where it
   * began, and nothing is committed.
   */
  <T> T atomically(Callable<T> work) throws java.sql.SQLException;

  /**
   * Runs work as {@link #atomically} does, drops functions and triggers, and commits: all of it in
   * one transaction, that of the caller, or nothing. A process elsewhere is asked for all of it by
   * {@link #dropThere}; where that has no functions of ours there are none to drop.
   *
   * @param functions schema and name of each, as stored; those that are not there are skipped
   * @param triggers the same
   * @throws java.sql.SQLException the database's own error; then everything is as before
   */
  default <T> T dropping(
      Callable<T> work, List<List<String>> functions, List<List<String>> triggers)
      throws java.sql.SQLException {
    return atomically(work);
  }

  /**
   * Has the process drop a model that has the database open, if it is another one in which our
   * functions are installed.
   *
   * @param model its name as our functions read it
   * @return empty: it is to be dropped here
   */
  default Optional<Boolean> dropThere(String model, boolean cascade) throws java.sql.SQLException {
    return Optional.empty();
  }

  /**
   * Has the process drop an alias of a model, as {@link #dropThere} does.
   *
   * @param model the model's name as our functions read it
   * @param alias the alias as our functions read it
   * @return empty: it is to be dropped here
   */
  default Optional<Boolean> dropAliasThere(String model, String alias, boolean ifExists)
      throws java.sql.SQLException {
    return Optional.empty();
  }

  /**
   * Returns the objects of the database that call functions of ours, and our triggers; empty if
   * that cannot be told from here.
   */
  default Optional<List<Dependent>> dependents() {
    return Optional.empty();
  }

  /**
   * Returns the tables with columns that keep predictions; empty if they are those of another
   * process.
   */
  default Optional<KeptTables> keptTables() {
    return Optional.empty();
  }

  /** Returns name and version of the database, for the record of a training: {@code H2 2.5.252}. */
  String product();

  /**
   * Throws the database's own error if the running statement has been cancelled or has timed out.
   *
   * @throws java.sql.SQLException SQLSTATE 57014
   */
  void checkCancelled() throws java.sql.SQLException;
}
