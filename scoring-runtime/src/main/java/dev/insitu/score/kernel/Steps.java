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

/** Makes the loop of a producer. All of its inputs have a slot. */
final class Steps {
  private Steps() {}

  /**
   * Makes a step.
   *
   * @param target the slot that it fills, if it makes one column
   * @param scratch the first of the {@link Step#SCRATCHES} numbers under which it may keep
   *     something in a frame
   */
  static Step of(Producer producer, int target, int scratch) {
    if (producer instanceof Producer.Constant constant) {
      return (frame, rows) -> Arrays.fill(frame.columns[target], 0, rows, constant.value());
    } else if (producer instanceof Prepared prepared) {
      return PreparedStep.of(prepared, target);
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
    } else if (producer instanceof Producer.Scaled scaled) {
      return scaled(scaled, target);
    } else if (producer instanceof Unary unary) {
      return FunctionSteps.unary(unary, target);
    } else if (producer instanceof Binary binary) {
      return FunctionSteps.binary(binary, target);
    } else if (producer instanceof Select select) {
      return select(select, target);
    } else if (producer instanceof Producer.Weighted sum) {
      return SumStep.weighted(sum, target);
    } else if (producer instanceof Producer.SquaredDistance distance) {
      return SumStep.squared(distance, target);
    } else if (producer instanceof Part part) {
      return group(part.group(), scratch);
    }
    return LookUps.of(producer, target);
  }

  private static Step group(Group group, int scratch) {
    if (group instanceof Producer.Softmax softmax) {
      return RowSteps.softmax(softmax);
    } else if (group instanceof Producer.SoftmaxZero softmax) {
      return RowSteps.softmaxZero(softmax);
    } else if (group instanceof Producer.Normalized normalized) {
      return RowSteps.normalized(normalized);
    } else if (group instanceof Producer.Ensemble e) {
      return TreeStep.of(
          e.trees(),
          0,
          e.trees().roots.length,
          e.trees().forest.table(),
          e.features(),
          e.outputs(),
          scratch);
    }
    Producer.Shares s = (Producer.Shares) group;
    return TreeStep.of(s.trees(), s.from(), s.to(), s.table(), s.features(), s.outputs(), scratch);
  }

  private static Step scaled(Producer.Scaled scaled, int target) {
    int from = scaled.of().slot();
    float offset = (float) scaled.offset();
    float factor = (float) scaled.factor();
    return (frame, rows) -> {
      double[] x = frame.columns[from];
      int start = frame.offsets[from];
      double[] y = frame.columns[target];
      for (int row = 0; row < rows; row++) {
        y[row] = ((float) x[start + row] - offset) * factor;
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
}
