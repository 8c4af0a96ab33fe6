package dev.insitu.jdbc;

import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that exists in the session for the sake of one statement: the virtual table in the
 * place of {@code PREDICT(…)}, the function in the place of {@code PREDICTION(…)}.
 */
interface StatementPart {
  /**
   * Makes ready for one execution.
   *
   * @param parameters the values of all parameters of the caller's statement
   */
  void begin(List<@Nullable Object> parameters, Progress progress) throws SQLException;

  /** Lets go of what the execution held; harmless when none was begun. */
  void end();

  /** Takes the thing out of the session. */
  void close();
}
