package dev.insitu.score.kernel;

import dev.insitu.score.PredictionBatch;
import dev.insitu.score.binding.OutputBinding;
import java.util.List;
import java.util.Map;

/** What becomes of columns that are no scores. */
final class Sinks {
  private Sinks() {}

  /** A text a row, by its place among some. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Named(int slot, String[] names, int number) implements Sink {
    @Override
    public void write(Frame frame, int first, int rows, PredictionBatch predictions) {
      double[] places = frame.columns[slot];
      int offset = frame.offsets[slot];
      for (int row = 0; row < rows; row++) {
        predictions.texts(number)[first + row] = names[(int) places[offset + row]];
      }
    }
  }

  /** A whole number a row. */
  record Whole(int slot, int number) implements Sink {
    @Override
    public void write(Frame frame, int first, int rows, PredictionBatch predictions) {
      double[] numbers = frame.columns[slot];
      int offset = frame.offsets[slot];
      long[] target = predictions.integers(number);
      for (int row = 0; row < rows; row++) {
        target[first + row] = (long) numbers[offset + row];
      }
    }
  }

  /**
   * The class of a label that is text.
   *
   * @param classes for each place the class, -1 if it is none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Labels(int slot, int[] classes, List<String> names, OutputBinding.Label label)
      implements Sink {
    @Override
    public void write(Frame frame, int first, int rows, PredictionBatch predictions) {
      double[] places = frame.columns[slot];
      int offset = frame.offsets[slot];
      int[] target = predictions.labels();
      for (int row = 0; row < rows; row++) {
        int place = (int) places[offset + row];
        if (classes[place] < 0) {
          throw label.unknown(names.get(place));
        }
        target[first + row] = classes[place];
      }
    }
  }

  /** The class of a label that is a number; a run of equal ones is looked up once. */
  record NumberLabels(
      int slot, boolean whole, Map<String, Integer> classes, OutputBinding.Label label)
      implements Sink {
    @Override
    public void write(Frame frame, int first, int rows, PredictionBatch predictions) {
      double[] numbers = frame.columns[slot];
      int offset = frame.offsets[slot];
      int[] target = predictions.labels();
      double last = Double.NaN;
      int found = 0;
      for (int row = 0; row < rows; row++) {
        double number = numbers[offset + row];
        if (number != last) {
          found = of(number);
          last = number;
        }
        target[first + row] = found;
      }
    }

    private int of(double number) {
      String text = whole ? Long.toString((long) number) : Double.toString(number);
      Integer found = classes.get(text);
      if (found == null) {
        throw label.unknown(text);
      }
      return found;
    }
  }
}
