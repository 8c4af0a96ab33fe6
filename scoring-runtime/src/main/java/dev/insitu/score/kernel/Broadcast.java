package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Two values side by side as ONNX has it: dimensions from the last one, those of size 1 repeated.
 * Rows stand beside rows.
 */
record Broadcast(Matrix a, Matrix b, List<Integer> shape, boolean fixed) {
  static Broadcast of(Matrix a, Matrix b) throws NotCovered {
    Matrix left = a.fixed() && !b.fixed() ? behindRows(a, b.rank()) : a;
    Matrix right = b.fixed() && !a.fixed() ? behindRows(b, a.rank()) : b;
    if (!a.fixed() && !b.fixed() && a.rank() != b.rank()) {
      throw new NotCovered("values of " + a.rank() + " and " + b.rank() + " dimensions");
    }
    int rank = Math.max(left.shape().size(), right.shape().size());
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (int i = 0; i < rank; i++) {
      int m = dimension(left, i, rank);
      int n = dimension(right, i, rank);
      if (m != n && m != 1 && n != 1) {
        throw new NotCovered(m + " beside " + n + " columns");
      }
      shape.add(m == 1 ? n : m);
      size *= shape.get(i);
      Values.requireColumns(size);
    }
    return new Broadcast(left, right, shape, a.fixed() && b.fixed());
  }

  /** A constant beside rows has one row, whether it says so or not. */
  private static Matrix behindRows(Matrix constant, int rank) throws NotCovered {
    if (constant.rank() < rank) {
      return constant;
    } else if (constant.rank() == rank && (rank == 0 || constant.shape().get(0) == 1)) {
      return constant.shaped(constant.shape().subList(1, rank));
    }
    throw new NotCovered("a constant of " + constant.shape() + " beside rows");
  }

  private static int dimension(Matrix matrix, int i, int rank) {
    int from = i - rank + matrix.shape().size();
    return from < 0 ? 1 : matrix.shape().get(from);
  }

  /** Returns what a function makes of each pair. */
  Matrix each(Kind kind, BinaryOperator<Column> function) {
    int size = shape.stream().reduce(1, (m, n) -> m * n);
    List<Column> columns = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      columns.add(function.apply(a.columns().get(place(a, i)), b.columns().get(place(b, i))));
    }
    return new Matrix(columns, shape, kind, fixed);
  }

  private int place(Matrix matrix, int number) {
    int place = 0;
    int factor = 1;
    int rest = number;
    for (int i = shape.size() - 1; i >= 0; i--) {
      int here = rest % shape.get(i);
      rest /= shape.get(i);
      int width = dimension(matrix, i, shape.size());
      place += width == 1 ? 0 : here * factor;
      factor *= width;
    }
    return place;
  }
}
