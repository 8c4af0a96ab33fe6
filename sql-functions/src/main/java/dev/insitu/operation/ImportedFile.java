package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.BatchReader;
import dev.insitu.function.Database;
import dev.insitu.function.InputQuery;
import dev.insitu.function.OptionValue;
import dev.insitu.imported.ImportSource;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.score.FeatureBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fetches the bytes of a graph from where a statement says. */
final class ImportedFile {
  private final Database database;

  ImportedFile(Database database) {
    this.database = database;
  }

  /**
   * Reads.
   *
   * @throws MlException FILE, NOT_AN_ONNX_MODEL, UNSUPPORTED_COLUMN_TYPE, ARGUMENT
   * @throws SQLException the database's own error, of the query
   */
  ImportSource read(ImportRequest request) throws SQLException {
    ImportRequest.Source source = request.source();
    Optional<ImportSource.Tokenizer> tokenizer = tokenizer(request);
    if (source instanceof ImportRequest.File file) {
      return new ImportSource(
          "\"" + file.path() + "\"", source.clause(), bytes(file.path()), tokenizer);
    } else if (source instanceof ImportRequest.Query query) {
      List<byte[]> values = values(query);
      if (values.size() > 1) {
        if (tokenizer.isPresent()) {
          throw MlException.of(
              ErrorCode.ARGUMENT, "tokenizer", "the query has one in its second column already");
        }
        tokenizer =
            Optional.of(new ImportSource.Tokenizer("the query's second value", values.get(1)));
      }
      return new ImportSource("the value of the query", source.clause(), values.get(0), tokenizer);
    }
    ImportRequest.Content content = (ImportRequest.Content) source;
    return new ImportSource("the given content", source.clause(), content.bytes(), tokenizer);
  }

  /** The option's file, where the process runs or else beside the model's. */
  private static Optional<ImportSource.Tokenizer> tokenizer(ImportRequest request) {
    OptionValue value = request.options().get("tokenizer");
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof OptionValue.Text text)) {
      throw MlException.of(ErrorCode.OPTION_VALUE, "tokenizer", "a file", value.toSql());
    }
    Path path;
    try {
      path = Path.of(text.value());
    } catch (InvalidPathException e) {
      throw MlException.of(ErrorCode.FILE, "read", text.value(), e.getReason()).withCause(e);
    }
    if (!Files.exists(path) && request.source() instanceof ImportRequest.File file) {
      Path beside = file.path().resolveSibling(path);
      path = Files.exists(beside) ? beside : path;
    }
    return Optional.of(new ImportSource.Tokenizer("\"" + path + "\"", bytes(path)));
  }

  private static byte[] bytes(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        MlException error =
            MlException.of(
                ErrorCode.FILE,
                "read",
                path,
                Files.isDirectory(path) ? "it is a folder" : "it does not exist");
        throw similar(path)
            .map(name -> error.withHint("Did you mean \"" + name + "\"?"))
            .orElse(error);
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

  /** The file in the same folder whose name is most like the one that is not there. */
  private static Optional<String> similar(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList();
      return NearestName.of(path.getFileName().toString(), names)
          .map(name -> path.resolveSibling(name).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<byte[]> values(ImportRequest.Query source) throws SQLException {
    InputQuery query = database.prepare(source.query());
    List<ColumnSpec> columns = query.columns();
    if (columns.isEmpty() || columns.size() > 2) {
      throw notOneValue("it has " + columns.size() + " columns");
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnSpec column = columns.get(i);
      boolean text = i == 1 && column.type().form() == ColumnType.Form.TEXT;
      if (column.type() != ColumnType.BINARY && !text) {
        throw notOneValue("column \"" + column.name() + "\" is " + column.sqlType());
      }
    }
    List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
    try (BatchReader reader = query.open(source.parameters(), all, columns)) {
      FeatureBatch batch = new FeatureBatch(new ModelSignature(columns, columns), 2);
      int rows = reader.read(batch);
      if (rows != 1) {
        throw notOneValue(rows == 0 ? "it returned no row" : "it returned more than one row");
      }
      List<byte[]> values = new ArrayList<>();
      for (int column : all) {
        String text = batch.isText(column) ? batch.texts(column)[0] : null;
        byte[] bytes =
            batch.isText(column)
                ? text == null ? null : text.getBytes(StandardCharsets.UTF_8)
                : batch.bytes(column)[0];
        if (bytes == null) {
          throw notOneValue("its value is NULL");
        }
        values.add(bytes);
      }
      return values;
    }
  }

  private static MlException notOneValue(String found) {
    return MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, "the value of the query", found)
        .withHint(
            "The query must return one row with one BLOB or VARBINARY, and a tokenizer.json as a"
                + " second column if the model needs one.");
  }
}
