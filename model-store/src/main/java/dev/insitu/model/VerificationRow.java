package dev.insitu.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row with the answer that the trainer itself gave, replayed when a scorer is opened.
 *
 * @param inputs one value per input of the signature: {@link Double} (NaN is NULL) or {@link
 *     String} (null is NULL)
 * @param expected the scores: the prediction of a regression, the probability of each class, or the
 *     squared distance to each centroid
 */
public record VerificationRow(List<@Nullable Object> inputs, List<Double> expected) {
  /** Copies the lists. */
  public VerificationRow {
    inputs = Collections.unmodifiableList(Arrays.asList(inputs.toArray()));
    expected = List.copyOf(expected);
  }
}
