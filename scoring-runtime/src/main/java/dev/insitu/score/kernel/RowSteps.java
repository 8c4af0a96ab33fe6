package dev.insitu.score.kernel;

import java.util.List;

/** The loops that look at several columns of a row at once. */
final class RowSteps {
  private RowSteps() {}

  /** As the trainers do it: less the largest first, so that no exponential overflows. */
  static Step softmax(Producer.Softmax softmax) {
    int[] from = slots(softmax.inputs());
    int[] to = slots(softmax.outputs());
    return (frame, rows) -> {
      for (int row = 0; row < rows; row++) {
        double largest = largest(frame, from, row);
        double sum = 0;
        for (int k = 0; k < from.length; k++) {
          double e = Math.exp(at(frame, from[k], row) - largest);
          frame.columns[to[k]][row] = e;
          sum += e;
        }
        for (int slot : to) {
          frame.columns[slot][row] /= sum;
        }
      }
    };
  }

  private static double largest(Frame frame, int[] slots, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int slot : slots) {
      largest = Math.max(largest, at(frame, slot, row));
    }
    return largest;
  }

  /** As ONNX Runtime does it: what is next to 0 has no share in the sum. */
  static Step softmaxZero(Producer.SoftmaxZero softmax) {
    int[] from = slots(softmax.inputs());
    int[] to = slots(softmax.outputs());
    return (frame, rows) -> {
      for (int row = 0; row < rows; row++) {
        double largest = largest(frame, from, row);
        double sum = 0;
        for (int k = 0; k < from.length; k++) {
          double value = at(frame, from[k], row);
          if (Math.abs(value) > 1e-7f) {
            frame.columns[to[k]][row] = Math.exp(value - largest);
            sum += frame.columns[to[k]][row];
          } else {
            frame.columns[to[k]][row] = value * Math.exp(-largest);
          }
        }
        for (int slot : to) {
          frame.columns[slot][row] /= sum;
        }
      }
    };
  }

  static Step normalized(Producer.Normalized normalized) {
    int[] from = slots(normalized.inputs());
    int[] to = slots(normalized.outputs());
    Producer.Normalized.Norm kind = normalized.norm();
    return (frame, rows) -> {
      for (int row = 0; row < rows; row++) {
        float norm = norm(frame, from, row, kind);
        for (int k = 0; k < from.length; k++) {
          float value = (float) at(frame, from[k], row);
          double result = value;
          if (norm != 0) {
            result =
                kind == Producer.Normalized.Norm.L2
                    ? Math.copySign((float) Math.sqrt(value * value / norm), value)
                    : value / norm;
          }
          frame.columns[to[k]][row] = result;
        }
      }
    };
  }

  /** Of L2 the square, as ONNX Runtime divides before it takes the root. */
  private static float norm(Frame frame, int[] from, int row, Producer.Normalized.Norm kind) {
    float norm = kind == Producer.Normalized.Norm.MAX ? -Float.MAX_VALUE : 0;
    for (int slot : from) {
      float value = (float) at(frame, slot, row);
      norm =
          switch (kind) {
            case MAX -> value > norm ? value : norm;
            case L1 -> norm + Math.abs(value);
            case L2 -> norm + value * value;
          };
    }
    return norm;
  }

  private static double at(Frame frame, int slot, int row) {
    return frame.columns[slot][frame.offsets[slot] + row];
  }

  private static int[] slots(List<Column> columns) {
    return columns.stream().mapToInt(Column::slot).toArray();
  }
}
