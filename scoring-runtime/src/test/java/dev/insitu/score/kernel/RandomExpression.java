package dev.insitu.score.kernel;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A graph of operators that work number by number, in any order that fits, over some columns. Each
 * of them has one right result, but for what comes last: a sigmoid, a softmax or a sum, which has a
 * tolerance. Confined to one thread.
 */
final class RandomExpression {
  /** A value of the graph. */
  private record Value(String name, int width, ElementType type) {}

  private final Random random;
  private final GraphBuilder graph = new GraphBuilder("expression");
  private final List<Value> values = new ArrayList<>();
  private final List<String> operators = new ArrayList<>();
  private int width;

  RandomExpression(Random random, List<String> inputs) {
    this.random = random;
    for (String input : inputs) {
      values.add(new Value(graph.input(input, ElementType.DOUBLE), 1, ElementType.DOUBLE));
    }
    int columns = Math.min(inputs.size(), 1 + random.nextInt(4));
    add("Concat", inputs.subList(0, columns), columns, ElementType.DOUBLE, axis());
    for (int i = random.nextInt(14); i >= 0; i--) {
      grow();
    }
  }

  /** Returns the graph; the last values go into the output. */
  byte[] build() {
    List<Value> numbers = values.stream().filter(v -> v.type != ElementType.BOOL).toList();
    List<String> last = new ArrayList<>();
    for (int i = Math.max(0, numbers.size() - 3); i < numbers.size(); i++) {
      Value value = ending(numbers.get(i));
      last.add(as(value, ElementType.DOUBLE).name);
      width += value.width;
    }
    String all = last.size() == 1 ? last.get(0) : graph.node("Concat", last, axis());
    graph.output(all, "prediction", ElementType.DOUBLE, -1, width);
    return graph.build();
  }

  int width() {
    return width;
  }

  private void grow() {
    Value a = number(random.nextBoolean() ? any() : values.get(values.size() - 1));
    switch (random.nextInt(17)) {
      case 0 -> add("Floor", List.of(a.name), a.width, a.type);
      case 1 -> add("Sqrt", List.of(a.name), a.width, a.type);
      case 2 -> add("Neg", List.of(a.name), a.width, a.type);
      case 3 -> add("IsNaN", List.of(a.name), a.width, ElementType.BOOL);
      case 4 -> add("Equal", List.of(a.name, constant(a)), a.width, ElementType.BOOL);
      case 5 -> choose(a);
      case 6 ->
          add(
              "Cast",
              List.of(a.name),
              a.width,
              other(a.type),
              Attribute.of("to", other(a.type).number()));
      case 7 -> gather(a);
      case 8 -> add("Div", List.of(a.name, constant(a)), a.width, a.type);
      case 9, 10, 11 -> replace(a);
      case 12 -> clip(a);
      case 13 -> {
        Value like = any();
        if (like.type != ElementType.BOOL) {
          add("CastLike", List.of(a.name, like.name), a.width, like.type);
        }
      }
      default -> pair(a);
    }
  }

  /** Replaces some of the numbers, as preparations do. */
  private void replace(Value a) {
    Value flag =
        random.nextBoolean()
            ? add("IsNaN", List.of(a.name), a.width, ElementType.BOOL)
            : add("Equal", List.of(a.name, constant(a)), a.width, ElementType.BOOL);
    add("Where", List.of(flag.name, constant(a), a.name), a.width, a.type);
  }

  private void clip(Value a) {
    double from = random.nextGaussian() * 50;
    double to = from + random.nextInt(3) * 40;
    String least = one(a.type, random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : from);
    String most = one(a.type, random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : to);
    List<String> bounds =
        random.nextInt(4) == 0 ? List.of(a.name, least) : List.of(a.name, least, most);
    add("Clip", bounds, a.width, a.type);
  }

  private String one(ElementType type, double number) {
    return type == ElementType.DOUBLE
        ? graph.doubles(new double[] {number})
        : graph.floats(new float[] {(float) number});
  }

  private void pair(Value a) {
    String operator = List.of("Add", "Sub", "Mul", "Min", "Max").get(random.nextInt(5));
    int kind = random.nextInt(3);
    if (kind == 0) {
      add(operator, List.of(a.name, constant(a)), a.width, a.type);
    } else if (kind == 1) {
      add(operator, List.of(constant(a), a.name), a.width, a.type);
    } else {
      Value b = as(any(), a.type);
      if (a.width == b.width || a.width == 1 || b.width == 1) {
        add(operator, List.of(a.name, b.name), Math.max(a.width, b.width), a.type);
      }
    }
  }

  private void choose(Value a) {
    List<Value> flags =
        values.stream()
            .filter(v -> v.type == ElementType.BOOL && (v.width == a.width || v.width == 1))
            .toList();
    if (!flags.isEmpty()) {
      String flag = flags.get(random.nextInt(flags.size())).name;
      List<String> in =
          random.nextBoolean()
              ? List.of(flag, constant(a), a.name)
              : List.of(flag, a.name, constant(a));
      add("Where", in, a.width, a.type);
    }
  }

  private void gather(Value a) {
    long[] places = random.longs(1 + random.nextInt(3), 0, a.width).toArray();
    add(
        "Gather",
        List.of(a.name, graph.longs(places, places.length)),
        places.length,
        a.type,
        axis());
  }

  private Value ending(Value value) {
    return switch (random.nextInt(10)) {
      case 3 -> {
        String axes = graph.longs(new long[] {1}, 1);
        yield add("ReduceProd", List.of(value.name, axes), 1, value.type);
      }
      case 4 ->
          add(
              "LpNormalization",
              List.of(value.name),
              value.width,
              value.type,
              axis(),
              Attribute.of("p", 1L + random.nextInt(2)));
      case 0 -> add("Sigmoid", List.of(value.name), value.width, value.type);
      case 1 -> add("Softmax", List.of(value.name), value.width, value.type, axis());
      case 2 -> {
        Value wide = as(value, ElementType.DOUBLE);
        String axes = graph.longs(new long[] {1}, 1);
        yield add("ReduceSumSquare", List.of(wide.name, axes), 1, ElementType.DOUBLE);
      }
      default -> value;
    };
  }

  private Value any() {
    return values.get(random.nextInt(values.size()));
  }

  private Value number(Value value) {
    return value.type == ElementType.BOOL
        ? as(value, random.nextBoolean() ? ElementType.DOUBLE : ElementType.FLOAT)
        : value;
  }

  private Value as(Value value, ElementType type) {
    return value.type == type
        ? value
        : add("Cast", List.of(value.name), value.width, type, Attribute.of("to", type.number()));
  }

  private static ElementType other(ElementType type) {
    return type == ElementType.DOUBLE ? ElementType.FLOAT : ElementType.DOUBLE;
  }

  private Value add(
      String operator, List<String> inputs, int columns, ElementType type, Attribute... more) {
    operators.add(operator);
    Value value = new Value(graph.node(operator, inputs, more), columns, type);
    values.add(value);
    return value;
  }

  private static Attribute axis() {
    return Attribute.of("axis", 1L);
  }

  /** A constant that fits beside a value, of the same type: for each column, or one for all. */
  private String constant(Value beside) {
    int columns = random.nextBoolean() ? beside.width : 1;
    double[] numbers = IntStream.range(0, columns).mapToDouble(i -> number()).toArray();
    long[] shape =
        columns == 1 && random.nextBoolean()
            ? random.nextBoolean() ? new long[0] : new long[] {1}
            : new long[] {1, columns};
    if (beside.type == ElementType.DOUBLE) {
      return graph.doubles(numbers, shape);
    }
    float[] narrow = new float[columns];
    for (int i = 0; i < columns; i++) {
      narrow[i] = (float) numbers[i];
    }
    return graph.floats(narrow, shape);
  }

  private double number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(5) + 1;
      case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case 2 -> 86_400_000_000.0;
      case 3 -> 1;
      default -> random.nextGaussian();
    };
  }

  @Override
  public String toString() {
    return operators.toString();
  }
}
