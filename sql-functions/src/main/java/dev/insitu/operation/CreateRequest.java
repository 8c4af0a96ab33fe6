package dev.insitu.operation;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CREATE MODEL} and {@code TRAIN} ask for.
 *
 * @param statement {@code CREATE MODEL} or {@code TRAIN}, for messages
 * @param model the model to make
 * @param existing what to do if there is one of that name
 * @param options by name in lower case, in the order written
 * @param query the training query as the database can run it
 * @param written the training query as the user wrote it, for the record
 * @param parameters the value of each {@code ?} of {@code query}
 */
public record CreateRequest(
    String statement,
    ModelReference model,
    Existing existing,
    Map<String, OptionValue> options,
    String query,
    String written,
    List<@Nullable Object> parameters) {
  /** Copies the collections, in order. */
  public CreateRequest {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  /** What to do if a model of the name exists. */
  public enum Existing {
    /** Refuse: {@code CREATE MODEL}. */
    REFUSE,
    /** Do nothing: {@code CREATE MODEL IF NOT EXISTS}. */
    KEEP,
    /** Add a version: {@code CREATE OR REPLACE MODEL}, {@code TRAIN}. */
    ADD_VERSION
  }
}
