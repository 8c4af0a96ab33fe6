package dev.insitu.function;

import dev.insitu.score.FeatureBatch;
import java.sql.SQLException;

/** An open input query, read block by block. Closing it ends the reading at once. */
public interface BatchReader extends AutoCloseable {
  /**
   * Fills a batch from row 0 and returns how many rows it now has; 0 at the end.
   *
   * @throws SQLException the database's own error, cancel and timeout included
   */
  int read(FeatureBatch batch) throws SQLException;

  @Override
  void close() throws SQLException;
}
