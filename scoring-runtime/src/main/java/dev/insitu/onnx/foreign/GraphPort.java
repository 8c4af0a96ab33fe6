package dev.insitu.onnx.foreign;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input or an output of a graph that somebody else made.
 *
 * @param name its name
 * @param container what holds the elements
 * @param element the type of the elements; of a sequence of maps that of the values
 * @param shape its dimensions as declared; empty if not even their number is stated
 */
public record GraphPort(
    String name, Container container, Element element, Optional<List<Dimension>> shape) {
  /** What holds the elements of an input or output. */
  public enum Container {
    TENSOR,
    /** A map a row, as ZipMap makes them: {@code seq(map(string, float))}. */
    MAPS,
    /** Sequences of tensors, optionals, sparse tensors. */
    OTHER
  }

  /** Copies the shape. */
  public GraphPort {
    shape = shape.map(List::copyOf);
  }

  /** Returns whether it is a tensor of known element type. */
  public boolean isTensor() {
    return container == Container.TENSOR && element != Element.OTHER;
  }

  /** Returns it as messages show it: {@code float[N, 4]}. */
  public String type() {
    if (container != Container.TENSOR) {
      return container == Container.MAPS ? "a sequence of maps" : "no plain tensor";
    }
    return element.word()
        + shape
            .map(
                dimensions ->
                    dimensions.stream()
                        .map(Dimension::toString)
                        .collect(Collectors.joining(", ", "[", "]")))
            .orElse("");
  }
}
