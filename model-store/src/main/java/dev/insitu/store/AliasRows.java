package dev.insitu.store;

import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The rows of STORED_ALIASES. Who writes one has locked the model's row. */
final class AliasRows {
  private AliasRows() {}

  /** Returns the aliases of a model, by name. */
  static List<ModelAlias> of(Handle handle, ModelName name) {
    return handle
        .createQuery(
            """
            SELECT A.ALIAS_NAME, A.VERSION_NUMBER
            FROM INSITU.STORED_MODELS M JOIN INSITU.STORED_ALIASES A ON A.MODEL_ID = M.ID
            WHERE M.SCHEMA_NAME = :schema AND M.MODEL_NAME = :name
            ORDER BY A.ALIAS_NAME""")
        .bind("schema", name.schema())
        .bind("name", name.name())
        .map((row, context) -> new ModelAlias(row.getString(1), row.getInt(2)))
        .list();
  }

  /** Returns the aliases of all models, by name. */
  static Map<ModelName, List<ModelAlias>> all(Handle handle) {
    Map<ModelName, List<ModelAlias>> aliases = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT M.SCHEMA_NAME, M.MODEL_NAME, A.ALIAS_NAME, A.VERSION_NUMBER
            FROM INSITU.STORED_MODELS M JOIN INSITU.STORED_ALIASES A ON A.MODEL_ID = M.ID
            ORDER BY A.ALIAS_NAME""")
        .map(
            (row, context) ->
                Map.entry(
                    new ModelName(row.getString(1), row.getString(2)),
                    new ModelAlias(row.getString(3), row.getInt(4))))
        .forEach(
            entry ->
                aliases
                    .computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                    .add(entry.getValue()));
    return aliases;
  }

  /** Returns the version that an alias names. */
  static OptionalInt version(Handle handle, long model, String alias) {
    return handle
        .createQuery(
            """
            SELECT VERSION_NUMBER FROM INSITU.STORED_ALIASES
            WHERE MODEL_ID = :model AND ALIAS_NAME = :alias""")
        .bind("model", model)
        .bind("alias", alias)
        .mapTo(Integer.class)
        .findOne()
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /** Returns the names of a version. */
  static List<String> namesOf(Handle handle, long model, int version) {
    return handle
        .createQuery(
            """
            SELECT ALIAS_NAME FROM INSITU.STORED_ALIASES
            WHERE MODEL_ID = :model AND VERSION_NUMBER = :version ORDER BY ALIAS_NAME""")
        .bind("model", model)
        .bind("version", version)
        .mapTo(String.class)
        .list();
  }

  /** Makes an alias, or moves it. */
  static void set(Handle handle, long model, String alias, int version, Instant now, String user) {
    Update moved =
        handle.createUpdate(
            """
            UPDATE INSITU.STORED_ALIASES
            SET VERSION_NUMBER = :version, SET_AT = :now, SET_BY = :user
            WHERE MODEL_ID = :model AND ALIAS_NAME = :alias""");
    if (bound(moved, model, alias, version, now, user).execute() == 0) {
      insert(handle, model, alias, version, now, user);
    }
  }

  private static void insert(
      Handle handle, long model, String alias, int version, Instant now, String user) {
    Update made =
        handle.createUpdate(
            """
            INSERT INTO INSITU.STORED_ALIASES (
              MODEL_ID, ALIAS_NAME, VERSION_NUMBER, SET_AT, SET_BY)
            VALUES (:model, :alias, :version, :now, :user)""");
    bound(made, model, alias, version, now, user).execute();
  }

  private static Update bound(
      Update update, long model, String alias, int version, Instant now, String user) {
    return update
        .bind("model", model)
        .bind("alias", alias)
        .bind("version", version)
        .bind("now", VersionRows.instant(now))
        .bind("user", user);
  }

  /**
   * Does nothing if this transaction itself has moved or dropped an alias that names a version for
   * everybody else. If it reads an older snapshot, in which the alias did not name it yet, that is
   * the database's own error of a duplicate key: what others have committed counts for that.
   */
  static void requireLeft(Handle handle, long model, String alias, int version) {
    int moved =
        handle
            .createUpdate(
                """
                UPDATE INSITU.STORED_ALIASES SET SET_BY = SET_BY
                WHERE MODEL_ID = :model AND ALIAS_NAME = :alias AND VERSION_NUMBER <> :version""")
            .bind("model", model)
            .bind("alias", alias)
            .bind("version", version)
            .execute();
    if (moved == 0) {
      insert(handle, model, alias, version, Instant.EPOCH, "");
      delete(handle, model, alias);
    }
  }

  static void delete(Handle handle, long model, String alias) {
    handle
        .createUpdate(
            "DELETE FROM INSITU.STORED_ALIASES WHERE MODEL_ID = :model AND ALIAS_NAME = :alias")
        .bind("model", model)
        .bind("alias", alias)
        .execute();
  }

  /** Deletes all aliases of a model. */
  static void deleteAll(Handle handle, long model) {
    handle
        .createUpdate("DELETE FROM INSITU.STORED_ALIASES WHERE MODEL_ID = :model")
        .bind("model", model)
        .execute();
  }
}
