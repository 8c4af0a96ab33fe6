package dev.insitu.imported;

import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.ClassLabels;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.onnx.RawOutput;
import java.util.List;
import java.util.Optional;

/**
 * An output of a graph as it was seen in a trial.
 *
 * @param name the output's name
 * @param value the value that is fetched for it: itself, or what stands before ZipMap
 * @param element its element type as declared
 * @param carrier the type in which it leaves
 * @param width how many values a row
 * @param pooling what made one vector a row
 * @param classes the classes behind it, as far as the graph tells
 * @param runs what it answered, one after the other
 */
record SeenOutput(
    String name,
    String value,
    Element element,
    Carrier carrier,
    int width,
    OutputBinding.Pooling pooling,
    Optional<ClassLabels> classes,
    List<RawOutput> runs) {
  /** Copies the list. */
  SeenOutput {
    runs = List.copyOf(runs);
  }

  /** Returns whether it is one text, whole number or truth value a row: what a label may be. */
  boolean mayBeLabel() {
    return width == 1 && element.family() != Element.Family.REAL;
  }

  boolean isReal() {
    return element.family() == Element.Family.REAL;
  }

  /** Returns whether all that was answered could be probabilities. */
  boolean looksLikeProbabilities() {
    for (RawOutput run : runs) {
      for (int row = 0; row + width <= run.size(); row += width) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          double value = run.number(row + j);
          if (!(value >= -1e-6 && value <= 1 + 1e-6)) {
            return false;
          }
          sum += value;
        }
        if (width > 1 && Math.abs(sum - 1) > 1e-3) {
          return false;
        }
      }
    }
    return true;
  }
}
