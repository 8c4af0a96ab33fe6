package dev.insitu.model;

import java.util.List;

/**
 * How a model did on a set of rows with known labels.
 *
 * @param rows rows evaluated
 * @param skippedRows rows left out because their label was NULL
 * @param metrics in BigQuery's order for the task
 * @param confusion of a classification, cells with at least one row
 * @param roc of a binary classification, descending thresholds, at most 100 points
 */
public record Evaluation(
    long rows,
    long skippedRows,
    List<Metric> metrics,
    List<ConfusionCell> confusion,
    List<RocPoint> roc) {
  /** Copies the lists. */
  public Evaluation {
    metrics = List.copyOf(metrics);
    confusion = List.copyOf(confusion);
    roc = List.copyOf(roc);
  }
}
