package dev.insitu.score.kernel;

import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.NumericGraph;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Prepared;
import dev.insitu.score.kernel.Producer.Softmax;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Value.Across;
import dev.insitu.score.kernel.Value.Matrix;
import dev.insitu.score.kernel.Value.Names;
import dev.insitu.score.kernel.Value.Text;
import dev.insitu.score.kernel.Value.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles a graph of others with the inputs and outputs that its binding says. Used once. */
final class ImportedGraph {
  private final GraphBinding binding;
  private final Values values;
  private final Map<Integer, Column> numbers = new LinkedHashMap<>();
  private final List<Column> scores = new ArrayList<>();
  private final List<GraphCompiler.Answer> answers = new ArrayList<>();
  private int texts;
  private int integers;

  private ImportedGraph(byte[] graph, GraphBinding binding) {
    this.binding = binding;
    this.values = new Values(NumericGraph.read(graph), List.of());
  }

  static Program compile(byte[] graph, GraphBinding binding) throws NotCovered {
    ImportedGraph compiled = new ImportedGraph(graph, binding);
    Intake intake = compiled.intake();
    return GraphCompiler.program(
        intake, compiled.scores, compiled.answers, binding.runMillis(), binding.runBytes());
  }

  /** Returns rows by which it is told from others. */
  static Probes probes(byte[] graph, GraphBinding binding, ModelSignature signature)
      throws NotCovered {
    ImportedGraph compiled = new ImportedGraph(graph, binding);
    Intake intake = compiled.intake();
    List<Column> wanted = new ArrayList<>(compiled.scores);
    compiled.answers.forEach(answer -> wanted.add(answer.column()));
    return new Probes(binding, signature, intake, wanted);
  }

  private Intake intake() throws NotCovered {
    for (InputBinding input : binding.inputs()) {
      if (!(input instanceof InputBinding.Columns columns)) {
        throw new NotCovered("arrays, pictures or tokens");
      }
      values.put(columns.input(), input(columns));
    }
    List<String> wanted = binding.outputs().stream().map(OutputBinding::value).toList();
    GraphCompiler.run(values, values.graph().operators(wanted));
    for (OutputBinding output : binding.outputs()) {
      output(output);
    }
    return new Intake(List.copyOf(numbers.keySet()), values.codes(), List.of());
  }

  private Value input(InputBinding.Columns input) throws NotCovered {
    List<Long> dimensions = input.shape();
    if (dimensions.isEmpty()
        || (dimensions.get(0) != -1 && dimensions.get(0) != binding.rowsPerRun())
        || input.rowElements() / Math.max(1, dimensions.get(0)) != input.columns().size()) {
      throw new NotCovered("an input " + dimensions + " that does not begin with the rows");
    }
    List<Integer> shape =
        dimensions.subList(1, dimensions.size()).stream().map(Math::toIntExact).toList();
    if (input.element() == Element.STRING) {
      return new Texts(
          input.columns().stream()
              .map(column -> new Text(column, binding.nulls().get(column).text()))
              .toList(),
          shape);
    }
    Kind kind =
        switch (input.element().family()) {
          case INTEGER -> Kind.WHOLE;
          case BOOLEAN -> Kind.FLAG;
          default ->
              switch (input.element()) {
                case FLOAT -> Kind.SINGLE;
                case DOUBLE -> Kind.DOUBLE;
                default -> throw new NotCovered("an input of " + input.element());
              };
        };
    List<Column> columns = new ArrayList<>();
    for (int column : input.columns()) {
      columns.add(number(column));
    }
    return new Matrix(Values.rounded(columns, kind), shape, kind, false);
  }

  private Column number(int input) {
    Column column = numbers.computeIfAbsent(input, i -> Column.input(numbers.size()));
    NullRule rule = binding.nulls().get(input);
    return rule.kind() == NullRule.Kind.NUMBER
        ? new Column(Prepared.ofNaN(column, rule.number()))
        : column;
  }

  private void output(OutputBinding output) throws NotCovered {
    Value value = values.of(output.value());
    if (value instanceof Across across) {
      value = across.of();
    }
    if (output instanceof OutputBinding.Numbers several) {
      if (several.pooling() != OutputBinding.Pooling.NONE || several.normalized()) {
        throw new NotCovered("vectors of tokens");
      }
      scores.addAll(columns(value, several.width()));
    } else if (output instanceof OutputBinding.Classes classes) {
      classes(classes, value);
    } else if (output instanceof OutputBinding.Texts) {
      if (!(value instanceof Names names)) {
        throw new NotCovered("texts that come out as they went in");
      }
      int number = texts++;
      String[] all = names.names().toArray(new String[0]);
      answers.add(
          new GraphCompiler.Answer(names.index(), slot -> new Sinks.Named(slot, all, number)));
    } else if (output instanceof OutputBinding.Integers) {
      int number = integers++;
      answers.add(
          new GraphCompiler.Answer(
              columns(value, 1).get(0), slot -> new Sinks.Whole(slot, number)));
    } else if (output instanceof OutputBinding.Label label) {
      label(label, value);
    }
  }

  private static List<Column> columns(Value value, int width) throws NotCovered {
    if (value instanceof Matrix matrix && !matrix.fixed() && matrix.columns().size() == width) {
      return matrix.columns();
    }
    throw new NotCovered("an output of another size");
  }

  private void classes(OutputBinding.Classes classes, Value value) throws NotCovered {
    List<Column> raw = columns(value, classes.width());
    List<Column> shares;
    if (classes.width() == 1) {
      Column positive =
          classes.activation() == OutputBinding.Activation.SIGMOID
              ? new Column(new Unary(Unary.Function.SIGMOID, raw.get(0)))
              : raw.get(0);
      shares =
          List.of(
              new Column(new Binary(Binary.Function.SUB, Values.constant(1), positive)), positive);
    } else if (classes.activation() == OutputBinding.Activation.SOFTMAX) {
      List<Column> outputs = new ArrayList<>();
      shares = Heads.parts(new Softmax(raw, outputs), raw.size(), outputs);
    } else {
      shares = raw;
    }
    classes.order().forEach(place -> scores.add(shares.get(place)));
  }

  private void label(OutputBinding.Label label, Value value) throws NotCovered {
    Map<String, Integer> classes = new LinkedHashMap<>();
    for (int i = 0; i < label.classes().size(); i++) {
      classes.put(label.classes().get(i), i);
    }
    if (value instanceof Names names) {
      int[] table =
          names.names().stream().mapToInt(name -> classes.getOrDefault(name, -1)).toArray();
      answers.add(
          new GraphCompiler.Answer(
              names.index(), slot -> new Sinks.Labels(slot, table, names.names(), label)));
      return;
    }
    Column column = columns(value, 1).get(0);
    boolean whole = !((Matrix) value).kind().isReal();
    answers.add(
        new GraphCompiler.Answer(
            column, slot -> new Sinks.NumberLabels(slot, whole, classes, label)));
  }
}
