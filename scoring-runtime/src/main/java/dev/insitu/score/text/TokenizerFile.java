package dev.insitu.score.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.io.IOException;
import java.io.StringWriter;

/**
 * What a {@code tokenizer.json} says of padding and truncation, and the same file without padding,
 * which is done here, and with the truncation that is wanted.
 *
 * @param json the file as the library gets it
 * @param maxLength tokens of a text at most, special ones included
 * @param padId the token that fills up
 * @param padType its token type
 * @param padsLeft whether it stands before the text
 */
record TokenizerFile(String json, int maxLength, long padId, long padType, boolean padsLeft) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String PADDING = "padding";
  private static final String TRUNCATION = "truncation";
  private static final String ADDED = "added_tokens";
  private static final String MODEL = "model";
  private static final String DECODER = "decoder";

  /**
   * Reads a file.
   *
   * @param wanted tokens at most, or 0 for what the file says, else {@link
   *     TextTokenizer#DEFAULT_LENGTH}
   * @throws MlException TOKENIZER
   */
  static TokenizerFile read(String what, byte[] bytes, int wanted) {
    JsonNode padding = JsonNodeFactory.instance.nullNode();
    JsonNode truncation = padding;
    JsonNode added = padding;
    StringWriter text = new StringWriter();
    int maxLength;
    try (JsonParser in = MAPPER.createParser(bytes);
        JsonGenerator out = MAPPER.createGenerator(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw MlException.of(ErrorCode.TOKENIZER, what, "it is no tokenizer.json");
      }
      out.writeStartObject();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case PADDING -> padding = checked(what, MAPPER.readTree(in));
          case TRUNCATION -> truncation = checked(what, MAPPER.readTree(in));
          case ADDED -> added = checked(what, MAPPER.readTree(in));
          case MODEL -> copyModel(what, in, out);
          case DECODER -> in.skipChildren(); // for the way back, which nobody goes
          default -> out.writePOJOField(name, checked(what, MAPPER.readTree(in)));
        }
      }
      int stated = truncation.path("max_length").asInt(0);
      maxLength = wanted > 0 ? wanted : stated > 0 ? stated : TextTokenizer.DEFAULT_LENGTH;
      maxLength = Math.min(maxLength, TextTokenizer.MAX_LENGTH);
      out.writePOJOField(ADDED, added.isArray() ? added : MAPPER.createArrayNode());
      out.writePOJOField(TRUNCATION, truncation(truncation, maxLength));
      out.writeNullField(PADDING);
      out.writeEndObject();
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw MlException.of(ErrorCode.TOKENIZER, what, reason).withCause(e);
    }
    return new TokenizerFile(
        text.toString(),
        maxLength,
        padId(padding, added),
        padding.path("pad_type_id").asLong(0),
        padding.path("direction").asText("").equals("Left"));
  }

  private static JsonNode checked(String what, JsonNode section) {
    TokenizerCheck.fault(section).ifPresent(fault -> refuse(what, fault));
    return section;
  }

  private static void refuse(String what, String fault) {
    throw MlException.of(ErrorCode.TOKENIZER, what, fault);
  }

  /** Copies the vocabulary without keeping it, as it may be large. */
  private static void copyModel(String what, JsonParser in, JsonGenerator out) throws IOException {
    ObjectNode small = MAPPER.createObjectNode();
    if (in.currentToken() != JsonToken.START_OBJECT) {
      refuse(what, "its model is missing");
    }
    out.writeObjectFieldStart(MODEL);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken().isScalarValue()) {
        JsonNode value = MAPPER.readTree(in);
        small.set(name, value);
        out.writePOJOField(name, value);
      } else {
        out.writeFieldName(name);
        out.copyCurrentStructure(in);
      }
    }
    out.writeEndObject();
    TokenizerCheck.faultOfModel(small).ifPresent(fault -> refuse(what, fault));
  }

  private static ObjectNode truncation(JsonNode stated, int maxLength) {
    return MAPPER
        .createObjectNode()
        .put("direction", stated.path("direction").asText("Right"))
        .put("max_length", maxLength)
        .put("strategy", stated.path("strategy").asText("LongestFirst"))
        .put("stride", 0);
  }

  private static long padId(JsonNode padding, JsonNode added) {
    if (padding.has("pad_id")) {
      return padding.path("pad_id").asLong();
    }
    for (JsonNode token : added) {
      String content = token.path("content").asText("");
      if (content.equals("[PAD]") || content.equals("<pad>")) {
        return token.path("id").asLong();
      }
    }
    return 0;
  }
}
