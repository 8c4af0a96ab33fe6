package dev.insitu.h2;

import org.h2.value.Value;

/** Rows of which some columns can be taken, many rows at once. */
interface ColumnStream extends RowStream {
  /**
   * Takes the next rows, without making rows of the table of them.
   *
   * @param columns the columns wanted
   * @param target receives for each row the values of these, in a new array, from place {@code
   *     from} on, before place {@code to}
   * @return how many there were, one at least; 0 if there are no more
   */
  int take(int[] columns, Value[][] target, int from, int to);
}
