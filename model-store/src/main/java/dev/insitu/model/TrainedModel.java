package dev.insitu.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training or an import hands to the store: everything of a version but its number. An
 * imported model has no features, weights, centroids and iterations.
 *
 * @param modelType the type in BigQuery's word, lower case: {@code logistic_reg}
 * @param task what it predicts
 * @param signature inputs and outputs
 * @param options the options as given, in order, names in lower case, values as SQL text
 * @param artifact the canonical graph; of an imported model the file as it was given
 * @param attachments what an imported model needs besides, else empty
 * @param facts how it came to be
 * @param features a row per input
 * @param weights of a linear model, else empty
 * @param centroids of a k-means, else empty
 * @param iterations the course of the training
 * @param evaluation on the rows held out (of a clustering or without a hold-out: on the training
 *     rows)
 * @param verification rows with the trainer's own answers
 */
public record TrainedModel(
    String modelType,
    Task task,
    ModelSignature signature,
    Map<String, String> options,
    Artifact artifact,
    List<Attachment> attachments,
    TrainingFacts facts,
    List<FeatureStatistics> features,
    List<Weight> weights,
    List<CentroidValue> centroids,
    List<TrainingIteration> iterations,
    Optional<Evaluation> evaluation,
    List<VerificationRow> verification) {
  /** Copies the collections, in order. */
  public TrainedModel {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    attachments = List.copyOf(attachments);
    features = List.copyOf(features);
    weights = List.copyOf(weights);
    centroids = List.copyOf(centroids);
    iterations = List.copyOf(iterations);
    verification = List.copyOf(verification);
  }

  /** Returns an attachment by name. */
  public Optional<Attachment> attachment(String name) {
    return attachments.stream().filter(a -> a.name().equals(name)).findFirst();
  }
}
