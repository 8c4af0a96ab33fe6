package dev.insitu.plain;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options as a JSON object: {@code {"labels": ["ok", "fraud"]}}. */
public final class JsonOptions {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonOptions() {}

  /**
   * Reads options.
   *
   * @param text a JSON object; null or blank for none
   * @return by name in lower case, in the order written
   * @throws MlException ARGUMENT with the line and column, or with the JSON path
   */
  static Map<String, OptionValue> read(@Nullable String text) {
    Map<String, OptionValue> options = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return options;
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw wrong(
              e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "")
                  + (place == null
                      ? ""
                      : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"))
          .withCause(e);
    }
    if (!root.isObject()) {
      throw wrong("a JSON object was expected, but " + root + " was given")
          .withHint("Write {\"labels\": [\"ok\", \"fraud\"]}.");
    }
    root.properties()
        .forEach(
            field -> {
              String path = "$." + field.getKey();
              OptionValue value = value(field.getValue(), path);
              if (options.put(field.getKey().toLowerCase(Locale.ROOT), value) != null) {
                throw wrong(path + " is given twice");
              }
            });
    return options;
  }

  /**
   * Writes options as {@link #read} reads them.
   *
   * @return null for none
   * @throws MlException ARGUMENT for a value that JSON does not have: fields without names
   */
  public static @Nullable String write(Map<String, OptionValue> options) {
    if (options.isEmpty()) {
      return null;
    }
    ObjectNode root = JSON.createObjectNode();
    options.forEach((name, value) -> root.set(name, node(value)));
    return root.toString();
  }

  private static JsonNode node(OptionValue value) {
    if (value instanceof OptionValue.Items items) {
      ArrayNode array = JSON.createArrayNode();
      items.values().forEach(item -> array.add(node(item)));
      return array;
    } else if (value instanceof OptionValue.Struct struct) {
      ObjectNode object = JSON.createObjectNode();
      for (OptionValue.Field field : struct.fields()) {
        String name = field.name();
        if (name == null) {
          throw wrong("a field of " + value.toSql() + " has no name")
              .withHint("Name it: STRUCT(value AS name).");
        }
        object.set(name, node(field.value()));
      }
      return object;
    } else if (value instanceof OptionValue.Numeric number) {
      return JSON.getNodeFactory().numberNode(number.value());
    } else if (value instanceof OptionValue.Truth truth) {
      return JSON.getNodeFactory().booleanNode(truth.value());
    } else if (value instanceof OptionValue.Text text) {
      return JSON.getNodeFactory().textNode(text.value());
    }
    return JSON.getNodeFactory().nullNode();
  }

  private static OptionValue value(JsonNode node, String path) {
    if (node.isArray()) {
      List<OptionValue> items = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        items.add(value(node.get(i), path + "[" + i + "]"));
      }
      return new OptionValue.Items(items);
    } else if (node.isObject()) {
      List<OptionValue.Field> fields = new ArrayList<>();
      node.properties()
          .forEach(
              field ->
                  fields.add(
                      new OptionValue.Field(
                          field.getKey(), value(field.getValue(), path + "." + field.getKey()))));
      return new OptionValue.Struct(fields);
    } else if (node.isNumber()) {
      return new OptionValue.Numeric(node.decimalValue());
    } else if (node.isBoolean()) {
      return new OptionValue.Truth(node.booleanValue());
    } else if (node.isNull()) {
      throw wrong(path + " is null").withHint("Leave out what is not to be said.");
    }
    return new OptionValue.Text(node.textValue());
  }

  private static MlException wrong(String what) {
    return MlException.of(ErrorCode.ARGUMENT, "options", what);
  }
}
