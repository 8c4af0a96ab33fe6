package dev.insitu.jdbc;

import dev.insitu.model.ModelReference;
import dev.insitu.operation.ModelCatalog;
import java.util.Optional;

/**
 * A model as a statement names it and the version that was found under the name.
 *
 * @param catalog where it was found
 * @param reference the name
 * @param id the version's key, empty if there was none
 */
record UsedModel(ModelCatalog catalog, ModelReference reference, Optional<Long> id) {
  static UsedModel of(ModelCatalog catalog, ModelReference reference) {
    return new UsedModel(catalog, reference, catalog.findId(reference));
  }

  /** Returns whether the name still leads to the same version. */
  boolean isCurrent() {
    return id.equals(catalog.findId(reference));
  }
}
