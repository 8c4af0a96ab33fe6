package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Group;
import dev.insitu.score.kernel.Producer.IsCode;
import dev.insitu.score.kernel.Producer.Part;
import dev.insitu.score.kernel.Producer.Prepared;
import dev.insitu.score.kernel.Producer.Select;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Producer.Word;
import java.util.Arrays;
import java.util.List;

/** Makes the loop of a producer. All of its inputs have a slot. */
final class Steps {
  private Steps() {}

  /**
   * Makes a step.
   *
   * @param target the slot that it fills, if it makes one column
   * @param scratch the number under which it may keep something in a frame
   */
  static Step of(Producer producer, int target, int scratch) {
    if (producer instanceof Producer.Constant constant) {
      return (frame, rows) -> Arrays.fill(frame.columns[target], 0, rows, constant.value());
    } else if (producer instanceof Prepared prepared) {
      return prepared(prepared, target);
    } else if (producer instanceof Producer.IsNaN flag) {
      int from = flag.of().slot();
      return (frame, rows) -> {
        double[] x = frame.columns[from];
        int offset = frame.offsets[from];
        double[] y = frame.columns[target];
        for (int row = 0; row < rows; row++) {
          y[row] = Double.isNaN(x[offset + row]) ? 1 : 0;
        }
      };
    } else if (producer instanceof Producer.IsEqual flag) {
      int from = flag.of().slot();
      double value = flag.value();
      return (frame, rows) -> {
        double[] x = frame.columns[from];
        int offset = frame.offsets[from];
        double[] y = frame.columns[target];
        for (int row = 0; row < rows; row++) {
          y[row] = x[offset + row] == value ? 1 : 0;
        }
      };
    } else if (producer instanceof IsCode flag) {
      return (frame, rows) -> {
        int[] codes = frame.codes[flag.input()];
        double[] y = frame.columns[target];
        for (int row = 0; row < rows; row++) {
          y[row] = codes[row] == flag.code() ? 1 : 0;
        }
      };
    } else if (producer instanceof Word word) {
      return (frame, rows) -> {
        float[] counts = frame.words(word.input());
        double[] y = frame.columns[target];
        for (int row = 0; row < rows; row++) {
          y[row] = counts[row * word.width() + word.position()];
        }
      };
    } else if (producer instanceof Producer.Rounded rounded) {
      int from = rounded.of().slot();
      return (frame, rows) -> {
        double[] x = frame.columns[from];
        int offset = frame.offsets[from];
        double[] y = frame.columns[target];
        for (int row = 0; row < rows; row++) {
          y[row] = (float) x[offset + row];
        }
      };
    } else if (producer instanceof Unary unary) {
      return unary(unary, target);
    } else if (producer instanceof Binary binary) {
      return binary(binary, target);
    } else if (producer instanceof Select select) {
      return select(select, target);
    } else if (producer instanceof Producer.Weighted sum) {
      return SumStep.weighted(sum, target);
    } else if (producer instanceof Producer.SquaredDistance distance) {
      return SumStep.squared(distance, target);
    }
    return group(((Part) producer).group(), scratch);
  }

  private static Step group(Group group, int scratch) {
    if (group instanceof Producer.Softmax softmax) {
      return softmax(softmax);
    } else if (group instanceof Producer.Ensemble e) {
      return new TreeStep(
          e.trees(),
          0,
          e.trees().roots.length,
          e.trees().forest.table(),
          e.features(),
          e.outputs(),
          scratch);
    }
    Producer.Shares s = (Producer.Shares) group;
    return new TreeStep(s.trees(), s.from(), s.to(), s.table(), s.features(), s.outputs(), scratch);
  }

  private static Step prepared(Prepared p, int target) {
    int from = p.of().slot();
    double center = p.center();
    double scale = p.scale();
    boolean raw = p.isRaw();
    return (frame, rows) -> {
      double[] x = frame.columns[from];
      int offset = frame.offsets[from];
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        double value = x[offset + row];
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
          value = Double.isNaN(value) ? p.nan() : value > 0 ? p.largest() : p.smallest();
        }
        y[row] = value;
      }
      if (!raw) {
        for (int row = 0; row < rows; row++) {
          y[row] = (y[row] - center) / scale;
        }
      }
    };
  }

  private static Step unary(Unary unary, int target) {
    int from = unary.of().slot();
    return (frame, rows) -> {
      double[] x = frame.columns[from];
      int offset = frame.offsets[from];
      double[] y = frame.columns[target];
      switch (unary.function()) {
        case FLOOR -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.floor(x[offset + row]);
          }
        }
        case SQRT -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.sqrt(x[offset + row]);
          }
        }
        case NEG -> {
          for (int row = 0; row < rows; row++) {
            y[row] = -x[offset + row];
          }
        }
        case SIGMOID -> {
          for (int row = 0; row < rows; row++) {
            y[row] = sigmoid(x[offset + row]);
          }
        }
      }
    };
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  private static Step binary(Binary binary, int target) {
    int first = binary.a().slot();
    int second = binary.b().slot();
    return (frame, rows) -> {
      double[] a = frame.columns[first];
      int i = frame.offsets[first];
      double[] b = frame.columns[second];
      int j = frame.offsets[second];
      double[] y = frame.columns[target];
      switch (binary.function()) {
        case ADD -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] + b[j + row];
          }
        }
        case SUB -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] - b[j + row];
          }
        }
        case MUL -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] * b[j + row];
          }
        }
        case DIV -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] / b[j + row];
          }
        }
        case MIN -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.min(a[i + row], b[j + row]);
          }
        }
        case MAX -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.max(a[i + row], b[j + row]);
          }
        }
      }
    };
  }

  private static Step select(Select select, int target) {
    int flag = select.flag().slot();
    int yes = select.yes().slot();
    int no = select.no().slot();
    return (frame, rows) -> {
      double[] f = frame.columns[flag];
      int i = frame.offsets[flag];
      double[] a = frame.columns[yes];
      int j = frame.offsets[yes];
      double[] b = frame.columns[no];
      int k = frame.offsets[no];
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        y[row] = f[i + row] != 0 ? a[j + row] : b[k + row];
      }
    };
  }

  /** As the trainers do it: less the largest first, so that no exponential overflows. */
  private static Step softmax(Producer.Softmax softmax) {
    int[] from = softmax.inputs().stream().mapToInt(Column::slot).toArray();
    List<Column> outputs = softmax.outputs();
    int[] to = outputs.stream().mapToInt(Column::slot).toArray();
    return (frame, rows) -> {
      for (int row = 0; row < rows; row++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int slot : from) {
          largest = Math.max(largest, frame.columns[slot][frame.offsets[slot] + row]);
        }
        double sum = 0;
        for (int k = 0; k < from.length; k++) {
          double e = Math.exp(frame.columns[from[k]][frame.offsets[from[k]] + row] - largest);
          frame.columns[to[k]][row] = e;
          sum += e;
        }
        for (int slot : to) {
          frame.columns[slot][row] /= sum;
        }
      }
    };
  }
}
