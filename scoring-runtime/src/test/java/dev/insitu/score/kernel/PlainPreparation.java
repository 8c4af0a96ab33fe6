package dev.insitu.score.kernel;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a preparation does to a row, by plain Java and as the nodes that the trainers write: numbers
 * imputed and scaled, flags of what was missing, texts one-hot. Confined to one thread.
 */
final class PlainPreparation {
  private static final List<String> POOL =
      List.of("red", "", "\uD83D\uDE00", "nul\0l", "\u00e9t\u00e9", "green", "blue", "b", "c", "d");

  /** How a number is prepared. */
  private record Number(
      double nan, double largest, double smallest, double center, double scale, boolean flag) {}

  /**
   * How a text is prepared.
   *
   * @param missing the column of NULL, -1 if there is none
   * @param other the column of unseen texts, -1 if there is none
   */
  private record Text(List<String> keys, int missing, int other, int width) {}

  private final List<Number> numbers = new ArrayList<>();
  private final List<Text> texts = new ArrayList<>();
  private final boolean replacesInfinite;
  private final boolean scales;

  PlainPreparation(Random random) {
    this.replacesInfinite = random.nextInt(3) > 0;
    this.scales = random.nextBoolean();
    int all = 1 + random.nextInt(8);
    int ofText = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(4, all + 1));
    for (int i = 0; i < all - ofText; i++) {
      numbers.add(number(random));
    }
    for (int i = 0; i < ofText; i++) {
      texts.add(text(random));
    }
  }

  private Number number(Random random) {
    return new Number(
        random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian(),
        replacesInfinite ? 100 : Double.POSITIVE_INFINITY,
        replacesInfinite ? -100 : Double.NEGATIVE_INFINITY,
        scales && random.nextInt(4) > 0 ? random.nextGaussian() * 10 : 0,
        scales && random.nextInt(4) > 0 ? 0.1 + random.nextDouble() * 5 : 1,
        random.nextInt(3) == 0);
  }

  private static Text text(Random random) {
    List<String> keys =
        POOL.stream().filter(key -> random.nextBoolean()).limit(random.nextInt(8)).toList();
    int width = keys.size();
    int missing = random.nextBoolean() ? width++ : -1;
    int other =
        random.nextInt(3) == 0 ? Math.max(missing, -1) : random.nextBoolean() ? width++ : -1;
    return new Text(keys, missing, other, Math.max(width, 1));
  }

  List<String> inputs() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      names.add("x" + i);
    }
    for (int i = 0; i < texts.size(); i++) {
      names.add("t" + i);
    }
    return names;
  }

  /** Returns how many numbers a prepared row has. */
  int width() {
    return numbers.size()
        + (int) numbers.stream().filter(Number::flag).count()
        + texts.stream().mapToInt(Text::width).sum();
  }

  /** Writes the nodes and returns the name of the matrix. */
  String write(GraphBuilder graph) {
    List<String> names = inputs();
    names.forEach(
        name -> graph.input(name, name.startsWith("t") ? ElementType.STRING : ElementType.DOUBLE));
    List<String> blocks = new ArrayList<>();
    if (!numbers.isEmpty()) {
      blocks.add(numbers(graph, names.subList(0, numbers.size())));
    }
    List<String> flags = new ArrayList<>();
    List<String> flagged =
        IntStream.range(0, numbers.size())
            .filter(i -> numbers.get(i).flag)
            .mapToObj(names::get)
            .toList();
    if (!flagged.isEmpty()) {
      flags.add(graph.node("IsNaN", List.of(concat(graph, flagged))));
    }
    for (int i = 0; i < texts.size(); i++) {
      flags.add(oneHot(graph, names.get(numbers.size() + i), texts.get(i)));
    }
    if (!flags.isEmpty()) {
      blocks.add(graph.cast(concat(graph, flags), ElementType.DOUBLE));
    }
    return concat(graph, blocks);
  }

  private String numbers(GraphBuilder graph, List<String> names) {
    String matrix = concat(graph, names);
    String missing = graph.node("IsNaN", List.of(matrix));
    matrix = graph.node("Where", List.of(missing, constants(graph, Number::nan), matrix));
    if (replacesInfinite) {
      matrix = replace(graph, matrix, Double.POSITIVE_INFINITY, Number::largest);
      matrix = replace(graph, matrix, Double.NEGATIVE_INFINITY, Number::smallest);
    }
    if (scales) {
      matrix = graph.node("Sub", List.of(matrix, constants(graph, Number::center)));
      matrix = graph.node("Div", List.of(matrix, constants(graph, Number::scale)));
    }
    return matrix;
  }

  private String replace(
      GraphBuilder graph,
      String matrix,
      double value,
      java.util.function.ToDoubleFunction<Number> by) {
    String found = graph.node("Equal", List.of(matrix, graph.doubles(new double[] {value})));
    return graph.node("Where", List.of(found, constants(graph, by), matrix));
  }

  private String constants(GraphBuilder graph, java.util.function.ToDoubleFunction<Number> value) {
    return graph.doubles(numbers.stream().mapToDouble(value).toArray(), 1, numbers.size());
  }

  private static String oneHot(GraphBuilder graph, String input, Text text) {
    List<String> keys = new ArrayList<>(text.keys);
    keys.add(GraphBuilder.NULL_TEXT);
    long[] places = LongStream.range(0, keys.size()).toArray();
    places[keys.size() - 1] = text.missing;
    String code =
        graph.mlNode(
            "LabelEncoder",
            List.of(input),
            Attribute.ofTexts("keys_strings", keys),
            Attribute.ofLongs("values_int64s", places),
            Attribute.of("default_int64", text.other));
    long[] columns = LongStream.range(0, text.width).toArray();
    return graph.node("Equal", List.of(code, graph.longs(columns, 1, columns.length)));
  }

  private static String concat(GraphBuilder graph, List<String> values) {
    return values.size() == 1
        ? values.get(0)
        : graph.node("Concat", values, Attribute.of("axis", 1L));
  }

  /** Fills a batch with rows. */
  void fill(FeatureBatch rows, int count, Random random) {
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < numbers.size(); i++) {
        int kind = random.nextInt(12);
        rows.numbers(i)[row] =
            kind == 0
                ? Double.NaN
                : kind == 1 ? AwkwardNumbers.any(random) : random.nextGaussian() * 20;
      }
      for (int i = 0; i < texts.size(); i++) {
        rows.texts(numbers.size() + i)[row] = anyText(random);
      }
    }
    rows.setRows(count);
  }

  private static @Nullable String anyText(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> "unseen";
      case 2 -> GraphBuilder.NULL_TEXT;
      case 3 -> "x".repeat(100);
      default -> POOL.get(random.nextInt(POOL.size()));
    };
  }

  /** Returns a prepared row. */
  double[] prepared(FeatureBatch rows, int row) {
    double[] prepared = new double[width()];
    int at = 0;
    for (int i = 0; i < numbers.size(); i++) {
      Number number = numbers.get(i);
      double x = rows.numbers(i)[row];
      x = Double.isNaN(x) ? number.nan : x;
      x = x == Double.POSITIVE_INFINITY ? number.largest : x;
      x = x == Double.NEGATIVE_INFINITY ? number.smallest : x;
      prepared[at++] = (x - number.center) / number.scale;
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i).flag) {
        prepared[at++] = Double.isNaN(rows.numbers(i)[row]) ? 1 : 0;
      }
    }
    for (int i = 0; i < texts.size(); i++) {
      Text text = texts.get(i);
      String value = rows.texts(numbers.size() + i)[row];
      int place = value == null ? text.missing : text.keys.indexOf(value);
      if (value != null && place < 0) {
        place = text.other;
      }
      if (place >= 0) {
        prepared[at + place] = 1;
      }
      at += text.width;
    }
    return prepared;
  }
}
