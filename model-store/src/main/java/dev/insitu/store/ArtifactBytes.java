package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Artifact;
import dev.insitu.model.ModelName;
import dev.insitu.store.VersionRows.Head;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * The bytes of an artifact, one BLOB. Rows of VARBINARY would do with less machinery, but H2
 * 2.5.252 damages its file when many rows of 64 KiB and more are written in one transaction
 * (DECISIONS.md).
 */
final class ArtifactBytes {
  private ArtifactBytes() {}

  static void insert(Handle handle, long version, Artifact artifact) {
    byte[] bytes = artifact.bytes();
    Argument stream =
        (position, statement, context) ->
            statement.setBinaryStream(position, new ByteArrayInputStream(bytes), bytes.length);
    handle
        .createUpdate(
            "INSERT INTO INSITU.STORED_ARTIFACTS (VERSION_ID, ARTIFACT) VALUES (:id, :bytes)")
        .bind("id", version)
        .bind("bytes", stream)
        .execute();
  }

  /**
   * Reads an artifact.
   *
   * @throws MlException STORE_DAMAGED if there is none, ARTIFACT_CORRUPT if its hash is another
   */
  static Artifact read(Connection connection, ModelName name, long id, Head head)
      throws SQLException {
    byte[] bytes =
        StoredRows.read(
                connection,
                "SELECT ARTIFACT FROM INSITU.STORED_ARTIFACTS WHERE VERSION_ID = ?",
                row -> row.getBytes(1),
                id)
            .stream()
            .findFirst()
            .orElseThrow(
                () ->
                    MlException.of(
                            ErrorCode.STORE_DAMAGED,
                            String.format(
                                Locale.ROOT,
                                "model \"%s\" version %d lacks its row in STORED_ARTIFACTS",
                                name,
                                head.number()))
                        .withHint(VersionRows.RESTORE));
    Artifact artifact = Artifact.of(head.format(), bytes);
    if (!artifact.sha256().equals(head.sha256())) {
      throw MlException.of(
              ErrorCode.ARTIFACT_CORRUPT, name, head.number(), head.sha256(), artifact.sha256())
          .withHint(VersionRows.RESTORE);
    }
    return artifact;
  }

  static void delete(Handle handle, long version) {
    handle
        .createUpdate("DELETE FROM INSITU.STORED_ARTIFACTS WHERE VERSION_ID = :id")
        .bind("id", version)
        .execute();
  }
}
