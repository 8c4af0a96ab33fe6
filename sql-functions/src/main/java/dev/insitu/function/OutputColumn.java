package dev.insitu.function;

import dev.insitu.model.ColumnSpec;

/**
 * A column that a prediction adds.
 *
 * @param column name and type as the statement sees it
 * @param kind what it holds
 * @param classIndex of a {@link Kind#CLASS_PROBABILITY} the class, else 0
 */
public record OutputColumn(ColumnSpec column, Kind kind, int classIndex) {
  /** What a prediction column holds. */
  public enum Kind {
    /** The number that a regression predicts, DOUBLE. */
    VALUE,
    /** The class that a classifier predicts, in the label's own type. */
    PREDICTED_CLASS,
    /** The probability of the predicted class, DOUBLE. */
    PREDICTED_PROBABILITY,
    /** The probability of one stated class, DOUBLE. */
    CLASS_PROBABILITY,
    /** The nearest centroid, INTEGER from 1. */
    CENTROID_ID,
    /** The Euclidean distance to it in prepared space, DOUBLE. */
    CENTROID_DISTANCE
  }
}
