package dev.insitu.calcite.ddl;

import java.util.List;

/**
 * A text of which at least one statement is ours.
 *
 * @param statements its statements, in order
 * @param parameterCount the number of parameters that the whole text takes; the ordinals in {@link
 *     SqlText} and {@link SqlTemplate} count over the whole text
 */
public record SqlScript(List<MlStatement> statements, int parameterCount) {
  /** Copies the list. */
  public SqlScript {
    statements = List.copyOf(statements);
  }
}
