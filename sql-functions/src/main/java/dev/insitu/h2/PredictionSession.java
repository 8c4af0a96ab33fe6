package dev.insitu.h2;

import dev.insitu.function.Database;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session behind a driver connection as statements with predictions need it: what stands in the
 * place of a call, and where the text around it runs.
 *
 * <p>Nothing here commits, and no setting of the caller is left changed. Confined to the thread of
 * the caller's session, but for {@link #cancel}.
 */
public interface PredictionSession extends Database, AutoCloseable {
  /**
   * Makes a table of an input query's rows with their predictions, reading and scoring no more than
   * is wanted.
   *
   * @throws SQLException the database's own error, if it refuses a query
   */
  StatementTable addPrediction(PredictionInput input, Prediction prediction) throws SQLException;

  /**
   * Makes a table of the one row of a statement that asks a prediction for averages and counts and
   * for nothing else: {@code SELECT AVG(…), COUNT(*) … FROM table}.
   *
   * @param sql the statement over {@code table}
   * @param table what {@link #addPrediction} has returned
   * @return empty if the statement's values must be computed row by row
   */
  default Optional<Averaged> addAverages(String sql, StatementTable table) throws SQLException {
    return Optional.empty();
  }

  /**
   * A statement of the same result over another table.
   *
   * @param sql the statement
   * @param table its table
   */
  record Averaged(String sql, StatementTable table) {}

  /**
   * Returns whether the database has a function of the user's (alias or aggregate) that a statement
   * would find under this name.
   *
   * @param schema the schema as the statement writes it; empty to look along the search path
   * @param name the name as the statement writes it
   */
  boolean hasRoutine(Optional<String> schema, String name);

  /**
   * Makes a table of rows that are computed when an execution first reads them.
   *
   * @param functionName the SQL function, for the table's name in plans
   * @param columns names and types
   * @param rows the rows as JDBC values, each as wide as {@code columns}; asked once per execution
   */
  StatementTable addRows(
      String functionName, List<ColumnSpec> columns, Supplier<List<List<@Nullable Object>>> rows)
      throws SQLException;

  /**
   * Makes an expression that predicts one row.
   *
   * @param prediction the model; its bindings say which argument feeds which input
   * @param output what the expression returns
   * @param argumentSql the text of each argument
   */
  ScalarExpression addScalar(Prediction prediction, OutputColumn output, List<String> argumentSql)
      throws SQLException;

  /**
   * Checks the types of what a text gives to scalar predictions as far as they can be told without
   * a row. What the database refuses in the text is left to it.
   *
   * @throws dev.insitu.error.MlException COLUMN_TYPE
   */
  default void checkArguments(String sql) throws SQLException {}

  /**
   * Returns the column name of a select item without one.
   *
   * @param written the item as the user wrote it
   * @param sql the item as the database would write it
   * @param function the function if the item is nothing but its call, else empty
   * @return empty if the database's own name says nothing of the item's text
   */
  default String expressionName(String written, String sql, String function) {
    return sql;
  }

  /**
   * Returns a query with every name in full, as the database keeps it in a view: it means the same
   * in whatever schema a reader is.
   *
   * @throws SQLException the database's own, if it refuses the query
   */
  String inFull(String query) throws SQLException;

  /**
   * Returns whether it is sure that a text with tables of this session gives one row at most, so
   * that nothing is won by streaming it. Asked while the text could be executed.
   */
  default boolean isMostOneRow(String sql) throws SQLException {
    return false;
  }

  /** Lets the next execution of a text with tables of this session stream its result. */
  ResultStream stream();

  /** Returns the two sessions of the model store behind this one. */
  StoreSession storeSession();

  /** Returns what tells the database from every other one that this process knows. */
  String identity();

  /**
   * Tells what in a text that runs elsewhere keeps it from being run there; nothing if it can be,
   * always for a session whose texts run on the caller's own connection.
   *
   * @return in words that come after the name of a function: {@code below an aggregate}
   * @throws SQLException the database's own error, if it does not understand the text
   */
  Optional<String> obstacle(String text) throws SQLException;

  /**
   * Returns the connection on which texts with tables of this session run; empty if that is the
   * caller's own.
   */
  Optional<Connection> elsewhere();

  /** Stops the reading of inputs that runs elsewhere, from any thread; harmless if none does. */
  void cancel();

  /** Returns whether the database of this process that the session belonged to has been closed. */
  boolean isDatabaseClosed();

  /** Closes what was made for statements, and the control session; not the caller's session. */
  @Override
  void close();

  /** Called when the caller's connection has been closed after {@link #close}. */
  default void released() {}
}
