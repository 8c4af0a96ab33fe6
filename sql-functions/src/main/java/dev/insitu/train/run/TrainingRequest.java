package dev.insitu.train.run;

import dev.insitu.model.ModelName;
import dev.insitu.train.option.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained.
 *
 * @param name the model, for messages
 * @param options its options, checked
 * @param query the query as the database runs it
 * @param written the query as the user wrote it
 * @param parameters the value of each {@code ?} of {@code query}
 */
public record TrainingRequest(
    ModelName name,
    TrainingOptions options,
    String query,
    String written,
    List<@Nullable Object> parameters) {
  /** Copies the list. */
  public TrainingRequest {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }
}
