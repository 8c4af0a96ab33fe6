package dev.insitu.jdbc.text;

/**
 * Tokens in a row.
 *
 * @param from the first
 * @param to the one after the last
 */
public record TokenRange(int from, int to) {
  /** Returns whether there are none. */
  public boolean isEmpty() {
    return from >= to;
  }
}
