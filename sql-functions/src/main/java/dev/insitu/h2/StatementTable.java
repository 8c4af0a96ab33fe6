package dev.insitu.h2;

import dev.insitu.model.ColumnSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that exists only in the caller's session and only for one statement of ours, in whose
 * text it stands in place of a table function. Confined to the thread of the caller's session.
 *
 * <p>Life: made by {@link H2Session}; the statement is prepared; before each execution {@link
 * #beginExecution}; when its result is closed {@link #endExecution}; at the end {@link #close}.
 */
public interface StatementTable extends AutoCloseable {
  /** Returns the name as the statement's text must write it, quoted. */
  String sqlName();

  /** Returns the columns: of the input, then of the prediction. */
  List<ColumnSpec> columns();

  /** Returns how many {@code ?} the input has. */
  int parameterCount();

  /**
   * Says that the statement is about to be executed: what was read for an earlier execution is
   * forgotten.
   *
   * @param parameters one value per {@code ?} of the input, as JDBC takes them
   * @throws java.sql.SQLException if the input cannot be compiled any more
   */
  void beginExecution(List<@Nullable Object> parameters) throws java.sql.SQLException;

  /** Says that the result of the execution is closed: what it held is let go. */
  void endExecution();

  /** Returns whether a prediction takes the rows of a table as the table keeps them. */
  default boolean takesTableRows() {
    return false;
  }

  /** Returns how often the input has been read since this table was made. */
  long scans();

  /** Ends the execution and takes the table out of the session. */
  @Override
  void close();
}
