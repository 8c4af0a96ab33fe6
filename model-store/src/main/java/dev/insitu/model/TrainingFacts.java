package dev.insitu.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a version came to be.
 *
 * @param query the training query, as written
 * @param parameters the values of its {@code ?}, as text, in order
 * @param rowsRead rows that the query returned
 * @param rowsSkipped rows left out because their label was NULL
 * @param rowsTrained rows that were learnt from
 * @param rowsHeldOut rows that were kept for the evaluation
 * @param seed the seed of everything random
 * @param trainer the algorithm and library, for example {@code CART, exact}
 * @param libraries library versions by name
 */
public record TrainingFacts(
    String query,
    List<String> parameters,
    long rowsRead,
    long rowsSkipped,
    long rowsTrained,
    long rowsHeldOut,
    long seed,
    String trainer,
    Map<String, String> libraries) {
  /** Copies the collections, in order. */
  public TrainingFacts {
    parameters = List.copyOf(parameters);
    libraries = Collections.unmodifiableMap(new LinkedHashMap<>(libraries));
  }
}
