package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Attachment;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.score.binding.GraphBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A version as files that other tools read. */
record ExportedModel(ModelVersion version) {
  private static final String SUFFIX = ".onnx";

  /**
   * Writes the graph, and beside it what it needs besides, named after it: {@code m.onnx} and
   * {@code m.tokenizer.json}.
   *
   * @throws MlException FILE
   */
  void write(Path file) {
    TrainedModel model = version.model();
    String name = file.toAbsolutePath().getFileName().toString();
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    for (Attachment attachment : model.attachments()) {
      if (!attachment.name().equals(GraphBinding.ATTACHMENT)) {
        write(file.resolveSibling(stem + "." + attachment.name()), attachment.bytes());
      }
    }
    write(file, model.artifact().bytes());
  }

  private static void write(Path file, byte[] bytes) {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    Path fresh = null;
    try {
      if (directory == null || !Files.isDirectory(directory)) {
        throw MlException.of(ErrorCode.FILE, "write", file, "its folder does not exist");
      }
      fresh = Files.createTempFile(directory, ".insitu", ".tmp");
      Files.write(fresh, bytes);
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw MlException.of(ErrorCode.FILE, "write", file, e.toString()).withCause(e);
    } finally {
      deleteQuietly(fresh);
    }
  }

  private static void deleteQuietly(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(ExportedModel.class.getName())
          .log(System.Logger.Level.DEBUG, "a temporary file stays: " + file, e);
    }
  }
}
