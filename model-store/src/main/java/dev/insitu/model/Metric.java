package dev.insitu.model;

/**
 * A named figure of an evaluation, by BigQuery's metric names ({@code roc_auc}, {@code
 * mean_absolute_error}).
 *
 * @param name the metric
 * @param value its value; NaN where it is not defined
 */
public record Metric(String name, double value) {}
