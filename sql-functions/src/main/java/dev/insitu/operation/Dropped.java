package dev.insitu.operation;

import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a model is to be dropped.
 *
 * @param model the model
 * @param selectors what leads to it: a version and the aliases that go with it, or one alias;
 *     empty: the whole model
 */
record Dropped(ModelName model, Optional<Set<Selector>> selectors) {
  static Dropped whole(ModelName model) {
    return new Dropped(model, Optional.empty());
  }

  static Dropped part(ModelName model, Set<Selector> selectors) {
    return new Dropped(model, Optional.of(selectors));
  }

  boolean isWhole() {
    return selectors.isEmpty();
  }

  /** Returns the aliases, if a version or an alias is dropped. */
  List<String> aliases() {
    return selectors.orElse(Set.of()).stream()
        .filter(Selector.Alias.class::isInstance)
        .map(selector -> ((Selector.Alias) selector).name())
        .sorted()
        .toList();
  }

  /** Returns the version, if one is dropped. */
  Optional<Integer> version() {
    return selectors.orElse(Set.of()).stream()
        .filter(Selector.Version.class::isInstance)
        .map(selector -> ((Selector.Version) selector).number())
        .findFirst();
  }

  /** Returns whether who selects so asks for something else, or nothing, afterwards. */
  boolean concerns(Selector selector) {
    return selectors.isEmpty() || selectors.get().contains(selector);
  }
}
