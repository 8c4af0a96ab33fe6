package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit.CodeInput;
import dev.insitu.onnx.NumericGraph;
import dev.insitu.onnx.NumericGraph.Constant;
import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.onnx.TextCodes;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The values of a graph while it is compiled, and what of them is too large. Confined to one
 * thread.
 */
final class Values {
  /** A value has no more columns. */
  static final int MOST_COLUMNS = 1 << 16;

  /** No more numbers of a table or of weights: 64 MB. */
  static final int MOST_NUMBERS = 1 << 23;

  private static final int MOST_COLUMNS_TOGETHER = 1 << 20;

  private final NumericGraph graph;
  private final Map<String, Value> values = new HashMap<>();
  private final List<CodeInput> codes;
  private int columns;
  private int numbers;

  /**
   * Of a graph.
   *
   * @param codes the texts of which it gets codes
   */
  Values(NumericGraph graph, List<CodeInput> codes) {
    this.graph = graph;
    this.codes = new ArrayList<>(codes);
  }

  NumericGraph graph() {
    return graph;
  }

  /** Returns the texts of which the graph gets codes, with those that its encoders want. */
  List<CodeInput> codes() {
    return codes;
  }

  /** Has a text looked up, and returns the number of its codes. */
  int code(Value.Text text, Map<String, Long> known) {
    TextCodes dictionary = TextCodes.of(known, -1, text.ofNull());
    codes.add(new CodeInput(text.input(), "", dictionary));
    return codes.size() - 1;
  }

  void put(String name, Value value) throws NotCovered {
    if (value instanceof Matrix matrix) {
      requireColumns(matrix.columns().size());
      columns += matrix.columns().size();
      if (columns > MOST_COLUMNS_TOGETHER) {
        throw new NotCovered("more than " + MOST_COLUMNS_TOGETHER + " columns together");
      }
    }
    values.put(name, value);
  }

  /** Counts numbers of tables and weights. */
  void requireNumbers(long count) throws NotCovered {
    if (count > MOST_NUMBERS - numbers) {
      throw new NotCovered("tables of more than 64 MB");
    }
    numbers += (int) count;
  }

  static void requireColumns(long count) throws NotCovered {
    if (count > MOST_COLUMNS) {
      throw new NotCovered(count + " columns");
    }
  }

  Value of(String name) throws NotCovered {
    Value value = values.get(name);
    if (value != null) {
      return value;
    }
    Optional<Constant> constant = graph.constant(name);
    if (constant.isEmpty()) {
      throw new NotCovered("value " + name);
    }
    double[] numbers = constant.get().values();
    requireColumns(numbers.length);
    List<Integer> shape = constant.get().shape().stream().map(Math::toIntExact).toList();
    requireSize(shape, numbers.length);
    return new Matrix(
        columns(numbers.length, j -> constant(numbers[j])), shape, Kind.of(constant.get()), true);
  }

  /** Returns a constant; its numbers are as many as its shape says. */
  Constant constant(String name, String what) throws NotCovered {
    Constant constant =
        graph.constant(name).orElseThrow(() -> new NotCovered(what + " by values of a row"));
    requireSize(constant.shape().stream().map(Math::toIntExact).toList(), constant.values().length);
    return constant;
  }

  private static void requireSize(List<Integer> shape, int found) throws NotCovered {
    if (shape.stream().mapToLong(d -> d).reduce(1, Math::multiplyExact) != found) {
      throw new NotCovered("a constant " + shape + " of " + found + " numbers");
    }
  }

  /** Returns a value of numbers. */
  Matrix numbers(String name) throws NotCovered {
    if (of(name) instanceof Matrix matrix) {
      return matrix;
    }
    throw new NotCovered("codes, leaves or texts as numbers");
  }

  /** Returns a value [rows, columns], or [rows] as one column. */
  Matrix rows(String name) throws NotCovered {
    Matrix matrix = numbers(name);
    if (matrix.fixed() || matrix.rank() > 2) {
      throw new NotCovered("a value of " + matrix.rank() + " dimensions in place of rows");
    }
    return matrix;
  }

  /**
   * Returns an axis counted from the front.
   *
   * @param axis as the graph has it
   */
  static int axis(long axis, int rank) throws NotCovered {
    long from = axis < 0 ? axis + rank : axis;
    if (from < 0 || from >= rank) {
      throw new NotCovered("axis " + axis + " of " + rank);
    }
    return (int) from;
  }

  /** Returns axes that stand in an attribute or, in newer operator sets, in an input. */
  Optional<long[]> axes(Operator operator, int input) throws NotCovered {
    if (operator.has("axes")) {
      return Optional.of(operator.longs("axes"));
    } else if (operator.inputs().size() <= input || operator.inputs().get(input).isEmpty()) {
      return Optional.empty();
    }
    double[] axes = constant(operator.inputs().get(input), "axes").values();
    return Optional.of(IntStream.range(0, axes.length).mapToLong(i -> (long) axes[i]).toArray());
  }

  static Column constant(double value) {
    return new Column(new Producer.Constant(value));
  }

  static List<Column> columns(int count, IntFunction<Column> column) {
    return IntStream.range(0, count).mapToObj(column).toList();
  }

  /** Returns columns as numbers of float32 if the kind is that. */
  static List<Column> rounded(List<Column> columns, Kind kind) {
    return kind == Kind.SINGLE ? columns.stream().map(Values::rounded).toList() : columns;
  }

  static Column rounded(Column column) {
    Producer producer = column.producer;
    if (producer instanceof Producer.IsCode
        || producer instanceof Producer.IsNaN
        || producer instanceof Producer.IsEqual
        || producer instanceof Producer.Rounded
        || producer instanceof Producer.Scaled
        || (producer instanceof Producer.Weighted sum && sum.single())) {
      return column;
    } else if (producer instanceof Producer.Constant constant) {
      return constant((float) constant.value());
    }
    return new Column(new Producer.Rounded(column));
  }
}
