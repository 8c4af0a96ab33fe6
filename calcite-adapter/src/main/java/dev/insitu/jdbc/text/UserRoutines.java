package dev.insitu.jdbc.text;

/**
 * The database's own functions, asked only when a text calls one with a name of ours: a user's own
 * function wins.
 */
@FunctionalInterface
public interface UserRoutines {
  /** A database without any. */
  UserRoutines NONE = (schema, name) -> false;

  /**
   * Returns whether the database has a function (alias, aggregate, table function) of this name.
   *
   * @param schema the schema as the text writes it, or empty if the name is not qualified
   * @param name the name as the text writes it, unfolded
   */
  boolean exists(String schema, String name);
}
