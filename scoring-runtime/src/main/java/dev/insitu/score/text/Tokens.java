package dev.insitu.score.text;

/**
 * The tokens of one text or pair of texts, special ones included, without padding.
 *
 * @param ids the place of each in the vocabulary
 * @param types 0 for tokens of the first text, 1 for those of the second
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not kept; compared by nobody
public record Tokens(long[] ids, long[] types) {
  /** What a graph may want to know of tokens. */
  public enum Part {
    /** {@code input_ids}. */
    IDS,
    /** {@code attention_mask}: 1 for a token, 0 for padding. */
    MASK,
    /** {@code token_type_ids}. */
    TYPES
  }

  /** Returns how many there are. */
  public int size() {
    return ids.length;
  }
}
