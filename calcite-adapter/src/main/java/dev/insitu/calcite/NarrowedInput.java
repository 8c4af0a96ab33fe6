package dev.insitu.calcite;

import dev.insitu.calcite.rel.Narrowing;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a prediction is to read and do.
 *
 * @param narrowing how much of its input is read
 * @param scored whether a row is scored: some prediction column is asked for
 * @param named whether the statement uses no column that it does not name, so that the database's
 *     own reading of the names can be held against this
 */
public record NarrowedInput(Narrowing narrowing, boolean scored, boolean named) {
  /** Returns what two uses of one prediction need, neither of which has conditions. */
  NarrowedInput and(NarrowedInput other) {
    SortedSet<Integer> columns = new TreeSet<>(narrowing.columns());
    columns.addAll(other.narrowing.columns());
    return new NarrowedInput(
        new Narrowing(List.copyOf(columns), List.of()),
        scored || other.scored,
        named && other.named);
  }
}
