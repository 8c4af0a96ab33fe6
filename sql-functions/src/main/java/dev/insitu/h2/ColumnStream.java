package dev.insitu.h2;

import java.util.function.Consumer;
import org.h2.value.Value;

/** Rows of which some columns can be taken, many rows at once. */
interface ColumnStream extends RowStream {
  /**
   * Takes the next rows, at most so many, without making rows of the table of them.
   *
   * @param columns the columns wanted
   * @param target receives for each row the values of these, in a new array
   * @return how many there were: all that was asked for, unless there are no more
   */
  int take(int[] columns, int rows, Consumer<Value[]> target);
}
