package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.model.ModelText;
import java.util.List;

/**
 * The name of an object of the database.
 *
 * @param schema its schema, folded
 * @param name its name, folded
 */
record SqlName(String schema, String name) {
  /**
   * Reads {@code [schema.]name}; without a schema it is the current one.
   *
   * @param function the function that was called, for messages
   * @param what what is named, for messages
   * @throws MlException ARGUMENT, SCHEMA_NOT_FOUND
   */
  static SqlName parse(String function, String what, String text, Database database) {
    ModelText parsed;
    try {
      parsed = ModelText.parse(text);
    } catch (MlException e) {
      throw unreadable(function, what, text).withCause(e);
    }
    if (!parsed.selector().equals(ModelText.DEFAULT_VERSION)) {
      throw unreadable(function, what, text);
    }
    List<String> parts = parsed.parts().stream().map(database::fold).toList();
    String schema = parts.size() == 2 ? parts.get(0) : database.currentSchema();
    if (!database.schemaExists(schema)) {
      throw MlException.of(ErrorCode.SCHEMA_NOT_FOUND, schema)
          .withHint("Create it with CREATE SCHEMA, or write the name without a schema.");
    }
    return new SqlName(schema, parts.get(parts.size() - 1));
  }

  private static MlException unreadable(String function, String what, String text) {
    return MlException.of(
            ErrorCode.ARGUMENT,
            function,
            "cannot read " + what + " '" + text.replace("'", "''") + "', expected [schema.]name")
        .withHint("Other characters than letters, digits and _ need double quotes.");
  }

  /** Returns a name as SQL text. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns schema and name as SQL text. */
  String sql() {
    return quoted(schema) + "." + quoted(name);
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
