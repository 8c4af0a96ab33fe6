package dev.insitu.model;

import org.jspecify.annotations.Nullable;

/**
 * What training saw of one input column; a row of {@code ML.FEATURE_INFO}, in BigQuery's terms.
 *
 * @param input the column
 * @param min smallest number, null for text
 * @param max largest number, null for text
 * @param mean mean of the numbers, null for text
 * @param median median of the numbers, null for text
 * @param stddev standard deviation of the sample (n - 1), null for text
 * @param categoryCount distinct texts, null for numbers
 * @param nullCount rows in which the column was NULL
 * @param preparation what was done, in words: {@code mean imputation, standardized}
 */
public record FeatureStatistics(
    String input,
    @Nullable Double min,
    @Nullable Double max,
    @Nullable Double mean,
    @Nullable Double median,
    @Nullable Double stddev,
    @Nullable Long categoryCount,
    long nullCount,
    String preparation) {}
