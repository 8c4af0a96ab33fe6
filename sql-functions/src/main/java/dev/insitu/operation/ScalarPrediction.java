package dev.insitu.operation;

import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;

/**
 * A prediction as a value: {@code PREDICTION('m', a, b)}.
 *
 * @param prediction the model, its inputs bound by position
 * @param output the one value that comes out
 */
public record ScalarPrediction(Prediction prediction, OutputColumn output) {}
