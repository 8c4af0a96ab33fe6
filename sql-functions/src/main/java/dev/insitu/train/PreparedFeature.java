package dev.insitu.train;

import org.jspecify.annotations.Nullable;

/**
 * One column of the prepared matrix.
 *
 * @param input the input column that it comes from
 * @param category what of the input it stands for: a text of a one-hot input, {@code __NULL__},
 *     {@code __OTHER__}, a part such as {@code __HOUR__}, a word of long text; null for the number
 *     itself
 * @param center subtracted from the raw number, 0 if it is not standardised
 * @param scale divided by, 1 if it is not standardised
 */
public record PreparedFeature(
    String input, @Nullable String category, double center, double scale) {
  /** Returns the name by which trainers know the feature: {@code carrier=UA}, {@code distance}. */
  public String name() {
    return category == null ? input : input + "=" + category;
  }
}
