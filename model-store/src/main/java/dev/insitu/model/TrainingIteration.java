package dev.insitu.model;

import org.jspecify.annotations.Nullable;

/**
 * One step of a training; a row of {@code ML.TRAINING_INFO}.
 *
 * @param iteration from 0
 * @param loss loss on the training rows
 * @param evalLoss loss on the rows that were held out, null without any
 * @param learningRate the rate of this step, null where the method has none
 * @param durationMillis wall clock of this step
 */
public record TrainingIteration(
    int iteration,
    double loss,
    @Nullable Double evalLoss,
    @Nullable Double learningRate,
    long durationMillis) {}
