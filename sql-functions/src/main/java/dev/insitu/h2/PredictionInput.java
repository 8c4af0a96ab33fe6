package dev.insitu.h2;

import java.util.List;
import java.util.Optional;

/**
 * What a prediction reads.
 *
 * @param sql the input query as it is: it says which columns the prediction's table has
 * @param narrowed the query that reads less of it, if less is wanted
 * @param scored whether the predictions are wanted: if not, their columns are NULL and no row is
 *     scored
 * @param named whether the statement uses no column but those that it names; if the database then
 *     looks a column up that was not to be read or to be predicted, everything is
 */
public record PredictionInput(
    String sql, Optional<Narrowed> narrowed, boolean scored, boolean named) {
  /**
   * A query that reads less.
   *
   * @param sql the query: some columns of the input, some of its rows; its parameters are those of
   *     the input, then those of its own conditions
   * @param columns which columns of the input it gives; the others are NULL in the prediction's
   *     table
   * @param comparedWith for each parameter of its own conditions, the column of the input that it
   *     is compared with; with a value of another kind the whole input is read instead
   * @param allRows whether it has no conditions
   * @param nestedOnce whether every query in it is read at most once, so that all of them may be
   *     computed while its rows are asked for
   */
  public record Narrowed(
      String sql,
      List<Integer> columns,
      List<Integer> comparedWith,
      boolean allRows,
      boolean nestedOnce) {
    /** Copies the lists. */
    public Narrowed {
      columns = List.copyOf(columns);
      comparedWith = List.copyOf(comparedWith);
    }
  }

  /** Returns the input that reads and scores everything. */
  public static PredictionInput whole(String sql) {
    return new PredictionInput(sql, Optional.empty(), true, false);
  }

  /** Returns this input with or without scores, for a statement that names its columns or not. */
  public PredictionInput scored(boolean wanted, boolean byName) {
    return new PredictionInput(sql, narrowed, wanted, byName);
  }

  /** Returns this input read by a query that reads less. */
  public PredictionInput narrowed(Narrowed less) {
    return new PredictionInput(sql, Optional.of(less), scored, named);
  }
}
