package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Best;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.IsEqual;
import dev.insitu.score.kernel.Producer.Select;
import dev.insitu.score.kernel.Producer.Softmax;
import dev.insitu.score.kernel.Producer.SquaredDistance;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Producer.Weighted;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Operators that make one number of the columns of a row, and those that make them sum to 1. */
final class Reductions implements Family {
  private static final int SOFTMAX_FROM_LAST = 13;

  private final Values values;

  Reductions(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    return switch (operator.type()) {
      case "ReduceSum" -> List.of(sum(operator));
      case "ReduceProd" -> List.of(product(operator));
      case "LpNormalization" -> List.of(normalized(operator));
      case "ReduceMean" -> List.of(mean(operator));
      case "ReduceSumSquare" -> List.of(squares(operator));
      case "ArgMax" -> List.of(best(operator, true));
      case "ArgMin" -> List.of(best(operator, false));
      case "Softmax" -> List.of(softmax(operator));
      default -> List.of();
    };
  }

  /** Returns what is reduced; only the columns of [rows, columns] are. */
  private Matrix reduced(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    Optional<long[]> axes = values.axes(operator, 1);
    if (axes.isEmpty()
        || axes.get().length != 1
        || matrix.rank() != 2
        || Values.axis(axes.get()[0], 2) != 1
        || matrix.columns().isEmpty()) {
      throw new NotCovered(operator.type() + " over other than the columns");
    }
    return matrix;
  }

  private static Matrix one(Operator operator, Column column, Kind kind) {
    List<Integer> shape = operator.number("keepdims", 1) == 0 ? List.of() : List.of(1);
    return new Matrix(Values.rounded(List.of(column), kind), shape, kind, false);
  }

  private Matrix sum(Operator operator) throws NotCovered {
    Matrix matrix = reduced(operator);
    if (!matrix.kind().isReal()) {
      throw new NotCovered("ReduceSum of whole numbers");
    }
    return one(operator, sum(matrix), matrix.kind());
  }

  private static Column sum(Matrix matrix) {
    double[] ones = new double[matrix.columns().size()];
    Arrays.fill(ones, 1);
    return new Column(new Weighted(0, matrix.columns(), ones, matrix.isSingle()));
  }

  private Matrix product(Operator operator) throws NotCovered {
    Matrix matrix = reduced(operator);
    if (!matrix.kind().isReal()) {
      throw new NotCovered("ReduceProd of whole numbers");
    }
    Column product = matrix.columns().get(0);
    for (Column factor : matrix.columns().subList(1, matrix.columns().size())) {
      Column next = new Column(new Binary(Binary.Function.MUL, product, factor));
      product = Values.rounded(List.of(next), matrix.kind()).get(0);
    }
    return one(operator, product, matrix.kind());
  }

  /** Columns divided by a norm of the row; all 0 where that is 0. */
  private Matrix normalized(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    long p = operator.number("p", 2);
    if (matrix.rank() != 2
        || !matrix.kind().isReal()
        || Values.axis(operator.number("axis", -1), 2) != 1
        || (p != 1 && p != 2)) {
      throw new NotCovered("LpNormalization over other than the columns");
    }
    Column norm =
        Values.rounded(List.of(p == 1 ? absolute(matrix) : root(matrix)), matrix.kind()).get(0);
    Column none = new Column(new IsEqual(norm, 0));
    List<Column> results = new ArrayList<>();
    for (Column column : matrix.columns()) {
      Column share = new Column(new Binary(Binary.Function.DIV, column, norm));
      results.add(new Column(new Select(none, Values.constant(0), share)));
    }
    return matrix.with(Values.rounded(results, matrix.kind()), matrix.kind());
  }

  private static Column absolute(Matrix matrix) {
    List<Column> sizes =
        matrix.columns().stream().map(c -> new Column(new Unary(Unary.Function.ABS, c))).toList();
    return sum(matrix.with(sizes, matrix.kind()));
  }

  private static Column root(Matrix matrix) {
    List<Double> zeros = Collections.nCopies(matrix.columns().size(), 0.0);
    Column squares = new Column(new SquaredDistance(matrix.columns(), zeros));
    Column rounded = Values.rounded(List.of(squares), matrix.kind()).get(0);
    return new Column(new Unary(Unary.Function.SQRT, rounded));
  }

  private Matrix mean(Operator operator) throws NotCovered {
    Matrix matrix = reduced(operator);
    if (!matrix.kind().isReal()) {
      throw new NotCovered("ReduceMean of whole numbers");
    }
    Column count = Values.constant(matrix.columns().size());
    return one(
        operator, new Column(new Binary(Binary.Function.DIV, sum(matrix), count)), matrix.kind());
  }

  private Matrix squares(Operator operator) throws NotCovered {
    Matrix matrix = reduced(operator);
    if (!matrix.kind().isReal()) {
      throw new NotCovered("ReduceSumSquare of whole numbers");
    }
    List<Column> of = new ArrayList<>();
    List<Double> centers = new ArrayList<>();
    for (Column column : matrix.columns()) {
      if (column.producer instanceof Binary binary
          && binary.function() == Binary.Function.SUB
          && binary.b().producer instanceof Producer.Constant center) {
        of.add(binary.a());
        centers.add(center.value());
      } else {
        of.add(column);
        centers.add(0.0);
      }
    }
    return one(operator, new Column(new SquaredDistance(of, centers)), matrix.kind());
  }

  private Matrix best(Operator operator, boolean largest) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    if (matrix.rank() != 2
        || matrix.columns().isEmpty()
        || Values.axis(operator.number("axis", 0), 2) != 1
        || operator.number("select_last_index", 0) != 0) {
      throw new NotCovered(operator.type() + " over other than the columns");
    }
    Column place = new Column(new Best(matrix.columns(), largest));
    return one(operator, place, Kind.WHOLE);
  }

  private Matrix softmax(Operator operator) throws NotCovered {
    Matrix in = values.rows(operator.inputs().get(0));
    long usual = values.graph().operatorSet("") < SOFTMAX_FROM_LAST ? 1 : -1;
    if (in.rank() != 2
        || !in.kind().isReal()
        || Values.axis(operator.number("axis", usual), 2) != 1) {
      throw new NotCovered("Softmax over rows");
    }
    List<Column> outputs = new ArrayList<>();
    Softmax group = new Softmax(in.columns(), outputs);
    return in.with(
        Values.rounded(Heads.parts(group, in.columns().size(), outputs), in.kind()), in.kind());
  }
}
