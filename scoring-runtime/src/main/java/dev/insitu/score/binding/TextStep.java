package dev.insitu.score.binding;

import java.util.List;

/**
 * How texts become tokens.
 *
 * @param columns the position of the text among the signature's inputs, or of the two of a pair
 * @param maxLength how many tokens a row has at most, special ones included
 * @param fixedLength how many it always has, or 0 if a run is filled up to its longest row
 */
public record TextStep(List<Integer> columns, int maxLength, int fixedLength) {
  private static final int TOKENS_PER_RUN = 4096;
  private static final int MOST_ROWS = 128;

  /** Copies the list. */
  public TextStep {
    columns = List.copyOf(columns);
  }

  /** Returns how many rows go through a graph at once: its memory grows with their tokens. */
  public int rowsPerRun() {
    return Math.max(1, Math.min(MOST_ROWS, TOKENS_PER_RUN / maxLength));
  }
}
