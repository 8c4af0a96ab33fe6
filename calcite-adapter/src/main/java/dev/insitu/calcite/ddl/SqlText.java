package dev.insitu.calcite.ddl;

import java.util.List;

/**
 * A text that can be sent to the database.
 *
 * @param sql the text; each parameter in it is a plain {@code ?}
 * @param parameters for each {@code ?} in order, the ordinal (from 0) of the parameter of the
 *     original statement that it takes; an ordinal can come more than once
 */
public record SqlText(String sql, List<Integer> parameters) {
  /** Copies the list. */
  public SqlText {
    parameters = List.copyOf(parameters);
  }

  /** Returns a text without parameters. */
  public static SqlText of(String sql) {
    return new SqlText(sql, List.of());
  }

  /** Returns this text between two others that have no parameters. */
  public SqlText enclosed(String before, String after) {
    return new SqlText(before + sql + after, parameters);
  }
}
