package dev.insitu.operation;

import java.util.OptionalDouble;

/**
 * How a prediction is wanted.
 *
 * @param probabilities whether a {@code probability_<class>} column is added for every class
 * @param threshold of a binary classifier, from which probability on the positive (last) class is
 *     predicted
 * @param imputeMissing whether an input that the data lacks is taken as NULL ({@code missing =>
 *     'impute'})
 */
public record PredictOptions(
    boolean probabilities, OptionalDouble threshold, boolean imputeMissing) {
  /** No option given. */
  public static final PredictOptions NONE =
      new PredictOptions(false, OptionalDouble.empty(), false);
}
