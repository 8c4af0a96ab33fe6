package dev.insitu.model;

/**
 * The key of a model: the schema in which it lives and its name there, both exactly as the database
 * stores identifiers.
 *
 * @param schema the schema, folded
 * @param name the name, folded
 */
public record ModelName(String schema, String name) {
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
