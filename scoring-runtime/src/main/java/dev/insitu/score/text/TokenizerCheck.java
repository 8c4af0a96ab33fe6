package dev.insitu.score.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Finds in a {@code tokenizer.json} what the native library does not refuse but dies of, found by
 * changing good files at random: numbers out of range, special tokens in a template that it does
 * not declare, a prefix of subwords in a BPE model.
 */
final class TokenizerCheck {
  private static final long LARGEST = 0xFFFF_FFFFL;

  private TokenizerCheck() {}

  /** Returns what is wrong with a section other than the model, if anything is. */
  static Optional<String> fault(JsonNode section) {
    if (section.isNumber()
        && !(section.doubleValue() >= Integer.MIN_VALUE && section.doubleValue() <= LARGEST)) {
      return Optional.of("the number " + section.asText() + " is out of range");
    }
    for (JsonNode part : section) {
      Optional<String> fault = fault(part);
      if (fault.isPresent()) {
        return fault;
      }
    }
    JsonNode declared = section.path("special_tokens");
    if (declared.isObject()) {
      for (String list : new String[] {"single", "pair"}) {
        for (JsonNode piece : section.path(list)) {
          JsonNode id = piece.path("SpecialToken").path("id");
          if (!id.isMissingNode() && !declared.path(id.asText()).isObject()) {
            return Optional.of(
                "its template has a special token \"" + id.asText() + "\" that is not declared");
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Returns what is wrong with the small members of a model, if anything is. */
  static Optional<String> faultOfModel(JsonNode model) {
    boolean prefix = !model.path("continuing_subword_prefix").asText("").isEmpty();
    String type = model.path("type").asText("");
    if (prefix && !type.equals("WordPiece") && !model.path("continuing_subword_prefix").isNull()) {
      return Optional.of("a model of type \"" + type + "\" with a prefix of subwords");
    }
    return fault(model);
  }
}
