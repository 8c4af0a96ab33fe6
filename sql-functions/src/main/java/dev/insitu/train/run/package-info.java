/**
 * One training from end to end: a query in, a model that can be stored out.
 *
 * <p>The only package that knows all trainers; {@link dev.insitu.train.run.Trainers} chooses one by
 * model type. Read {@link dev.insitu.train.run.TrainingRun} first.
 */
@NullMarked
package dev.insitu.train.run;

import org.jspecify.annotations.NullMarked;
