package dev.insitu.store;

import dev.insitu.model.ModelName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of STORED_MODELS: one per model, and the lock of its writers. */
final class ModelRows {
  private ModelRows() {}

  static Optional<Long> find(Handle handle, ModelName name) {
    return handle
        .createQuery(
            """
            SELECT ID FROM INSITU.STORED_MODELS
            WHERE SCHEMA_NAME = :schema AND MODEL_NAME = :name""")
        .bind("schema", name.schema())
        .bind("name", name.name())
        .mapTo(Long.class)
        .findOne();
  }

  /** Returns the greatest number among the dropped versions of a name, 0 without any. */
  static int lastDropped(Handle handle, ModelName name) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(MAX(VERSION_NUMBER), 0) FROM INSITU.STORED_TOMBSTONES
            WHERE SCHEMA_NAME = :schema AND MODEL_NAME = :name""")
        .bind("schema", name.schema())
        .bind("name", name.name())
        .mapTo(Integer.class)
        .one();
  }

  static void insert(Handle handle, long id, ModelName name, int number) {
    handle
        .createUpdate(
            """
            INSERT INTO INSITU.STORED_MODELS (
              ID, SCHEMA_NAME, MODEL_NAME, DEFAULT_VERSION, LAST_VERSION)
            VALUES (:id, :schema, :name, :number, :number)""")
        .bind("id", id)
        .bind("schema", name.schema())
        .bind("name", name.name())
        .bind("number", number)
        .execute();
  }

  /** Counts one version more and makes it the default; false if the model is gone. */
  static boolean advance(Handle handle, long id) {
    int updated =
        handle
            .createUpdate(
                """
                UPDATE INSITU.STORED_MODELS
                SET LAST_VERSION = LAST_VERSION + 1, DEFAULT_VERSION = LAST_VERSION + 1
                WHERE ID = :id""")
            .bind("id", id)
            .execute();
    return updated == 1;
  }

  /** Locks a model's row; false if it is gone. */
  static boolean lock(Handle handle, long id) {
    int updated =
        handle
            .createUpdate(
                "UPDATE INSITU.STORED_MODELS SET LAST_VERSION = LAST_VERSION WHERE ID = :id")
            .bind("id", id)
            .execute();
    return updated == 1;
  }

  static int lastVersion(Handle handle, long id) {
    return handle
        .createQuery("SELECT LAST_VERSION FROM INSITU.STORED_MODELS WHERE ID = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  static int defaultVersion(Handle handle, long id) {
    return handle
        .createQuery("SELECT DEFAULT_VERSION FROM INSITU.STORED_MODELS WHERE ID = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  static void setDefault(Handle handle, long id, int version) {
    handle
        .createUpdate("UPDATE INSITU.STORED_MODELS SET DEFAULT_VERSION = :version WHERE ID = :id")
        .bind("version", version)
        .bind("id", id)
        .execute();
  }

  /** Makes the greatest version that is left the default. */
  static void defaultToNewest(Handle handle, long id) {
    handle
        .createUpdate(
            """
            UPDATE INSITU.STORED_MODELS
            SET DEFAULT_VERSION = (SELECT MAX(V.VERSION_NUMBER) FROM INSITU.STORED_VERSIONS V
                                   WHERE V.MODEL_ID = :id)
            WHERE ID = :id
              AND NOT EXISTS (SELECT 1 FROM INSITU.STORED_VERSIONS V
                              WHERE V.MODEL_ID = :id AND V.VERSION_NUMBER = DEFAULT_VERSION)""")
        .bind("id", id)
        .execute();
  }

  static void delete(Handle handle, long id) {
    AliasRows.deleteAll(handle, id);
    handle.createUpdate("DELETE FROM INSITU.STORED_MODELS WHERE ID = :id").bind("id", id).execute();
  }
}
