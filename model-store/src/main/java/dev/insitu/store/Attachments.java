package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Attachment;
import dev.insitu.model.ModelName;
import dev.insitu.store.VersionRows.Head;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** What a version needs besides its artifact, a BLOB each. */
final class Attachments {
  private Attachments() {}

  static void insert(Handle handle, long version, List<Attachment> attachments) {
    for (Attachment attachment : attachments) {
      byte[] bytes = attachment.bytes();
      Argument stream =
          (position, statement, context) ->
              statement.setBinaryStream(position, new ByteArrayInputStream(bytes), bytes.length);
      handle
          .createUpdate(
              "INSERT INTO INSITU.STORED_ATTACHMENTS (VERSION_ID, ATTACHMENT_NAME,"
                  + " CONTENT_SHA256, CONTENT) VALUES (:id, :name, :sha256, :bytes)")
          .bind("id", version)
          .bind("name", attachment.name())
          .bind("sha256", attachment.sha256())
          .bind("bytes", stream)
          .execute();
    }
  }

  /**
   * Reads the attachments of a version, by name.
   *
   * @throws MlException ARTIFACT_CORRUPT if the hash of one is another
   */
  static List<Attachment> read(Connection connection, ModelName name, long id, Head head)
      throws SQLException {
    return StoredRows.read(
        connection,
        "SELECT ATTACHMENT_NAME, CONTENT, CONTENT_SHA256 FROM INSITU.STORED_ATTACHMENTS"
            + " WHERE VERSION_ID = ? ORDER BY ATTACHMENT_NAME",
        row -> {
          Attachment attachment = Attachment.of(row.getString(1), row.getBytes(2));
          if (!attachment.sha256().equals(row.getString(3))) {
            throw MlException.of(
                    ErrorCode.ARTIFACT_CORRUPT,
                    name,
                    head.number(),
                    row.getString(3),
                    attachment.sha256())
                .withHint(VersionRows.RESTORE);
          }
          return attachment;
        },
        id);
  }

  static void delete(Handle handle, long version) {
    handle
        .createUpdate("DELETE FROM INSITU.STORED_ATTACHMENTS WHERE VERSION_ID = :id")
        .bind("id", version)
        .execute();
  }
}
