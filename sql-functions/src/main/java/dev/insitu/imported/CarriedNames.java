package dev.insitu.imported;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.GraphPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The column names that a file carries in {@code metadata_props}: a JSON list, or names with commas
 * between them, under a key that tools use for it.
 */
final class CarriedNames {
  private static final List<String> KEYS =
      List.of("input_columns", "feature_names", "feature_names_in_", "columns", "features");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CarriedNames() {}

  /**
   * Returns the names for an input.
   *
   * @param only whether the graph has no other input, so that a list without an input's name is its
   */
  static Optional<List<String>> of(ForeignModel model, GraphPort port, boolean only) {
    Map<String, String> metadata = model.metadata();
    for (String key : KEYS) {
      Optional<List<String>> names = read(metadata.get(port.name() + "." + key), port.name(), true);
      if (names.isEmpty()) {
        names = read(metadata.get(key), port.name(), only);
      }
      if (names.isPresent()) {
        return names;
      }
    }
    return Optional.empty();
  }

  private static Optional<List<String>> read(
      @org.jspecify.annotations.Nullable String text, String input, boolean only) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      JsonNode list = json.isObject() ? json.get(input) : json;
      if (list != null && list.isArray() && (only || json.isObject())) {
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.asText()));
        return Optional.of(names);
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return only ? Optional.of(List.of(text.strip().split("\\s*,\\s*", -1))) : Optional.empty();
    }
  }
}
