/**
 * Metrics of predictions against labels, by BigQuery's names.
 *
 * <p>An {@link dev.insitu.evaluate.Evaluator} takes scores and labels row by row and in the end
 * gives an {@link dev.insitu.model.Evaluation}. Every figure equals scikit-learn 1.5.2's to 1e-9
 * (fixture and script in the tests); where scikit-learn refuses, the metric is NaN. Uses no
 * third-party library.
 *
 * <p><b>Memory.</b> All but the median and the ROC are running sums. Those two keep their rows: 8
 * bytes a row for a regression, 16 for two classes, 8 (k + 1) for k, up to 64 MiB, and briefly as
 * much again when the evaluation ends. Beyond 64 MiB (4.2 million rows of two classes) they are
 * computed over a uniform random sample of that size, drawn with a fixed seed.
 */
@NullMarked
package dev.insitu.evaluate;

import org.jspecify.annotations.NullMarked;
