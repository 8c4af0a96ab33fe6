package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.store.ModelStore.Existing;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes a new version. The model's row in STORED_MODELS comes first: whoever inserts or updates it
 * holds the model until his transaction ends. Confined to one thread.
 */
final class Publication {
  private final StoreDatabase database;
  private final Clock clock;

  Publication(StoreDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Place(long modelId, int number) {}

  ModelVersion publish(ModelName name, TrainedModel model, long run, Existing existing) {
    return new AtomicWork(database.session())
        .run(
            name,
            ErrorCode.CONCURRENT_CREATE,
            () ->
                database.onUser(
                    "write",
                    handle -> {
                      Place place = claim(handle, name, existing);
                      long id = next(handle, "VERSION_IDS");
                      ModelVersion version =
                          new ModelVersion(id, name, place.number(), model, clock.instant());
                      VersionRows.insert(handle, version, place.modelId(), run);
                      return version;
                    }));
  }

  private static Place claim(Handle handle, ModelName name, Existing existing) {
    Optional<Long> model = ModelRows.find(handle, name);
    if (model.isEmpty()) {
      int number = ModelRows.lastDropped(handle, name) + 1;
      long id = next(handle, "MODEL_IDS");
      ModelRows.insert(handle, id, name, number);
      return new Place(id, number);
    }
    if (existing == Existing.REFUSE) {
      throw concurrent(name);
    }
    long id = model.get();
    if (!ModelRows.advance(handle, id)) {
      // It was there a moment ago: another session has dropped it.
      throw concurrent(name);
    }
    return new Place(id, ModelRows.lastVersion(handle, id));
  }

  private static MlException concurrent(ModelName name) {
    return MlException.of(ErrorCode.CONCURRENT_CREATE, name)
        .withHint(
            "Run the statement again, as CREATE OR REPLACE MODEL if a new version is wanted.");
  }

  private static long next(Handle handle, String sequence) {
    return handle.createQuery("SELECT NEXT VALUE FOR INSITU." + sequence).mapTo(Long.class).one();
  }
}
