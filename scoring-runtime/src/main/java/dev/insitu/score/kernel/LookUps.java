package dev.insitu.score.kernel;

import java.util.Arrays;

/** The loops of what is looked up: in tables, by keys, among columns. */
final class LookUps {
  private LookUps() {}

  static Step of(Producer producer, int target) {
    if (producer instanceof Producer.Looked looked) {
      return looked(looked, target);
    } else if (producer instanceof Producer.Mapped mapped) {
      return mapped(mapped, target);
    } else if (producer instanceof Producer.Coded coded) {
      return coded(coded, target);
    }
    return best((Producer.Best) producer, target);
  }

  private static Step looked(Producer.Looked looked, int target) {
    int from = looked.place().slot();
    double[] table = looked.table();
    return (frame, rows) -> {
      double[] places = frame.columns[from];
      int offset = frame.offsets[from];
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        y[row] = table[(int) places[offset + row]];
      }
    };
  }

  private static Step mapped(Producer.Mapped mapped, int target) {
    int from = mapped.of().slot();
    double[] keys = mapped.keys();
    double[] values = mapped.values();
    return (frame, rows) -> {
      double[] x = frame.columns[from];
      int offset = frame.offsets[from];
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        int place = Arrays.binarySearch(keys, x[offset + row] + 0.0); // no -0.0
        y[row] = place < 0 ? mapped.otherwise() : values[place];
      }
    };
  }

  private static Step coded(Producer.Coded coded, int target) {
    double[] table = coded.table();
    return (frame, rows) -> {
      int[] codes = frame.codes[coded.input()];
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        y[row] = codes[row] < 0 ? coded.otherwise() : table[codes[row]];
      }
    };
  }

  private static Step best(Producer.Best best, int target) {
    int[] from = best.columns().stream().mapToInt(Column::slot).toArray();
    boolean largest = best.largest();
    return (frame, rows) -> {
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        int place = 0;
        double top = frame.columns[from[0]][frame.offsets[from[0]] + row];
        for (int k = 1; k < from.length; k++) {
          double value = frame.columns[from[k]][frame.offsets[from[k]] + row];
          if (largest ? value > top : value < top) {
            top = value;
            place = k;
          }
        }
        y[row] = place;
      }
    };
  }
}
