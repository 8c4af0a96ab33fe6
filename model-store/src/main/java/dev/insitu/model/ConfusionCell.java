package dev.insitu.model;

/**
 * How often rows of one class were predicted as another.
 *
 * @param expected index of the true class, -1 for a label that is none of the model's classes
 * @param predicted index of the predicted class
 * @param rows how many
 */
public record ConfusionCell(int expected, int predicted, long rows) {}
