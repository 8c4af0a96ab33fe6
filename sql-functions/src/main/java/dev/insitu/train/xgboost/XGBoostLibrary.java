package dev.insitu.train.xgboost;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.Locale;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * XGBoost's native library: whether it can be loaded here. Tried once per process, on first use.
 * Thread-safe.
 */
public final class XGBoostLibrary {
  private XGBoostLibrary() {}

  /** Returns whether models can be trained by XGBoost in this process. */
  public static boolean available() {
    return Loading.FAILURE.isEmpty();
  }

  /** Returns why the library cannot be loaded, with what to install as its hint. */
  public static Optional<MlException> failure() {
    return Loading.FAILURE.map(XGBoostLibrary::unavailable);
  }

  static void require() {
    failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static MlException unavailable(Throwable cause) {
    return MlException.of(
            ErrorCode.NATIVE_LIBRARY, "XGBoost", String.valueOf(cause.getMessage()).strip())
        .withHint(hint(System.getProperty("os.name", "")))
        .withCause(cause);
  }

  static String hint(String operatingSystem) {
    String name = operatingSystem.toLowerCase(Locale.ROOT);
    if (name.contains("mac") || name.contains("darwin")) {
      return "Install the OpenMP runtime: brew install libomp.";
    }
    if (name.contains("windows")) {
      return "Install the Microsoft Visual C++ Redistributable, which has the OpenMP runtime.";
    }
    return "Install the OpenMP runtime: apt-get install libgomp1 (Debian, Ubuntu) or dnf install"
        + " libgomp (Fedora, RHEL).";
  }

  /** Loaded by the first call; the class initialisation makes it happen once. */
  private static final class Loading {
    static final Optional<Throwable> FAILURE = load();

    private static Optional<Throwable> load() {
      try {
        new DMatrix(new float[1], 1, 1, Float.NaN).dispose();
        return Optional.empty();
      } catch (LinkageError | XGBoostError e) {
        return Optional.of(rootCause(e));
      }
    }

    private static Throwable rootCause(Throwable thrown) {
      Throwable cause = thrown;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause;
    }
  }
}
