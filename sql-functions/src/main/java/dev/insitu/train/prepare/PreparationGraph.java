package dev.insitu.train.prepare;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType.Form;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Writes a preparation as graph nodes. All numbers go through one matrix, so that a graph of many
 * columns has few nodes. Confined to one thread.
 */
final class PreparationGraph {
  private final Preparation preparation;
  private final GraphBuilder graph;
  private final List<String> inputs = new ArrayList<>();

  PreparationGraph(Preparation preparation, GraphBuilder graph) {
    this.preparation = preparation;
    this.graph = graph;
  }

  String write() {
    for (ColumnSpec input : preparation.inputs()) {
      boolean text = input.type().form() == Form.TEXT;
      inputs.add(graph.input(input.name(), text ? ElementType.STRING : ElementType.DOUBLE));
    }
    List<String> blocks = new ArrayList<>();
    if (!preparation.numbers().isEmpty()) {
      blocks.add(numbers());
    }
    List<String> flags = new ArrayList<>();
    if (!preparation.missing().isEmpty()) {
      List<String> values = preparation.missing().stream().map(inputs::get).toList();
      flags.add(graph.node("IsNaN", List.of(concat(values))));
    }
    for (TextEncoding encoding : preparation.texts()) {
      flags.add(oneHot(encoding));
    }
    if (!flags.isEmpty()) {
      blocks.add(graph.cast(concat(flags), ElementType.DOUBLE));
    }
    List<String> lowerCase = new ArrayList<>();
    for (VocabularyEncoding encoding : preparation.vocabularies()) {
      String text = inputs.get(encoding.input());
      blocks.add(words(text, encoding));
      lowerCase.add(text);
    }
    if (!lowerCase.isEmpty()) {
      graph.metadata(GraphBuilder.LOWER_CASE, String.join("\n", lowerCase));
    }
    return concat(blocks);
  }

  private String numbers() {
    List<String> values = new ArrayList<>();
    PartGraph parts = null;
    int input = -1;
    for (NumberEncoding encoding : preparation.numbers()) {
      if (parts == null || encoding.input() != input) {
        input = encoding.input();
        parts = new PartGraph(graph, inputs.get(input), encoding.form());
      }
      values.add(parts.part(encoding.part()));
    }
    String matrix = concat(values);
    matrix =
        graph.node(
            "Where",
            List.of(graph.node("IsNaN", List.of(matrix)), constants(NumberEncoding::mean), matrix));
    matrix = replace(matrix, Double.POSITIVE_INFINITY, NumberEncoding::max);
    matrix = replace(matrix, Double.NEGATIVE_INFINITY, NumberEncoding::min);
    boolean standardized =
        preparation.numbers().stream().anyMatch(e -> e.center() != 0 || e.scale() != 1);
    if (standardized) {
      matrix = graph.node("Sub", List.of(matrix, constants(NumberEncoding::center)));
      matrix = graph.node("Div", List.of(matrix, constants(NumberEncoding::scale)));
    }
    return matrix;
  }

  private String replace(String matrix, double value, ToDoubleFunction<NumberEncoding> by) {
    String found = graph.node("Equal", List.of(matrix, graph.doubles(new double[] {value})));
    return graph.node("Where", List.of(found, constants(by), matrix));
  }

  private String constants(ToDoubleFunction<NumberEncoding> of) {
    double[] values = preparation.numbers().stream().mapToDouble(of).toArray();
    return graph.doubles(values, 1, values.length);
  }

  /** Writes the one-hot columns of a text input as booleans. */
  private String oneHot(TextEncoding encoding) {
    List<String> keys = new ArrayList<>(encoding.categories());
    keys.add(GraphBuilder.NULL_TEXT);
    long[] positions = new long[keys.size()];
    for (int i = 0; i < encoding.categories().size(); i++) {
      positions[i] = i;
    }
    positions[keys.size() - 1] = encoding.missingColumn();
    String code =
        graph.mlNode(
            "LabelEncoder",
            List.of(inputs.get(encoding.input())),
            Attribute.ofTexts("keys_strings", keys),
            Attribute.ofLongs("values_int64s", positions),
            Attribute.of("default_int64", (long) encoding.otherColumn()));
    long[] columns = new long[encoding.width()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i;
    }
    return graph.node("Equal", List.of(code, graph.longs(columns, 1, columns.length)));
  }

  /** Writes the tf-idf columns of a text input; see {@link VocabularyEncoding}. */
  private String words(String text, VocabularyEncoding encoding) {
    int width = encoding.words().size();
    long[] columns = LongStream.range(0, width).toArray();
    String flat = graph.node("Reshape", List.of(text, graph.longs(new long[] {-1}, 1)));
    String words =
        graph
            .node("StringSplit", List.of(flat), 2, Attribute.of("delimiter", Words.DELIMITER))
            .get(0);
    String floats =
        graph.node(
            "TfIdfVectorizer",
            List.of(words),
            Attribute.of("mode", "TF"),
            Attribute.of("min_gram_length", 1L),
            Attribute.of("max_gram_length", 1L),
            Attribute.of("max_skip_count", 0L),
            Attribute.ofTexts("pool_strings", encoding.words()),
            Attribute.ofLongs("ngram_counts", 0),
            Attribute.ofLongs("ngram_indexes", columns));
    String counts = graph.cast(floats, ElementType.DOUBLE);
    String squares = graph.node("Mul", List.of(counts, counts));
    String sum =
        graph.node("MatMul", List.of(squares, graph.doubles(encoding.squares(), width, 1)));
    String norm =
        graph.node(
            "Sqrt",
            List.of(graph.node("Max", List.of(sum, graph.doubles(new double[] {1}, 1, 1)))));
    String weighted =
        graph.node("Mul", List.of(counts, graph.doubles(encoding.factors(), 1, width)));
    return graph.node("Div", List.of(weighted, norm));
  }

  private String concat(List<String> values) {
    return values.size() == 1
        ? values.get(0)
        : graph.node("Concat", values, Attribute.of("axis", 1L));
  }
}
