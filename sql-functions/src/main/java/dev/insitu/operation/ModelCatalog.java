package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.Database;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelSummary;
import dev.insitu.model.ModelVersion;
import dev.insitu.store.ModelStore;
import java.util.List;
import java.util.Optional;

/**
 * Finds models by name as the database finds a table: in the schema that is named, else along the
 * search path. Confined to the thread of the caller's session.
 */
public final class ModelCatalog {
  private final Database database;
  private final ModelStore store;

  /** Makes a catalogue over a store. */
  public ModelCatalog(Database database, ModelStore store) {
    this.database = database;
    this.store = store;
  }

  /**
   * Returns the version that a statement names.
   *
   * @throws MlException MODEL_NOT_FOUND with the nearest name, VERSION_NOT_FOUND, ALIAS_NOT_FOUND,
   *     SCHEMA_NOT_FOUND if the model has survived its schema
   */
  public ModelVersion find(ModelReference reference) {
    for (ModelName name : candidates(reference)) {
      Optional<ModelVersion> found = store.find(name, reference.selector());
      if (found.isPresent() && !database.schemaExists(name.schema())) {
        throw MlException.of(ErrorCode.SCHEMA_NOT_FOUND, name.schema()).withHint(survivor(name));
      } else if (found.isPresent()) {
        return found.get();
      }
    }
    throw notFound(reference);
  }

  /**
   * Returns the key of the version that a statement names, without reading it; empty if it is gone.
   */
  public Optional<Long> findId(ModelReference reference) {
    for (ModelName name : candidates(reference)) {
      Optional<Long> id = store.findId(name, reference.selector());
      if (id.isPresent()) {
        return id;
      }
    }
    return Optional.empty();
  }

  /** Returns the name of an existing model. */
  public ModelName existing(ModelReference reference) {
    return lookUp(reference).orElseThrow(() -> notFound(reference));
  }

  /** Returns the name of a model if it exists. */
  public Optional<ModelName> lookUp(ModelReference reference) {
    return candidates(reference).stream()
        .filter(name -> !store.versions(name).isEmpty())
        .findFirst();
  }

  /**
   * Returns the key of a model to be made: in the schema that is named, else in the current one.
   *
   * @throws MlException SCHEMA_NOT_FOUND
   */
  public ModelName target(ModelReference reference) {
    String schema = reference.schema().orElseGet(database::currentSchema);
    if (!database.schemaExists(schema)) {
      throw MlException.of(ErrorCode.SCHEMA_NOT_FOUND, schema)
          .withHint("Create it with CREATE SCHEMA, or name the model without a schema.");
    }
    return new ModelName(schema, reference.name());
  }

  private List<ModelName> candidates(ModelReference reference) {
    List<String> schemas = reference.schema().map(List::of).orElseGet(database::searchPath);
    return schemas.stream().map(schema -> new ModelName(schema, reference.name())).toList();
  }

  private MlException notFound(ModelReference reference) {
    String wanted = reference.schema().map(schema -> schema + ".").orElse("") + reference.name();
    MlException error = MlException.of(ErrorCode.MODEL_NOT_FOUND, wanted);
    List<ModelSummary> models = store.list();
    if (models.isEmpty()) {
      return error.withHint("There is no model yet: CREATE MODEL makes one.");
    }
    List<String> names =
        models.stream()
            .map(model -> visible(model.name()) ? model.name().name() : model.name().toString())
            .toList();
    Optional<ModelName> survivor =
        models.stream()
            .map(ModelSummary::name)
            .filter(name -> name.name().equals(reference.name()))
            .filter(name -> !database.schemaExists(name.schema()))
            .findFirst();
    if (survivor.isPresent()) {
      return error.withHint(survivor(survivor.get()));
    }
    Optional<String> nearest = NearestName.of(reference.name(), names);
    return error.withHint(
        nearest
            .map(name -> "Did you mean \"" + name + "\"?")
            .orElse("SHOW MODELS lists the models that there are."));
  }

  private static String survivor(ModelName name) {
    return "Schema \""
        + name.schema()
        + "\" of model \""
        + name
        + "\" was dropped or renamed: CREATE SCHEMA brings the model back, DROP MODEL removes it.";
  }

  private boolean visible(ModelName name) {
    return database.searchPath().contains(name.schema());
  }
}
