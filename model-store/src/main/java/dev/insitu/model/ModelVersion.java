package dev.insitu.model;

import java.time.Instant;

/**
 * One immutable version of a model.
 *
 * @param id the version's key in the store, unique for ever
 * @param name the model
 * @param number from 1
 * @param model all that training made
 * @param createdAt when its training ended
 */
public record ModelVersion(
    long id, ModelName name, int number, TrainedModel model, Instant createdAt) {}
