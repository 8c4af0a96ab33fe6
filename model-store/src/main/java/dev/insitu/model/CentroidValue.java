package dev.insitu.model;

import org.jspecify.annotations.Nullable;

/**
 * One coordinate of one centroid; a row of {@code ML.CENTROIDS}.
 *
 * @param centroidId from 1
 * @param feature the input column
 * @param category the text whose share {@code value} is, null for a number
 * @param value the mean of the column among the centroid's rows, on the column's own scale
 */
public record CentroidValue(
    int centroidId, String feature, @Nullable String category, double value) {}
