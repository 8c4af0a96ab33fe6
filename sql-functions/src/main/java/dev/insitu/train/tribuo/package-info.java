/**
 * Linear models, k-means and single decision trees.
 *
 * <p>Numerical linear algebra is Tribuo's ({@code org.tribuo.math}); the solvers above it are ours,
 * because Tribuo's stochastic gradient descent does not reach the optimum ({@code DECISIONS.md}).
 * Trees are grown by Tribuo's CART and written in float64. The only package that uses Tribuo. Read
 * {@link dev.insitu.train.tribuo.LinearTrainer} first, for trees {@link
 * dev.insitu.train.tribuo.DecisionTreeTrainer}.
 */
@NullMarked
package dev.insitu.train.tribuo;

import org.jspecify.annotations.NullMarked;
