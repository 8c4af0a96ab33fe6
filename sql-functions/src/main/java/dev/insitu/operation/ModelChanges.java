package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.score.ScorerSource;
import dev.insitu.store.ModelStore;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What {@code DROP MODEL} and {@code ALTER MODEL} do, and what belongs to the model with it.
 * Confined to the thread of the caller's session.
 */
final class ModelChanges {
  private final Database database;
  private final ModelStore store;
  private final ModelCatalog catalog;
  private final ModelObjects objects;
  private final ScorerSource scorers;

  ModelChanges(
      Database database,
      ModelStore store,
      ModelCatalog catalog,
      ModelObjects objects,
      ScorerSource scorers) {
    this.database = database;
    this.store = store;
    this.catalog = catalog;
    this.objects = objects;
    this.scorers = scorers;
  }

  boolean drop(ModelReference reference, OptionalInt version, boolean ifExists, boolean cascade)
      throws SQLException {
    Optional<ModelName> name = catalog.lookUp(reference);
    if (name.isEmpty() && ifExists) {
      return false;
    }
    ModelName model = name.orElseGet(() -> catalog.existing(reference));
    if (version.isPresent() && !store.versions(model).contains(version.getAsInt())) {
      if (ifExists) {
        return false;
      }
      throw MlException.of(
          ErrorCode.VERSION_NOT_FOUND, model, version.getAsInt(), store.versions(model));
    }
    List<Long> dropped =
        (version.isPresent() ? List.of(version.getAsInt()) : store.versions(model))
            .stream()
                .flatMap(number -> store.findId(model, new Selector.Version(number)).stream())
                .toList();
    Dropped target = dropped(model, version, cascade);
    String text = ModelOutput.text(model, selector(version));
    Optional<Boolean> there = database.dropThere(text, cascade);
    if (there.isEmpty() && cascade) {
      ModelObjects.Belongings belongings = objects.belongings(target);
      database.dropping(
          () -> {
            objects.forget(belongings);
            return drop(model, version, true, target.isWhole());
          },
          belongings.functionNames(),
          belongings.triggerNames());
    } else if (there.isEmpty()) {
      objects.requireUnused(target);
      database.atomically(() -> drop(model, version, false, target.isWhole()));
    }
    dropped.forEach(scorers::dropped);
    return true;
  }

  /** The last version is the whole model; the aliases of another go with it if they may. */
  private Dropped dropped(ModelName model, OptionalInt version, boolean cascade) {
    if (version.isEmpty() || store.versions(model).size() == 1) {
      return Dropped.whole(model);
    }
    Set<Selector> selectors = new HashSet<>();
    selectors.add(selector(version));
    if (cascade) {
      store.aliases(model).stream()
          .filter(alias -> alias.version() == version.getAsInt())
          .forEach(alias -> selectors.add(new Selector.Alias(alias.name())));
    }
    return Dropped.part(model, selectors);
  }

  private static Selector selector(OptionalInt version) {
    return version.isPresent()
        ? new Selector.Version(version.getAsInt())
        : ModelText.DEFAULT_VERSION;
  }

  private int drop(ModelName model, OptionalInt version, boolean cascade, boolean whole)
      throws SQLException {
    int count = store.drop(model, version, cascade);
    if (!whole) {
      objects.switched(model, ModelText.DEFAULT_VERSION);
    }
    return count;
  }

  boolean alter(ModelReference reference, ModelChange change, boolean ifExists)
      throws SQLException {
    Optional<ModelName> name = catalog.lookUp(reference);
    if (name.isEmpty() && ifExists) {
      return false;
    }
    ModelName model = name.orElseGet(() -> catalog.existing(reference));
    store.prepareForWriting();
    if (!(change instanceof ModelChange.DropAlias drop)) {
      return database.atomically(
          () -> {
            boolean moved = store.alter(model, change);
            if (moved) {
              objects.switched(model, change.selector());
            }
            return moved;
          });
    }
    Optional<Boolean> there =
        database.dropAliasThere(
            ModelOutput.quoted(model), SqlName.quoted(drop.alias()), drop.ifExists());
    if (there.isPresent()) {
      return there.get();
    } else if (store.aliases(model).stream().anyMatch(a -> a.name().equals(drop.alias()))) {
      objects.requireUnused(Dropped.part(model, Set.of(drop.selector())));
    }
    return database.atomically(() -> store.alter(model, drop));
  }
}
