/** Metrics of predictions against labels, by BigQuery's names. Uses no third-party library. */
@NullMarked
package dev.insitu.evaluate;

import org.jspecify.annotations.NullMarked;
