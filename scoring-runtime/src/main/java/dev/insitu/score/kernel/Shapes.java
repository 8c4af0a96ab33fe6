package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Value.Across;
import dev.insitu.score.kernel.Value.Matrix;
import dev.insitu.score.kernel.Value.Names;
import dev.insitu.score.kernel.Value.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that give columns another shape: nothing of it is left when a graph runs. */
final class Shapes implements Family {
  private final Values values;

  Shapes(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    return switch (operator.type()) {
      case "Identity" -> List.of(values.of(operator.inputs().get(0)));
      case "Reshape" -> List.of(reshaped(values.of(operator.inputs().get(0)), target(operator)));
      case "Flatten" -> List.of(flat(operator));
      case "Squeeze" -> List.of(squeezed(operator));
      case "Unsqueeze" -> List.of(unsqueezed(operator));
      default -> List.of();
    };
  }

  /** Returns how many columns a shape has. */
  static int product(List<Integer> shape) {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  private long[] target(Operator operator) throws NotCovered {
    if (operator.number("allowzero", 0) != 0) {
      throw new NotCovered("Reshape to nothing");
    }
    if (operator.has("shape")) {
      return operator.longs("shape");
    }
    double[] shape = values.constant(operator.inputs().get(1), "Reshape").values();
    return Arrays.stream(shape).mapToLong(d -> (long) d).toArray();
  }

  /** Rows stay rows: the first dimension is left open, or the same. */
  private static Value reshaped(Value value, long[] target) throws NotCovered {
    List<Integer> shape;
    if (value instanceof Across across) {
      if (target.length == 0 || target[0] != -1) {
        throw new NotCovered("Reshape to " + Arrays.toString(target));
      }
      return reshaped(across.of(), target);
    } else if (value instanceof Matrix matrix && !matrix.fixed()) {
      shape = matrix.shape();
    } else if (value instanceof Texts texts) {
      shape = texts.shape();
    } else if (value instanceof Names names) {
      shape = names.shape();
    } else {
      throw new NotCovered("Reshape of a constant");
    }
    if (target.length == 0 || target[0] > 0) {
      throw new NotCovered("Reshape to " + Arrays.toString(target));
    }
    List<Integer> wanted = new ArrayList<>();
    long size = product(shape);
    long known = 1;
    int open = -1;
    for (int i = 1; i < target.length; i++) {
      long dimension = target[i] == 0 && i <= shape.size() ? shape.get(i - 1) : target[i];
      if (dimension == -1 && target[0] == 0 && open < 0) {
        open = i - 1;
        dimension = 1;
      } else if (dimension <= 0 || dimension > size) {
        throw new NotCovered("Reshape to " + Arrays.toString(target));
      }
      known *= dimension;
      Values.requireColumns(known);
      wanted.add((int) dimension);
    }
    if (open >= 0 && size % known == 0) {
      wanted.set(open, (int) (size / known));
      known = size;
    }
    if (known != size) {
      throw new NotCovered("Reshape to " + Arrays.toString(target));
    }
    return shaped(value, wanted);
  }

  private static Value shaped(Value value, List<Integer> shape) {
    if (value instanceof Matrix matrix) {
      return matrix.shaped(shape);
    } else if (value instanceof Texts texts) {
      return new Texts(texts.columns(), shape);
    }
    Names names = (Names) value;
    return new Names(names.index(), names.names(), shape);
  }

  /** Returns the dimensions of a value behind the rows. */
  static List<Integer> of(Value value) throws NotCovered {
    if (value instanceof Matrix matrix && !matrix.fixed()) {
      return matrix.shape();
    } else if (value instanceof Texts texts) {
      return texts.shape();
    } else if (value instanceof Names names) {
      return names.shape();
    }
    throw new NotCovered("a constant in place of rows");
  }

  private Value flat(Operator operator) throws NotCovered {
    Value value = values.of(operator.inputs().get(0));
    if (operator.number("axis", 1) != 1) {
      throw new NotCovered("Flatten of rows");
    }
    return shaped(value, List.of(product(of(value))));
  }

  private Value squeezed(Operator operator) throws NotCovered {
    Value value = values.of(operator.inputs().get(0));
    if (value instanceof Across across && values.axes(operator, 1).isEmpty()) {
      return across.of();
    }
    List<Integer> shape = of(value);
    Optional<long[]> axes = values.axes(operator, 1);
    boolean[] gone = new boolean[shape.size() + 1];
    if (axes.isPresent()) {
      for (long axis : axes.get()) {
        gone[Values.axis(axis, shape.size() + 1)] = true;
      }
    } else {
      IntStream.range(0, shape.size()).forEach(i -> gone[i + 1] = shape.get(i) == 1);
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      if (!gone[i + 1]) {
        kept.add(shape.get(i));
      } else if (shape.get(i) != 1) {
        throw new NotCovered("Squeeze of " + shape);
      }
    }
    if (gone[0]) {
      throw new NotCovered("Squeeze of rows");
    }
    return shaped(value, kept);
  }

  private Value unsqueezed(Operator operator) throws NotCovered {
    Value value = values.of(operator.inputs().get(0));
    List<Integer> shape = of(value);
    long[] axes = values.axes(operator, 1).orElseThrow(() -> new NotCovered("Unsqueeze"));
    int rank = shape.size() + 1 + axes.length;
    boolean[] added = new boolean[rank];
    for (long axis : axes) {
      added[Values.axis(axis, rank)] = true;
    }
    if (added[0]) {
      throw new NotCovered("Unsqueeze of rows");
    }
    List<Integer> wider = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < rank; i++) {
      wider.add(added[i] ? 1 : shape.get(from++));
    }
    return shaped(value, wider);
  }
}
