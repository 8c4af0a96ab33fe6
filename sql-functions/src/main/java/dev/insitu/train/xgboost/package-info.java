/**
 * Boosted trees by XGBoost, called directly.
 *
 * <p>The only package that knows {@code ml.dmlc}. Everything is float32 from the prepared matrix to
 * the sum over the trees (the margin), as XGBoost trains it, and float64 after it. Needs the OpenMP
 * runtime ({@code libgomp.so.1} on Linux): ask {@link
 * dev.insitu.train.xgboost.XGBoostLibrary#available()}. Read {@link
 * dev.insitu.train.xgboost.BoosterTrainer} first.
 */
@NullMarked
package dev.insitu.train.xgboost;

import org.jspecify.annotations.NullMarked;
