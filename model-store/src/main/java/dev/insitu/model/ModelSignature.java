package dev.insitu.model;

import java.util.List;
import java.util.Optional;

/**
 * The typed inputs and outputs of a model, each in order.
 *
 * @param inputs the columns that {@code DATA} must have, in signature order
 * @param outputs the columns that PREDICT adds without options: {@code predicted_<label>} and, of a
 *     classifier, {@code predicted_<label>_probability}; of a clustering {@code centroid_id} and
 *     {@code centroid_distance}
 */
public record ModelSignature(List<ColumnSpec> inputs, List<ColumnSpec> outputs) {
  /** Copies the lists. */
  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Returns the position of an input by name, ignoring case. */
  public Optional<Integer> indexOfInput(String name) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equalsIgnoreCase(name)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
