package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Unary;

/** The loops of functions of one number and of two. */
final class FunctionSteps {
  private static final double TWO_TO_63 = 0x1p63;

  private FunctionSteps() {}

  static Step unary(Unary unary, int target) {
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
        case EXP -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.exp(x[offset + row]);
          }
        }
        case LOG -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.log(x[offset + row]);
          }
        }
        case ABS -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.abs(x[offset + row]);
          }
        }
        case RELU -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.max(x[offset + row], 0);
          }
        }
        case WHOLE -> {
          for (int row = 0; row < rows; row++) {
            y[row] = whole(x[offset + row]);
          }
        }
        case NOT -> {
          for (int row = 0; row < rows; row++) {
            y[row] = x[offset + row] == 0 ? 1 : 0;
          }
        }
      }
    };
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  private static double whole(double x) {
    return Math.abs(x) < TWO_TO_63 ? (long) x : -TWO_TO_63;
  }

  static Step binary(Binary binary, int target) {
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
        case POW -> {
          for (int row = 0; row < rows; row++) {
            y[row] = Math.pow(a[i + row], b[j + row]);
          }
        }
        case LESS -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] < b[j + row] ? 1 : 0;
          }
        }
        case LESS_OR_EQUAL -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] <= b[j + row] ? 1 : 0;
          }
        }
        case EQUAL -> {
          for (int row = 0; row < rows; row++) {
            y[row] = a[i + row] == b[j + row] ? 1 : 0;
          }
        }
      }
    };
  }
}
