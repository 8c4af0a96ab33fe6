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
 * @param top of a classifier, how many of the most probable classes are wanted as arrays; 0 none
 */
public record PredictOptions(
    boolean probabilities, OptionalDouble threshold, boolean imputeMissing, int top) {
  /** No option given. */
  public static final PredictOptions NONE =
      new PredictOptions(false, OptionalDouble.empty(), false, 0);
}
