package dev.insitu.model;

/**
 * A name of a model's version that can be moved to another.
 *
 * @param name as the database folds identifiers
 * @param version the number of the version that it names now
 */
public record ModelAlias(String name, int version) {
  /** Returns name and version: {@code CHAMPION=3}. */
  @Override
  public String toString() {
    return name + "=" + version;
  }
}
