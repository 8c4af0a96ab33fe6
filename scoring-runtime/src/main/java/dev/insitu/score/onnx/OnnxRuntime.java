package dev.insitu.score.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * ONNX Runtime in this process, loaded when the first scorer is opened and there until the process
 * ends. Thread-safe.
 */
final class OnnxRuntime {
  private static final System.Logger LOGGER = System.getLogger(OnnxRuntime.class.getName());

  /** A constant that would be larger is made in each run, where it is watched. */
  private static final String MOST_FOLDED_BYTES = Integer.toString(256 << 20);

  private OnnxRuntime() {}

  /**
   * Returns its name and version as {@code EXPLAIN} shows them.
   *
   * @param why why it and not the kernels, empty if nobody asks
   */
  static String engine(String why) {
    return "ONNX Runtime " + version() + (why.isEmpty() ? "" : " (no kernel: " + why + ")");
  }

  static String version() {
    return environment().getVersion();
  }

  /**
   * Opens a session: one thread inside the operators, so that sums have one order; no arena, so
   * that memory goes back after each batch; nothing in the log, since every error is an exception.
   */
  static OrtSession open(byte[] graph) throws OrtException {
    return open(graph, OrtSession.SessionOptions.OptLevel.BASIC_OPT, 1);
  }

  /**
   * Opens a session for a graph of others: optimised as Python's onnxruntime does unless it is told
   * otherwise, so that the numbers are those that its author has seen.
   */
  static OrtSession openForeign(byte[] graph, int threads) throws OrtException {
    return open(graph, OrtSession.SessionOptions.OptLevel.ALL_OPT, threads);
  }

  private static OrtSession open(
      byte[] graph, OrtSession.SessionOptions.OptLevel level, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Extended fusions turn a division by a constant into a float32 factor (MatMulScaleFusion):
      // off
      // by 1e-8 in a graph that is float64 throughout.
      options.setOptimizationLevel(level);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setMemoryPatternOptimization(false);
      options.setCPUArenaAllocator(false);
      options.addConfigEntry(
          "optimization.constant_folding_max_output_size_in_bytes", MOST_FOLDED_BYTES);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return environment().createSession(graph, options);
    }
  }

  static OrtEnvironment environment() {
    try {
      return Holder.ENVIRONMENT;
    } catch (LinkageError e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw MlException.of(
              ErrorCode.NATIVE_LIBRARY, "ONNX Runtime", String.valueOf(reason.getMessage()))
          .withCause(e);
    }
  }

  /** Returns the first line of what ONNX Runtime says. */
  static MlException failure(String what, OrtException e) {
    String text = String.valueOf(e.getMessage());
    return MlException.of(ErrorCode.ENGINE, what, text.lines().findFirst().orElse(text))
        .withCause(e);
  }

  /** Loads the native library. */
  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = load();

    private static OrtEnvironment load() {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "insitu");
      try {
        environment.setTelemetry(false);
      } catch (OrtException e) {
        throw new ExceptionInInitializerError(e);
      }
      keepToTheEnd();
      return environment;
    }

    /**
     * Takes a share in the native environment that nobody gives back. ONNX Runtime frees its own in
     * a shutdown hook, beside threads that still predict or open scorers: those get errors, or the
     * process aborts. There is no public way, and without this one all is as ONNX Runtime has it.
     */
    private static void keepToTheEnd() {
      try {
        Field api =
            Class.forName("ai.onnxruntime.OnnxRuntime", true, OrtEnvironment.class.getClassLoader())
                .getDeclaredField("ortApiHandle");
        Method create =
            OrtEnvironment.class.getDeclaredMethod(
                "createHandle", long.class, int.class, String.class);
        api.setAccessible(true);
        create.setAccessible(true);
        create.invoke(
            null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL.getValue(), "insitu");
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        LOGGER.log(System.Logger.Level.DEBUG, "ONNX Runtime ends before the process does", e);
      }
    }
  }
}
