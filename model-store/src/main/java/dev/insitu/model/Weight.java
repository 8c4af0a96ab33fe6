package dev.insitu.model;

import org.jspecify.annotations.Nullable;

/**
 * One coefficient of a linear model, on the scale of the input column (a standardised input's
 * coefficient is divided by its standard deviation); a row of {@code ML.WEIGHTS}.
 *
 * @param classLabel the class whose score it enters, null but for three and more classes
 * @param processedInput the input column, or {@code __INTERCEPT__}
 * @param category the text, or {@code __NULL__}, {@code __OTHER__} or a part such as {@code
 *     __HOUR__}; null for a number
 * @param weight the coefficient
 */
public record Weight(
    @Nullable String classLabel, String processedInput, @Nullable String category, double weight) {}
