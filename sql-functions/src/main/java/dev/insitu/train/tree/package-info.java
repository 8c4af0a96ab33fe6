/**
 * Decision trees: grown, averaged to forests, boosted, and written as one TreeEnsemble.
 *
 * <p>Trees are grown in float64 from columns of codes. Single trees and forests: {@link
 * dev.insitu.train.tree.TreeTrainer} ({@code DECISIONS.md}, Trees 6), then {@code SplitSearch};
 * boosting as XGBoost does it: {@link dev.insitu.train.tree.BoosterTrainer} (Trees 1), then {@code
 * HistogramGrower}. Uses no third-party library.
 */
@NullMarked
package dev.insitu.train.tree;

import org.jspecify.annotations.NullMarked;
