package dev.insitu.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a LabelEncoder from text to int64 does, in Java: each text of the dictionary has a code, any
 * other the default.
 *
 * <p>Texts are equal if their code points are. SQL NULL is looked up as {@link
 * GraphBuilder#NULL_TEXT}; a text of the data that happens to be U+FDD0 is an unseen one.
 * Immutable.
 */
public final class TextCodes {
  private final Map<String, Long> codes;
  private final long unseen;
  private final long missing;
  private final int longest;

  /** The first of equal keys wins, as in ONNX Runtime. */
  TextCodes(List<String> keys, List<Long> values, long unseen) {
    Map<String, Long> known = new HashMap<>();
    int length = 0;
    for (int i = 0; i < keys.size(); i++) {
      known.putIfAbsent(keys.get(i), values.get(i));
      length = Math.max(length, keys.get(i).length());
    }
    Long ofNull = known.remove(GraphBuilder.NULL_TEXT);
    this.codes = known;
    this.unseen = unseen;
    this.missing = ofNull == null ? unseen : ofNull;
    this.longest = length;
  }

  private TextCodes(Map<String, Long> codes, long unseen, long missing) {
    this.codes = Map.copyOf(codes);
    this.unseen = unseen;
    this.missing = missing;
    this.longest = codes.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * Makes a dictionary.
   *
   * @param codes the code of each text
   * @param unseen the code of any other
   * @param ofNull the text as which SQL NULL is looked up
   */
  public static TextCodes of(Map<String, Long> codes, long unseen, @Nullable String ofNull) {
    Long missing = ofNull == null ? null : codes.get(ofNull);
    return new TextCodes(codes, unseen, missing == null ? unseen : missing);
  }

  /** Returns the code of a text; null is SQL NULL. */
  public long of(@Nullable String text) {
    if (text == null) {
      return missing;
    }
    // A text longer than every key need not be hashed.
    Long code = text.length() > longest ? null : codes.get(text);
    return code == null ? unseen : code;
  }

  /** Returns the texts that have codes. */
  public List<String> keys() {
    return codes.keySet().stream().sorted().toList();
  }

  /** Returns how many texts have a code of their own, NULL not counted. */
  public int size() {
    return codes.size();
  }
}
