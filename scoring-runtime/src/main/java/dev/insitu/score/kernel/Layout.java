package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Constant;
import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Value.Across;
import dev.insitu.score.kernel.Value.Matrix;
import dev.insitu.score.kernel.Value.Names;
import dev.insitu.score.kernel.Value.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that join and choose columns: nothing of it is left when a graph runs. */
final class Layout implements Family {
  private static final int SLICE_BY_INPUTS = 10;

  private final Values values;

  Layout(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    List<String> in = operator.inputs();
    return switch (operator.type()) {
      case "Concat" -> List.of(concat(operator));
      case "FeatureVectorizer" -> List.of(vector(operator));
      case "Slice" -> List.of(slice(operator));
      case "Gather" -> List.of(gather(operator));
      case "ArrayFeatureExtractor" -> List.of(extracted(in));
      default -> List.of();
    };
  }

  private Value concat(Operator operator) throws NotCovered {
    List<Value> parts = new ArrayList<>();
    for (String name : operator.inputs()) {
      parts.add(values.of(name));
    }
    if (parts.stream().allMatch(Texts.class::isInstance)) {
      List<Texts> texts = parts.stream().map(Texts.class::cast).toList();
      List<List<Integer>> shapes = texts.stream().map(Texts::shape).toList();
      int axis = columnAxis(operator, shapes.get(0));
      return new Texts(
          joined(texts.stream().map(Texts::columns).toList(), shapes, axis),
          joinedShape(shapes, axis));
    }
    List<Matrix> all = new ArrayList<>();
    for (String name : operator.inputs()) {
      Matrix matrix = values.numbers(name);
      if (matrix.fixed()) {
        throw new NotCovered("Concat with a constant");
      }
      all.add(matrix);
    }
    List<List<Integer>> shapes = all.stream().map(Matrix::shape).toList();
    int axis = columnAxis(operator, shapes.get(0));
    List<Integer> shape = joinedShape(shapes, axis);
    return new Matrix(
        joined(all.stream().map(Matrix::columns).toList(), shapes, axis),
        shape,
        all.get(0).kind(),
        false);
  }

  /** Returns the axis among those behind the rows. */
  private static int columnAxis(Operator operator, List<Integer> shape) throws NotCovered {
    int axis = Values.axis(operator.number("axis", 0), shape.size() + 1);
    if (axis == 0) {
      throw new NotCovered(operator.type() + " of rows");
    }
    return axis - 1;
  }

  private static List<Integer> joinedShape(List<List<Integer>> shapes, int axis) throws NotCovered {
    List<Integer> shape = new ArrayList<>(shapes.get(0));
    long size = 0;
    for (List<Integer> other : shapes) {
      if (other.size() != shape.size()) {
        throw new NotCovered("Concat of " + shapes);
      }
      for (int i = 0; i < shape.size(); i++) {
        if (i != axis && !other.get(i).equals(shape.get(i))) {
          throw new NotCovered("Concat of " + shapes);
        }
      }
      size += other.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
    }
    Values.requireColumns(size);
    shape.set(axis, shapes.stream().mapToInt(s -> s.get(axis)).sum());
    return shape;
  }

  private static <T> List<T> joined(List<List<T>> parts, List<List<Integer>> shapes, int axis) {
    List<T> all = new ArrayList<>();
    int outer = Shapes.product(shapes.get(0).subList(0, axis));
    for (int i = 0; i < outer; i++) {
      for (List<T> part : parts) {
        int chunk = part.size() / Math.max(1, outer);
        all.addAll(part.subList(i * chunk, (i + 1) * chunk));
      }
    }
    return all;
  }

  /** Joins numbers of any type as float32. */
  private Matrix vector(Operator operator) throws NotCovered {
    long[] widths = operator.longs("inputdimensions");
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < operator.inputs().size(); i++) {
      Matrix matrix = values.rows(operator.inputs().get(i));
      if (matrix.rank() != 2 || i >= widths.length || widths[i] != matrix.columns().size()) {
        throw new NotCovered("FeatureVectorizer that fills up or cuts off");
      }
      all.addAll(
          matrix.kind() == Kind.FLAG
              ? matrix.columns()
              : Values.rounded(matrix.columns(), Kind.SINGLE));
      Values.requireColumns(all.size());
    }
    return Matrix.of(all, Kind.SINGLE);
  }

  private Value slice(Operator operator) throws NotCovered {
    if (values.graph().operatorSet("") < SLICE_BY_INPUTS) {
      throw new NotCovered("Slice of an operator set before " + SLICE_BY_INPUTS);
    }
    List<String> in = operator.inputs();
    Matrix matrix = values.numbers(in.get(0));
    double[] starts = values.constant(in.get(1), "Slice").values();
    double[] ends = values.constant(in.get(2), "Slice").values();
    boolean stepped = in.size() > 4 && !in.get(4).isEmpty();
    double step = stepped ? values.constant(in.get(4), "Slice").values()[0] : 1;
    if (in.size() < 4 || in.get(3).isEmpty() || starts.length != 1 || step != 1) {
      throw new NotCovered("Slice other than of neighbouring columns");
    }
    int axis = Values.axis((long) values.constant(in.get(3), "Slice").values()[0], matrix.rank());
    if (axis == 0 || matrix.fixed()) {
      throw new NotCovered("Slice of rows");
    }
    int width = matrix.shape().get(axis - 1);
    int from = place(starts[0], width);
    int to = place(ends[0], width);
    return picked(matrix, axis - 1, IntStream.range(from, Math.max(from, to)).toArray(), false);
  }

  private static int place(double place, int width) {
    return (int) Math.max(0, Math.min(width, place < 0 ? place + width : place));
  }

  private Value gather(Operator operator) throws NotCovered {
    String from = operator.inputs().get(0);
    String by = operator.inputs().get(1);
    if (values.graph().texts(from).isPresent()
        || (values.graph().constant(from).isPresent() && values.graph().constant(by).isEmpty())) {
      return named(from, values.numbers(by));
    }
    Constant places = values.constant(by, "Gather");
    Value value = values.of(from);
    int axis = Values.axis(operator.number("axis", 0), Shapes.of(value).size() + 1);
    if (axis == 0 || places.shape().size() > 1) {
      throw new NotCovered("Gather of rows");
    }
    int width = Shapes.of(value).get(axis - 1);
    int[] chosen = new int[places.values().length];
    for (int i = 0; i < chosen.length; i++) {
      double place = places.values()[i];
      chosen[i] = checked(place < 0 ? place + width : place, width);
    }
    return picked(value, axis - 1, chosen, places.shape().isEmpty());
  }

  private static int checked(double place, int width) throws NotCovered {
    if (!(place >= 0) || place >= width) {
      throw new NotCovered("column " + place + " of " + width);
    }
    return (int) place;
  }

  private Value extracted(List<String> in) throws NotCovered {
    if (values.graph().texts(in.get(0)).isPresent()
        || values.graph().constant(in.get(0)).isPresent()) {
      return new Across(named(in.get(0), values.numbers(in.get(1))));
    }
    double[] places = values.constant(in.get(1), "ArrayFeatureExtractor").values();
    Value value = values.of(in.get(0));
    List<Integer> shape = Shapes.of(value);
    if (shape.isEmpty()) {
      throw new NotCovered("ArrayFeatureExtractor of rows");
    }
    int last = shape.size() - 1;
    int[] chosen = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = checked(places[i], shape.get(last));
    }
    return picked(value, last, chosen, false);
  }

  /** Returns for each row one of some constants. */
  private Value named(String constants, Matrix index) throws NotCovered {
    if (index.columns().size() != 1
        || index.fixed()
        || !(index.columns().get(0).producer instanceof Producer.Best best)) {
      throw new NotCovered("constants chosen by other than ArgMax");
    }
    Optional<List<String>> names = values.graph().texts(constants);
    if (names.isPresent()) {
      checked(best.columns().size() - 1, names.get().size());
      return new Names(index.columns().get(0), names.get(), index.shape());
    }
    Constant numbers = values.constant(constants, "labels");
    checked(best.columns().size() - 1, numbers.values().length);
    for (double number : numbers.values()) {
      if (Math.abs(number) >= 0x1p53) {
        throw new NotCovered("a label beyond 2^53");
      }
    }
    return index.with(
        List.of(new Column(new Producer.Looked(index.columns().get(0), numbers.values()))),
        Kind.of(numbers));
  }

  private static Value picked(Value value, int axis, int[] places, boolean dropped)
      throws NotCovered {
    List<Integer> shape = new ArrayList<>(Shapes.of(value));
    int outer = Shapes.product(shape.subList(0, axis));
    int width = shape.get(axis);
    int inner = Shapes.product(shape.subList(axis + 1, shape.size()));
    Values.requireColumns((long) outer * places.length * inner);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < outer; i++) {
      for (int place : places) {
        for (int j = 0; j < inner; j++) {
          order.add((i * width + place) * inner + j);
        }
      }
    }
    if (dropped) {
      shape.remove(axis);
    } else {
      shape.set(axis, places.length);
    }
    if (value instanceof Matrix matrix) {
      return new Matrix(
          order.stream().map(matrix.columns()::get).toList(), shape, matrix.kind(), false);
    } else if (value instanceof Texts texts) {
      return new Texts(order.stream().map(texts.columns()::get).toList(), shape);
    }
    throw new NotCovered("columns of labels");
  }
}
