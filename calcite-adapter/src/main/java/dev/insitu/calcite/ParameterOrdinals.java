package dev.insitu.calcite;

import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;

/** Which parameter of the text each {@code ?}, {@code ?n} and {@code $n} takes. Immutable. */
final class ParameterOrdinals {
  private final int[] ordinals;
  private final int count;

  private ParameterOrdinals(int[] ordinals, int count) {
    this.ordinals = ordinals;
    this.count = count;
  }

  static ParameterOrdinals of(SqlTokens tokens) {
    int[] ordinals = new int[tokens.size()];
    int next = 0;
    int count = 0;
    for (int i = 0; i < ordinals.length; i++) {
      if (tokens.isKind(i, Token.Kind.PARAMETER)) {
        String digits = tokens.text(i).substring(1);
        ordinals[i] =
            digits.isEmpty() || digits.length() > 6 ? next++ : Integer.parseInt(digits) - 1;
        count = Math.max(count, ordinals[i] + 1);
      }
    }
    return new ParameterOrdinals(ordinals, count);
  }

  /** Returns the ordinal, from 0, of the parameter at a token. */
  int at(int token) {
    return Math.max(0, ordinals[token]);
  }

  /** Returns the number of parameters. */
  int count() {
    return count;
  }
}
