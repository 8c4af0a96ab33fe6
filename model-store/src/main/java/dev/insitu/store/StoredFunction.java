package dev.insitu.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A function of a model: an alias of the database that calls a numbered entry point.
 *
 * @param kind the kind of entry points, by what they return: {@code NUMBER}, {@code TEXT}
 * @param number which entry point of the kind, from 1
 * @param schema the alias's schema, as stored
 * @param name the alias's name, as stored
 * @param model the model as a call names it: {@code "PUBLIC"."CHURN"@3}
 * @param classText the class whose probability is returned; empty: the prediction is
 * @param createdBy the user who made it
 * @param createdAt when
 */
public record StoredFunction(
    String kind,
    int number,
    String schema,
    String name,
    String model,
    Optional<String> classText,
    String createdBy,
    Instant createdAt) {
  /** Returns schema and name. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
