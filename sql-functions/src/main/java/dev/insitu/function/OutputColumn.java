package dev.insitu.function;

import dev.insitu.model.ColumnSpec;

/**
 * A column that a prediction adds.
 *
 * @param column name and type as the statement sees it
 * @param kind what it holds
 * @param index of a {@link Kind#CLASS_PROBABILITY} the class; of {@link Kind#NUMBER} and {@link
 *     Kind#VECTOR} the first score; of {@link Kind#TEXT} and {@link Kind#INTEGER} which of them;
 *     else 0
 * @param width of a {@link Kind#VECTOR}, {@link Kind#TOP_CLASSES} and {@link
 *     Kind#TOP_PROBABILITIES} how many elements, else 1
 */
public record OutputColumn(ColumnSpec column, Kind kind, int index, int width) {
  /** Makes a column that is no vector. */
  public OutputColumn(ColumnSpec column, Kind kind, int index) {
    this(column, kind, index, 1);
  }

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
    /** The most probable classes, the most probable first, an ARRAY of the label's type. */
    TOP_CLASSES,
    /** Their probabilities, an ARRAY of DOUBLE. */
    TOP_PROBABILITIES,
    /** The nearest centroid, INTEGER from 1. */
    CENTROID_ID,
    /** The Euclidean distance to it in prepared space, DOUBLE. */
    CENTROID_DISTANCE,
    /** A number that an imported graph answers. */
    NUMBER,
    /** Several numbers that an imported graph answers, an ARRAY. */
    VECTOR,
    /** A whole number or a truth value that an imported graph answers. */
    INTEGER,
    /** A text that an imported graph answers. */
    TEXT
  }
}
