/**
 * The options of a training: the catalogue {@link dev.insitu.train.option.TrainingOption}, the
 * model types {@link dev.insitu.train.option.ModelType}, and what a statement gave, checked, as
 * {@link dev.insitu.train.option.TrainingOptions}.
 *
 * <p>Uses only the JDK and {@link dev.insitu.error}. Read {@link
 * dev.insitu.train.option.TrainingOptions} first.
 */
@NullMarked
package dev.insitu.train.option;

import org.jspecify.annotations.NullMarked;
