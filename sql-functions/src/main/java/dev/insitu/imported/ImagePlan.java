package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.Dimension;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.GraphPort;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.image.ImageSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that enter a graph: the columns named, in order, feed the inputs of four dimensions.
 *
 * @param columns of each input its column
 * @param inputs the graph's inputs that take pictures, as many
 * @param options what is done to the pictures
 */
record ImagePlan(List<String> columns, List<String> inputs, ImageOptions options) {
  /**
   * Plans.
   *
   * @throws MlException ARGUMENT, OPTION_VALUE
   */
  static Optional<ImagePlan> of(ForeignModel model, ImportOptions options) {
    List<String> columns = options.imageColumns();
    if (columns.isEmpty()) {
      if (options.has(ImportOption.IMAGE)) {
        throw MlException.of(ErrorCode.ARGUMENT, "image", "no column of pictures is named")
            .withHint("Name it: OPTIONS (image_columns = ARRAY['…']).");
      }
      return Optional.empty();
    }
    List<GraphPort> ports =
        model.inputs().stream()
            .filter(port -> port.isTensor() && port.element() != Element.STRING)
            .filter(port -> port.shape().map(shape -> shape.size() == 4).orElse(false))
            .toList();
    if (ports.size() != columns.size()) {
      throw MlException.of(
              ErrorCode.ARGUMENT,
              "image_columns",
              "the model has "
                  + ports.size()
                  + " inputs of four dimensions, but "
                  + columns.size()
                  + (columns.size() == 1 ? " column was" : " columns were")
                  + " named")
          .withHint(
              "Its inputs are "
                  + String.join(
                      ", ", model.inputs().stream().map(p -> p.name() + " " + p.type()).toList())
                  + ".");
    }
    return Optional.of(
        new ImagePlan(columns, ports.stream().map(GraphPort::name).toList(), options.image()));
  }

  /** Returns the column that feeds an input, or null if none does. */
  @Nullable String column(String input) {
    int place = inputs.indexOf(input);
    return place < 0 ? null : columns.get(place);
  }

  /**
   * Binds an input.
   *
   * @param position of its column among the signature's inputs
   * @throws MlException ARGUMENT, GRAPH_NOT_USABLE
   */
  InputBinding.Image binding(GraphPort port, int position) {
    ImageSteps steps = options.steps(port);
    List<Dimension> shape = port.shape().orElseThrow();
    boolean last = steps.channelsLast();
    int channels = fitted(port, shape.get(last ? 3 : 1), steps.channels(), "channels");
    int height = fitted(port, shape.get(last ? 1 : 2), steps.finalHeight(), "resize");
    int width = fitted(port, shape.get(last ? 2 : 3), steps.finalWidth(), "resize");
    List<Long> dimensions = new ArrayList<>(List.of(-1L));
    if (last) {
      dimensions.addAll(List.of((long) height, (long) width, (long) channels));
    } else {
      dimensions.addAll(List.of((long) channels, (long) height, (long) width));
    }
    return new InputBinding.Image(port.name(), dimensions, position, width, height, steps);
  }

  private static int fitted(GraphPort port, Dimension declared, int wanted, String key) {
    if (declared.isOpen()) {
      if (wanted == 0) {
        throw MlException.of(
                ErrorCode.ARGUMENT,
                "image",
                "input \"" + port.name() + "\", " + port.type() + ", takes pictures of any size")
            .withHint("Say which: OPTIONS (image = MAP['resize', ARRAY[224, 224], …]).");
      }
      return wanted;
    }
    if (wanted != 0 && wanted != declared.size()) {
      throw MlException.of(
          ErrorCode.ARGUMENT,
          "image",
          "input \""
              + port.name()
              + "\", "
              + port.type()
              + ", takes "
              + declared.size()
              + " where \""
              + key
              + "\" says "
              + wanted);
    }
    return Math.toIntExact(declared.size());
  }
}
