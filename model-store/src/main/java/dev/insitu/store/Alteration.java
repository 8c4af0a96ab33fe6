package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Changes which version a name leads to. The model's row is locked first, as for a new version and
 * for a drop: so no alias names a version that another session drops meanwhile. Confined to one
 * thread.
 */
final class Alteration {
  private final StoreDatabase database;
  private final Clock clock;

  Alteration(StoreDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Returns whether the name leads elsewhere than before. */
  boolean alter(ModelName name, ModelChange change) {
    return new AtomicWork(database.session())
        .run(
            name,
            ErrorCode.CONCURRENT_CHANGE,
            () -> database.onUser("write", handle -> alter(handle, name, change)));
  }

  private boolean alter(Handle handle, ModelName name, ModelChange change) {
    long model =
        ModelRows.find(handle, name)
            .filter(id -> ModelRows.lock(handle, id))
            .orElseThrow(() -> MlException.of(ErrorCode.MODEL_NOT_FOUND, name));
    if (change instanceof ModelChange.SetAlias set) {
      return setAlias(handle, name, model, set);
    } else if (change instanceof ModelChange.DropAlias drop) {
      return dropAlias(handle, name, model, drop);
    }
    int version = ((ModelChange.SetDefault) change).version();
    requireVersion(handle, name, model, version);
    boolean moves = ModelRows.defaultVersion(handle, model) != version;
    ModelRows.setDefault(handle, model, version);
    return moves;
  }

  private boolean setAlias(Handle handle, ModelName name, long model, ModelChange.SetAlias set) {
    requireVersion(handle, name, model, set.version());
    OptionalInt before = AliasRows.version(handle, model, set.alias());
    if (before.isPresent() && before.getAsInt() == set.version()) {
      return false;
    }
    AliasRows.set(
        handle, model, set.alias(), set.version(), clock.instant(), database.session().userName());
    StoredColumns.moved(handle, name, set.alias(), set.version());
    return true;
  }

  private static boolean dropAlias(
      Handle handle, ModelName name, long model, ModelChange.DropAlias drop) {
    if (AliasRows.version(handle, model, drop.alias()).isEmpty()) {
      if (drop.ifExists()) {
        return false;
      }
      throw notFound(name, drop.alias(), AliasRows.of(handle, name));
    }
    AliasRows.delete(handle, model, drop.alias());
    return true;
  }

  private static void requireVersion(Handle handle, ModelName name, long model, int version) {
    if (VersionRows.lock(handle, model, version)) {
      return;
    }
    List<Integer> versions = VersionRows.numbers(handle, name);
    throw versions.contains(version)
        ? AtomicWork.concurrent(ErrorCode.CONCURRENT_CHANGE, name)
        : notFound(name, version, versions);
  }

  /** Returns the error of a version that a model does not have. */
  static MlException notFound(ModelName name, int version, List<Integer> versions) {
    String has = versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return MlException.of(ErrorCode.VERSION_NOT_FOUND, name, version, has);
  }

  /** Returns the error of an alias that a model does not have. */
  static MlException notFound(ModelName name, String alias, List<ModelAlias> aliases) {
    MlException error = MlException.of(ErrorCode.ALIAS_NOT_FOUND, name, alias);
    if (aliases.isEmpty()) {
      return error.withHint(
          "It has none: ALTER MODEL … SET ALIAS, or INSITU.SET_ALIAS, makes one.");
    }
    List<String> names = aliases.stream().map(ModelAlias::name).toList();
    return error.withHint(
        NearestName.of(alias, names)
            .map(near -> "Did you mean \"" + near + "\"?")
            .orElse(String.format(Locale.ROOT, "It has %s.", String.join(", ", names))));
  }
}
