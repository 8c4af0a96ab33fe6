package dev.insitu.model;

import java.util.Optional;

/**
 * A model as a statement names it, before it is looked up.
 *
 * @param schema the schema, or empty for the current one
 * @param name the name, folded as the database folds identifiers
 * @param selector which version
 */
public record ModelReference(Optional<String> schema, String name, Selector selector) {
  /** Which version of a model is meant. */
  public sealed interface Selector {
    /** The default version. */
    record Default() implements Selector {}

    /** {@code VERSION n}, {@code 'm@n'}. */
    record Version(int number) implements Selector {}

    /** {@code ALIAS a}, {@code 'm@a'}. */
    record Alias(String name) implements Selector {}
  }

  /** Returns the reference as a user would write it. */
  @Override
  public String toString() {
    String path = schema.map(s -> s + "." + name).orElse(name);
    if (selector instanceof Selector.Version version) {
      return path + "@" + version.number();
    } else if (selector instanceof Selector.Alias alias) {
      return path + "@" + alias.name();
    } else {
      return path;
    }
  }
}
