package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.BatchReader;
import dev.insitu.function.Database;
import dev.insitu.function.InputQuery;
import dev.insitu.imported.ImportSource;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.score.FeatureBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Fetches the bytes of a graph from where a statement says. */
final class ImportedFile {
  private final Database database;

  ImportedFile(Database database) {
    this.database = database;
  }

  /**
   * Reads.
   *
   * @throws MlException FILE, NOT_AN_ONNX_MODEL, UNSUPPORTED_COLUMN_TYPE
   * @throws SQLException the database's own error, of the query
   */
  ImportSource read(ImportRequest.Source source) throws SQLException {
    if (source instanceof ImportRequest.File file) {
      return new ImportSource("\"" + file.path() + "\"", source.clause(), bytes(file.path()));
    } else if (source instanceof ImportRequest.Query query) {
      return new ImportSource("the value of the query", source.clause(), bytes(query));
    }
    ImportRequest.Content content = (ImportRequest.Content) source;
    return new ImportSource("the given content", source.clause(), content.bytes());
  }

  private static byte[] bytes(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw MlException.of(
            ErrorCode.FILE,
            "read",
            path,
            Files.isDirectory(path) ? "it is a folder" : "it does not exist");
      }
      try (InputStream stream = Files.newInputStream(path)) {
        byte[] bytes = stream.readNBytes(ImportRequest.MOST_BYTES);
        if (stream.read() >= 0) {
          throw MlException.of(ErrorCode.FILE, "read", path, "it has more than 2 GiB");
        }
        return bytes;
      }
    } catch (IOException e) {
      throw MlException.of(ErrorCode.FILE, "read", path, e.toString()).withCause(e);
    } catch (OutOfMemoryError e) {
      throw MlException.of(ErrorCode.FILE, "read", path, "it does not fit into the heap")
          .withHint("Start Java with a larger -Xmx.")
          .withCause(e);
    }
  }

  private byte[] bytes(ImportRequest.Query source) throws SQLException {
    InputQuery query = database.prepare(source.query());
    List<ColumnSpec> columns = query.columns();
    if (columns.size() != 1) {
      throw notOneValue("it has " + columns.size() + " columns");
    }
    ColumnSpec column = columns.get(0);
    if (column.type() != ColumnType.BINARY) {
      throw notOneValue("column \"" + column.name() + "\" is " + column.sqlType());
    }
    try (BatchReader reader = query.open(source.parameters(), List.of(0), columns)) {
      FeatureBatch batch = new FeatureBatch(new ModelSignature(columns, columns), 2);
      int rows = reader.read(batch);
      if (rows != 1) {
        throw notOneValue(rows == 0 ? "it returned no row" : "it returned more than one row");
      }
      byte[] bytes = batch.bytes(0)[0];
      if (bytes == null) {
        throw notOneValue("its value is NULL");
      }
      return bytes;
    }
  }

  private static MlException notOneValue(String found) {
    return MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, "the value of the query", found)
        .withHint("The query must return one row with one BLOB or VARBINARY.");
  }
}
