/**
 * Decision trees: grown, averaged to forests, and written as one TreeEnsemble.
 *
 * <p>Single trees and forests are grown here, in float64, from columns of codes ({@link
 * dev.insitu.train.tree.TreeTrainer}; {@code DECISIONS.md}, Trees 6). Whatever else grows trees
 * hands them over as {@link dev.insitu.train.tree.DecisionTree}. Uses no third-party library. Read
 * {@link dev.insitu.train.tree.TreeTrainer} first, then {@code SplitSearch}.
 */
@NullMarked
package dev.insitu.train.tree;

import org.jspecify.annotations.NullMarked;
