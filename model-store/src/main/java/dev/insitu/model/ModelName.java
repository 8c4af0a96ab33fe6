package dev.insitu.model;

import org.jspecify.annotations.Nullable;

/**
 * The key of a model: the schema in which it lives and its name there, both exactly as the database
 * stores identifiers.
 *
 * @param schema the schema, folded
 * @param name the name, folded
 */
public record ModelName(String schema, String name) {
  /** Written out: linking what a record has of its own takes the first prediction too long. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelName model
        && name.equals(model.name)
        && schema.equals(model.schema);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + name.hashCode();
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
