package dev.insitu.plain;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.h2.PlainSession;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.CreateRequest;
import dev.insitu.operation.ImportRequest;
import dev.insitu.train.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions that plain H2 calls, each made known by hand:
 *
 * <pre>{@code
 * CREATE ALIAS INSITU.IMPORT_MODEL FOR "dev.insitu.plain.Functions.importModel";
 * }</pre>
 *
 * <p>They work in the session that calls them, with its rights and in its transaction.
 */
public final class Functions {
  private static final String IMPORT_MODEL = "IMPORT_MODEL";

  private Functions() {}

  /**
   * {@code IMPORT_MODEL(name, model)}: {@link #importModel(Connection, String, Blob, String)} of a
   * model that needs no options.
   */
  public static String importModel(
      Connection connection, @Nullable String name, @Nullable Blob model) throws SQLException {
    return importModel(connection, name, model, null);
  }

  /**
   * {@code IMPORT_MODEL(name, model, options)}: brings in a graph that somebody else made; a model
   * of that name gets a further version.
   *
   * @param connection the caller's, from H2
   * @param name {@code [schema.]name}
   * @param model the ONNX file
   * @param options those of {@code CREATE MODEL … FROM}, as a JSON object; NULL for none
   * @return the version that was made: {@code PUBLIC.FRAUD@1}
   * @throws SQLException ours, with the codes of {@code CREATE MODEL … FROM}, or the database's
   */
  public static String importModel(
      Connection connection, @Nullable String name, @Nullable Blob model, @Nullable String options)
      throws SQLException {
    return Boundary.run(
        () -> {
          if (name == null || model == null) {
            throw MlException.of(
                ErrorCode.ARGUMENT,
                IMPORT_MODEL,
                (name == null ? "the name" : "the model") + " is NULL");
          }
          Map<String, OptionValue> given = JsonOptions.read(options);
          ModelText text = ModelText.parse(name);
          if (!text.selector().equals(ModelText.DEFAULT_VERSION)) {
            throw MlException.of(
                    ErrorCode.MODEL_NAME, "'" + name + "'", "a version gets its number by itself")
                .withHint("Write [schema.]name.");
          }
          PlainSession session = PlainSession.of(connection);
          ModelVersion version = bring(session, session.resolve(text), bytes(model), given);
          return version.name() + "@" + version.number();
        });
  }

  private static ModelVersion bring(
      PlainSession session,
      ModelReference reference,
      byte[] model,
      Map<String, OptionValue> options)
      throws SQLException {
    ImportRequest request =
        new ImportRequest(
            IMPORT_MODEL,
            reference,
            CreateRequest.Existing.ADD_VERSION,
            options,
            new ImportRequest.Content(model));
    return session
        .models()
        .bring(request, Progress.NONE)
        .orElseThrow(() -> new IllegalStateException("a further version is always made"));
  }

  private static byte[] bytes(Blob model) throws SQLException {
    try (InputStream stream = model.getBinaryStream()) {
      byte[] bytes = stream.readNBytes(ImportRequest.MOST_BYTES);
      if (stream.read() >= 0) {
        throw MlException.of(
            ErrorCode.NOT_AN_ONNX_MODEL, "the given content", "it has more than 2 GiB");
      }
      return bytes;
    } catch (IOException e) {
      throw MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, "the given content", e.toString())
          .withCause(e);
    }
  }
}
