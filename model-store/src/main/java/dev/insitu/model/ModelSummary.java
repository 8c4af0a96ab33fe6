package dev.insitu.model;

import java.time.Instant;
import java.util.List;

/**
 * A row of {@code SHOW MODELS}.
 *
 * @param name the model
 * @param modelType of its default version
 * @param task the word of its task
 * @param defaultVersion the version that answers when none is named
 * @param versions how many versions there are
 * @param rowsTrained of the default version
 * @param bytes size of the default version's artifact
 * @param createdAt when the default version was made
 * @param aliases the names of its versions, by name
 */
public record ModelSummary(
    ModelName name,
    String modelType,
    String task,
    int defaultVersion,
    int versions,
    long rowsTrained,
    long bytes,
    Instant createdAt,
    List<ModelAlias> aliases) {
  /** Copies the aliases. */
  public ModelSummary {
    aliases = List.copyOf(aliases);
  }
}
