package dev.insitu.plain;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.h2.PlainSession;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.CreateRequest;
import dev.insitu.operation.ImportRequest;
import dev.insitu.train.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Functions that bring models in, take them out, name their versions, and drop them. They work in
 * the session that calls them, with its rights and in its transaction.
 */
public final class Functions {
  private static final String IMPORT_MODEL = "IMPORT_MODEL";
  private static final String EXPORT_MODEL = "EXPORT_MODEL";
  private static final String DROP_MODEL = "DROP_MODEL";
  private static final String SET_ALIAS = "SET_ALIAS";
  private static final String DROP_ALIAS = "DROP_ALIAS";
  private static final String SET_DEFAULT_VERSION = "SET_DEFAULT_VERSION";

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
          ModelText text = text(IMPORT_MODEL, name);
          if (model == null) {
            throw isNull(IMPORT_MODEL, "the model");
          }
          Map<String, OptionValue> given = JsonOptions.read(options);
          if (!text.selector().equals(ModelText.DEFAULT_VERSION)) {
            throw MlException.of(
                    ErrorCode.MODEL_NAME, "'" + name + "'", "a version gets its number by itself")
                .withHint("Write [schema.]name.");
          }
          PlainSession session = PlainSession.of(connection);
          ImportRequest request =
              new ImportRequest(
                  IMPORT_MODEL,
                  session.resolve(text),
                  CreateRequest.Existing.ADD_VERSION,
                  given,
                  new ImportRequest.Content(bytes(model)));
          ModelVersion version =
              session
                  .models()
                  .bring(request, Progress.NONE)
                  .orElseThrow(() -> new IllegalStateException("a further version is always made"));
          return version.name() + "@" + version.number();
        });
  }

  /**
   * {@code EXPORT_MODEL(name)}: the ONNX file of a version.
   *
   * @param name {@code [schema.]name[@version]}
   */
  public static Blob exportModel(Connection connection, @Nullable String name) throws SQLException {
    return Boundary.run(
        () -> {
          ModelText text = text(EXPORT_MODEL, name);
          PlainSession session = PlainSession.of(connection);
          ModelVersion version = session.models().catalog().find(session.resolve(text));
          Blob blob = connection.createBlob();
          blob.setBytes(1, version.model().artifact().bytes());
          return blob;
        });
  }

  /**
   * {@code EXPORT_MODEL(name, file)}: writes the ONNX file of a version, and a tokenizer beside it,
   * on the machine that has the database open; administrators only.
   *
   * @return the file
   */
  public static String exportModel(
      Connection connection, @Nullable String name, @Nullable String file) throws SQLException {
    return Boundary.run(
        () -> {
          ModelText text = text(EXPORT_MODEL, name);
          if (file == null) {
            throw isNull(EXPORT_MODEL, "the file");
          }
          PlainSession session = PlainSession.of(connection);
          session.models().exportHere(session.resolve(text), path(file));
          return file;
        });
  }

  /**
   * {@code DROP_MODEL(name)}: drops a model, or one version of it.
   *
   * @param name {@code [schema.]name[@version]}
   * @return TRUE
   */
  public static Boolean dropModel(Connection connection, @Nullable String name)
      throws SQLException {
    return dropModel(connection, name, false, false);
  }

  /** {@code DROP_MODEL(name, if_exists)}. */
  public static Boolean dropModel(
      Connection connection, @Nullable String name, @Nullable Boolean ifExists)
      throws SQLException {
    return dropModel(connection, name, ifExists, false);
  }

  /**
   * {@code DROP_MODEL(name, if_exists, cascade)}.
   *
   * @param ifExists whether it is no error that there is no such model
   * @param cascade whether its functions, kept columns and schedule go with it, and the aliases of
   *     a version; commits
   * @return whether there was something to drop
   */
  public static Boolean dropModel(
      Connection connection,
      @Nullable String name,
      @Nullable Boolean ifExists,
      @Nullable Boolean cascade)
      throws SQLException {
    return Boundary.run(
        () -> {
          ModelText text = text(DROP_MODEL, name);
          PlainSession session = PlainSession.of(connection);
          return session
              .models()
              .drop(
                  session.resolve(text),
                  version(text),
                  Boolean.TRUE.equals(ifExists),
                  Boolean.TRUE.equals(cascade));
        });
  }

  /**
   * {@code SET_ALIAS(name, alias, version)}: makes a name of a version, or moves it to another.
   *
   * @param name {@code [schema.]name}
   * @return whether the alias named another version before, or none
   */
  public static Boolean setAlias(
      Connection connection,
      @Nullable String name,
      @Nullable String alias,
      @Nullable Integer version)
      throws SQLException {
    return Boundary.run(
        () -> {
          ModelText model = whole(SET_ALIAS, name);
          String written = alias(SET_ALIAS, alias);
          return alter(
              connection, model, new ModelChange.SetAlias(written, version(SET_ALIAS, version)));
        });
  }

  /** {@code DROP_ALIAS(name, alias)}: drops a name of a version that nothing asks. */
  public static Boolean dropAlias(
      Connection connection, @Nullable String name, @Nullable String alias) throws SQLException {
    return dropAlias(connection, name, alias, false);
  }

  /**
   * {@code DROP_ALIAS(name, alias, if_exists)}.
   *
   * @param name {@code [schema.]name}
   * @param ifExists whether it is no error that there is no such alias
   * @return whether there was one
   */
  public static Boolean dropAlias(
      Connection connection,
      @Nullable String name,
      @Nullable String alias,
      @Nullable Boolean ifExists)
      throws SQLException {
    return Boundary.run(
        () ->
            alter(
                connection,
                whole(DROP_ALIAS, name),
                new ModelChange.DropAlias(
                    alias(DROP_ALIAS, alias), Boolean.TRUE.equals(ifExists))));
  }

  /**
   * {@code SET_DEFAULT_VERSION(name, version)}: has a version predict where none is named.
   *
   * @param name {@code [schema.]name}
   * @return whether another one did before
   */
  public static Boolean setDefaultVersion(
      Connection connection, @Nullable String name, @Nullable Integer version) throws SQLException {
    return Boundary.run(
        () ->
            alter(
                connection,
                whole(SET_DEFAULT_VERSION, name),
                new ModelChange.SetDefault(version(SET_DEFAULT_VERSION, version))));
  }

  private static boolean alter(Connection connection, ModelText model, ModelChange change)
      throws SQLException {
    PlainSession session = PlainSession.of(connection);
    return session
        .models()
        .alter(session.resolve(model), change.resolve(session.session()::fold), false);
  }

  /** Returns a model that is named without a version. */
  private static ModelText whole(String function, @Nullable String name) {
    ModelText text = text(function, name);
    if (!text.selector().equals(ModelText.DEFAULT_VERSION)) {
      throw MlException.of(ErrorCode.MODEL_NAME, "'" + name + "'", "a version is named apart")
          .withHint("Write [schema.]name.");
    }
    return text;
  }

  private static String alias(String function, @Nullable String alias) {
    if (alias == null) {
      throw isNull(function, "the alias");
    }
    return ModelText.alias(alias);
  }

  private static int version(String function, @Nullable Integer version) {
    if (version == null) {
      throw isNull(function, "the version");
    }
    return version;
  }

  private static OptionalInt version(ModelText text) {
    if (text.selector() instanceof ModelReference.Selector.Version version) {
      return OptionalInt.of(version.number());
    } else if (text.selector().equals(ModelText.DEFAULT_VERSION)) {
      return OptionalInt.empty();
    }
    throw MlException.of(ErrorCode.MODEL_NAME, "'" + text + "'", "a version to drop is a number")
        .withHint("Write [schema.]name@3, or [schema.]name for all versions.");
  }

  private static ModelText text(String function, @Nullable String name) {
    if (name == null) {
      throw isNull(function, "the name");
    }
    return ModelText.parse(name);
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw MlException.of(ErrorCode.FILE, "write", file, String.valueOf(e.getMessage()))
          .withCause(e);
    }
  }

  private static MlException isNull(String function, String what) {
    return MlException.of(ErrorCode.ARGUMENT, function, what + " is NULL");
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
