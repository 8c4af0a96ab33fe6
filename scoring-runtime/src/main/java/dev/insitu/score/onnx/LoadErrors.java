package dev.insitu.score.onnx;

import ai.onnxruntime.OrtException;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.ForeignModel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from what ONNX Runtime says why it does not take a graph. */
final class LoadErrors {
  private static final Pattern DOMAIN_LIMIT =
      Pattern.compile(
          "opset (\\d+) is under development and support for this is limited.*?"
              + "Current official support for domain (\\S+) is till opset (\\d+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern OPERATOR =
      Pattern.compile(
          "(?:is not a registered function/op|Could not find an implementation for) ?(\\S*)|"
              + "No Op registered for (\\S+)|(\\S+) is not a registered function/op",
          Pattern.CASE_INSENSITIVE);

  private LoadErrors() {}

  static MlException of(ForeignModel model, OrtException error) {
    String text = String.valueOf(error.getMessage());
    Matcher limit = DOMAIN_LIMIT.matcher(text);
    if (limit.find()) {
      return MlException.of(
              ErrorCode.OPERATOR_SET_TOO_NEW,
              limit.group(1),
              limit.group(2),
              "ONNX Runtime " + OnnxRuntime.version(),
              limit.group(3))
          .withHint("Convert the model with a lower target opset.")
          .withCause(error);
    }
    if (text.contains("Failed to construct locale")) {
      return OnnxRuntime.failure("load the graph", error)
          .withHint("Install the locale en_US.UTF-8 (Debian: the package locales-all).");
    }
    Matcher operator = OPERATOR.matcher(text);
    if (operator.find()) {
      String name = null;
      for (int i = 1; i <= operator.groupCount(); i++) {
        name = operator.group(i) != null && !operator.group(i).isEmpty() ? operator.group(i) : name;
      }
      if (name != null) {
        return MlException.of(
                ErrorCode.OPERATOR_NOT_SUPPORTED, name, "ONNX Runtime " + OnnxRuntime.version())
            .withCause(error);
      }
    }
    return OnnxRuntime.failure("load the graph", error);
  }
}
