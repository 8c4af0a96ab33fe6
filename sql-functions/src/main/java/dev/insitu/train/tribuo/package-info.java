/**
 * Linear models and k-means.
 *
 * <p>Numerical linear algebra is Tribuo's ({@code org.tribuo.math}); the solvers above it are ours,
 * because Tribuo's stochastic gradient descent does not reach the optimum ({@code DECISIONS.md}).
 * The only package that uses Tribuo. Read {@link dev.insitu.train.tribuo.LinearTrainer} first.
 */
@NullMarked
package dev.insitu.train.tribuo;

import org.jspecify.annotations.NullMarked;
