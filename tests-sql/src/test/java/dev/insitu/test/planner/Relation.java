package dev.insitu.test.planner;

import java.util.List;

/**
 * Something with columns in FROM.
 *
 * @param alias what its columns are qualified with
 */
record Relation(String alias, List<Column> columns) {
  /** Copies the list. */
  Relation {
    columns = List.copyOf(columns);
  }
}
