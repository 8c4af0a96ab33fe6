package dev.insitu.operation;

import dev.insitu.model.Attachment;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelVersion;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.image.ImageSteps;
import dev.insitu.score.text.TextTokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is done before and after an imported graph, in words. */
final class ImportSteps {
  private ImportSteps() {}

  /** Returns the steps by what they are done to. */
  static Map<String, String> of(ModelVersion version, GraphBinding binding) {
    Map<String, String> steps = new LinkedHashMap<>();
    List<ColumnSpec> inputs = version.model().signature().inputs();
    TextStep text = binding.text();
    if (text != null) {
      String columns =
          String.join(", ", text.columns().stream().map(i -> inputs.get(i).name()).toList());
      String file =
          version
              .model()
              .attachment(TextTokenizer.ATTACHMENT)
              .map(Attachment::toString)
              .orElse(TextTokenizer.ATTACHMENT);
      steps.put(
          columns,
          "tokens by "
              + file
              + (text.fixedLength() > 0
                  ? ", exactly " + text.fixedLength() + " a row"
                  : ", at most " + text.maxLength() + " a row")
              + ", "
              + text.rowsPerRun()
              + " rows at once");
    }
    for (InputBinding input : binding.inputs()) {
      if (input instanceof InputBinding.Image image) {
        steps.put(inputs.get(image.column()).name(), describe(image));
      }
    }
    for (OutputBinding output : binding.outputs()) {
      if (output instanceof OutputBinding.Numbers numbers) {
        String pooling =
            numbers.pooling() == OutputBinding.Pooling.NONE
                ? ""
                : numbers.pooling().name().toLowerCase(Locale.ROOT) + " over the tokens";
        String length = numbers.normalized() ? "length 1" : "";
        if (!pooling.isEmpty() || !length.isEmpty()) {
          steps.put(
              numbers.value(),
              pooling + (pooling.isEmpty() || length.isEmpty() ? "" : ", ") + length);
        }
      }
    }
    return steps;
  }

  private static String describe(InputBinding.Image image) {
    ImageSteps steps = image.steps();
    StringBuilder text = new StringBuilder(steps.channels() == 1 ? "grey" : "colour");
    if (steps.height() > 0) {
      text.append(", to ").append(steps.width()).append(" x ").append(steps.height());
    } else if (steps.width() > 0) {
      text.append(", shorter side to ").append(steps.width());
    }
    if (steps.cropWidth() > 0) {
      text.append(", middle ").append(steps.cropWidth()).append(" x ").append(steps.cropHeight());
    }
    text.append(", (level * ").append(steps.scale());
    text.append(" - ").append(steps.mean()).append(") / ").append(steps.std());
    text.append(steps.blueFirst() ? ", BGR" : "");
    return text.append(steps.channelsLast() ? ", NHWC" : ", NCHW").toString();
  }
}
