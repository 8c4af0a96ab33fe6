package dev.insitu.jdbc.text;

/**
 * A call of one of our functions in a text, by positions of tokens.
 *
 * @param place where it stands
 * @param function the function's own word in upper case, without {@code ML.} and {@code INSITU.}
 * @param qualifier {@code ML}, {@code INSITU} or empty
 * @param from its first token, {@code TABLE (} around it included
 * @param open its opening parenthesis
 * @param close its closing parenthesis; the end of the range if there is none
 * @param to the token after it, after the {@code )} of {@code TABLE( … )}
 */
public record OwnCall(
    Place place, String function, String qualifier, int from, int open, int close, int to) {
  /** Where a call stands. */
  public enum Place {
    /** A table function in FROM. */
    TABLE,
    /** A scalar function where a value may stand. */
    SCALAR,
    /** A table function, ours by its {@code MODEL =>}, where no table may stand. */
    MISPLACED
  }

  /** Returns the name as messages write it. */
  public String name() {
    return qualifier.isEmpty() ? function : qualifier + "." + function;
  }
}
