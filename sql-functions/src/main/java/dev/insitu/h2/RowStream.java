package dev.insitu.h2;

import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/** Rows, one after the other. Confined to one thread; closing ends the reading at once. */
interface RowStream extends AutoCloseable {
  /** Returns the next row, all columns of the table, or null at the end. */
  @Nullable Row next();

  @Override
  void close();
}
