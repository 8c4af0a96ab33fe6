package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelName;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/**
 * Drops versions, leaving tombstones; with its last version a model goes. Confined to one thread.
 */
final class Removal {
  private final StoreDatabase database;
  private final Clock clock;

  Removal(StoreDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Stored(long id, int number) {}

  int drop(ModelName name, OptionalInt version, boolean cascade) {
    return new AtomicWork(database.session())
        .run(
            name,
            ErrorCode.CONCURRENT_CHANGE,
            () -> database.onUser("write", handle -> drop(handle, name, version, cascade)));
  }

  private int drop(Handle handle, ModelName name, OptionalInt version, boolean cascade) {
    Optional<Long> model = ModelRows.find(handle, name);
    if (model.isEmpty()) {
      return 0;
    }
    long id = model.get();
    if (!ModelRows.lock(handle, id)) {
      return 0;
    }
    List<Stored> all =
        handle
            .createQuery(
                """
                SELECT ID, VERSION_NUMBER FROM INSITU.STORED_VERSIONS
                WHERE MODEL_ID = :model ORDER BY VERSION_NUMBER""")
            .bind("model", id)
            .map((row, context) -> new Stored(row.getLong(1), row.getInt(2)))
            .list();
    List<Stored> dropped = all;
    if (version.isPresent()) {
      dropped = all.stream().filter(v -> v.number() == version.getAsInt()).toList();
      if (dropped.isEmpty()) {
        throw Alteration.notFound(
            name, version.getAsInt(), all.stream().map(Stored::number).toList());
      }
      dropAliases(handle, name, id, version.getAsInt(), cascade);
    }
    for (Stored stored : dropped) {
      bury(handle, name, stored.id());
    }
    if (dropped.size() == all.size()) {
      ModelRows.delete(handle, id);
    } else {
      ModelRows.defaultToNewest(handle, id);
    }
    return dropped.size();
  }

  /** The model's row is locked: what is committed of its aliases stays as it is meanwhile. */
  private void dropAliases(
      Handle handle, ModelName name, long model, int version, boolean cascade) {
    List<String> aliases = AliasRows.namesOf(handle, model, version);
    List<String> committed =
        database.onControl("read", control -> AliasRows.namesOf(control, model, version));
    for (String alias : committed) {
      if (!aliases.contains(alias)) {
        AliasRows.requireLeft(handle, model, alias, version);
      }
    }
    if (!aliases.isEmpty() && !cascade) {
      throw MlException.of(
              ErrorCode.IN_USE,
              "model \"" + name + "\" version " + version,
              (aliases.size() == 1 ? "alias " : "aliases ") + String.join(", ", aliases))
          .withHint(
              "ALTER MODEL … SET ALIAS moves an alias, DROP MODEL … CASCADE drops it with the"
                  + " version.");
    }
    aliases.forEach(alias -> AliasRows.delete(handle, model, alias));
  }

  private void bury(Handle handle, ModelName name, long version) {
    handle
        .createUpdate(
            """
            INSERT INTO INSITU.STORED_TOMBSTONES (
              VERSION_ID, SCHEMA_NAME, MODEL_NAME, VERSION_NUMBER, MODEL_TYPE, ARTIFACT_SHA256,
              RUN_ID, CREATED_AT, DROPPED_AT, DROPPED_BY)
            SELECT V.ID, CAST(:schema AS VARCHAR), CAST(:name AS VARCHAR), V.VERSION_NUMBER,
              V.MODEL_TYPE, V.ARTIFACT_SHA256, V.RUN_ID, V.CREATED_AT,
              CAST(:now AS TIMESTAMP(9) WITH TIME ZONE), CAST(:user AS VARCHAR)
            FROM INSITU.STORED_VERSIONS V WHERE V.ID = :id""")
        .bind("schema", name.schema())
        .bind("name", name.name())
        .bind("now", VersionRows.instant(clock.instant()))
        .bind("user", database.session().userName())
        .bind("id", version)
        .execute();
    Details.ALL.forEach(table -> table.delete(handle, version));
    ArtifactBytes.delete(handle, version);
    Attachments.delete(handle, version);
    handle
        .createUpdate("DELETE FROM INSITU.STORED_VERSIONS WHERE ID = :id")
        .bind("id", version)
        .execute();
  }
}
