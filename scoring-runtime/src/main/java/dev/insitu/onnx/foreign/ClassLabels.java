package dev.insitu.onnx.foreign;

import java.util.List;

/**
 * The classes that a graph tells apart, in the graph's own order.
 *
 * @param texts each class as text; of integers their decimal digits
 * @param element STRING, or INT64 for classes that the graph numbers
 */
public record ClassLabels(List<String> texts, Element element) {
  /** Copies the list. */
  public ClassLabels {
    texts = List.copyOf(texts);
  }
}
