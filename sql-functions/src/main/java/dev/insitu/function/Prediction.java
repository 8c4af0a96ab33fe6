package dev.insitu.function;

import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A prediction bound to its input: which column feeds which input of the model, and which columns
 * come out.
 *
 * @param version the model
 * @param bindings for each input of the signature, in order, the position of the column (or
 *     argument) that feeds it, or {@link #ABSENT}
 * @param outputs the columns that come after the input's own
 * @param threshold of a binary classifier, from which probability on the last class is predicted;
 *     empty: the more probable class, the first of equals
 * @param scorer opens or finds the scorer, on the first batch
 */
public record Prediction(
    ModelVersion version,
    List<Integer> bindings,
    List<OutputColumn> outputs,
    OptionalDouble threshold,
    Supplier<Scorer> scorer) {
  /** The binding of an input that the data lacks and that is taken as NULL. */
  public static final int ABSENT = -1;

  /** Copies the lists. */
  public Prediction {
    bindings = List.copyOf(bindings);
    outputs = List.copyOf(outputs);
  }

  /** Returns the index of the class that is predicted for a row. */
  public int predictedClass(PredictionBatch scores, int row) {
    if (threshold.isPresent()) {
      return scores.score(row, 1) >= threshold.getAsDouble() ? 1 : 0;
    }
    return scores.predictedClass(row, classes(scores));
  }

  /**
   * Returns the indices of the most probable classes of a row, the most probable first, of equals
   * the first.
   *
   * @param count how many, at most as many as there are classes
   */
  public int[] topClasses(PredictionBatch scores, int row, int count) {
    return IntStream.range(0, classes(scores))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores.score(row, i)))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int classes(PredictionBatch scores) {
    return version.model().task() instanceof Task.Classification task
        ? task.classes().size()
        : scores.width();
  }

  /** Returns the text of a class of a classifier. */
  public String classText(int index) {
    if (version.model().task() instanceof Task.Classification classification) {
      return classification.classes().get(index);
    }
    throw new IllegalStateException(version.name() + " is no classifier");
  }

  /** Returns a number column's value for a row; not of a class, a vector or a text. */
  public double number(OutputColumn output, PredictionBatch scores, int row) {
    return switch (output.kind()) {
      case VALUE -> scores.score(row, 0);
      case PREDICTED_PROBABILITY -> scores.score(row, predictedClass(scores, row));
      case CLASS_PROBABILITY, NUMBER -> scores.score(row, output.index());
      case CENTROID_ID -> scores.indexOfMin(row) + 1;
      case CENTROID_DISTANCE -> Math.sqrt(Math.max(0, scores.score(row, scores.indexOfMin(row))));
      case INTEGER -> scores.integers(output.index())[row];
      case PREDICTED_CLASS, TOP_CLASSES, TOP_PROBABILITIES, VECTOR, TEXT ->
          throw new IllegalArgumentException(output.kind() + " is no number");
    };
  }
}
