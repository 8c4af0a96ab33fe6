package dev.insitu.score.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The native library of the tokenizers: copied from its jar to {@code java.io.tmpdir} and loaded,
 * once a process.
 */
final class TokenizerLibrary {
  private TokenizerLibrary() {}

  /**
   * Returns the library, loaded.
   *
   * @throws MlException NATIVE_LIBRARY
   */
  static TokenizersLibrary loaded() {
    try {
      return Holder.LIBRARY;
    } catch (LinkageError e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw MlException.of(
              ErrorCode.NATIVE_LIBRARY, "the tokenizers", String.valueOf(reason.getMessage()))
          .withHint(
              "They are built for Linux (glibc 2.34 or newer), macOS ARM64 and Windows x86-64, where"
                  + " libstdc++-6.dll, libgcc_s_seh-1.dll and libwinpthread-1.dll of MinGW-w64 have to"
                  + " be on the PATH.")
          .withCause(e);
    }
  }

  /** Loads on first use; its failure is remembered by the JVM. */
  private static final class Holder {
    static final TokenizersLibrary LIBRARY = load();

    private static TokenizersLibrary load() {
      String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      String os = system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : "linux";
      String processor = System.getProperty("os.arch", "");
      String platform = os + "-" + (processor.equals("amd64") ? "x86_64" : processor);
      String name = System.mapLibraryName("tokenizers");
      try {
        Path folder = Files.createTempDirectory("insitu-tokenizers");
        folder.toFile().deleteOnExit();
        copy("/native/lib/" + platform + "/cpu/" + name, folder.resolve(name).toFile());
        System.load(folder.resolve(name).toString());
      } catch (IOException e) {
        throw new ExceptionInInitializerError(e);
      }
      return TokenizersLibrary.LIB;
    }

    private static void copy(String resource, File target) throws IOException {
      target.deleteOnExit();
      try (InputStream stream = TokenizersLibrary.class.getResourceAsStream(resource)) {
        if (stream == null) {
          throw new IOException("the jar has no " + resource);
        }
        Files.copy(stream, target.toPath());
      }
    }
  }
}
