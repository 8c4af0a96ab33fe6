package dev.insitu.onnx;

import java.util.List;

/**
 * An input or an output of a graph.
 *
 * @param name its name
 * @param type the type of its elements
 * @param shape its dimensions; -1 is one that is open, the batch
 */
public record GraphValue(String name, ElementType type, List<Long> shape) {
  /** Copies the list. */
  public GraphValue {
    shape = List.copyOf(shape);
  }
}
