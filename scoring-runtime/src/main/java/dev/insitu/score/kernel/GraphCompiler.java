package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.onnx.NumericGraph;
import dev.insitu.onnx.NumericGraph.Constant;
import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Ensemble;
import dev.insitu.score.kernel.Producer.IsCode;
import dev.insitu.score.kernel.Producer.IsEqual;
import dev.insitu.score.kernel.Producer.IsNaN;
import dev.insitu.score.kernel.Producer.Part;
import dev.insitu.score.kernel.Producer.Prepared;
import dev.insitu.score.kernel.Producer.Rounded;
import dev.insitu.score.kernel.Producer.Select;
import dev.insitu.score.kernel.Producer.Shares;
import dev.insitu.score.kernel.Producer.Softmax;
import dev.insitu.score.kernel.Producer.SquaredDistance;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Producer.Weighted;
import dev.insitu.score.kernel.Producer.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the columns of a graph from its inputs to its scores. Values are lists of columns, so
 * that joining and choosing columns is done while compiling. Confined to one thread, used once.
 */
final class GraphCompiler {
  private static final long FLOAT = 1;
  private static final long INT64 = 7;
  private static final long DOUBLE = 11;

  private final EdgeSplit edge;
  private final NumericGraph graph;
  private final Map<String, Value> values = new HashMap<>();

  /** What a name of the graph stands for. */
  private sealed interface Value {}

  /**
   * A matrix, a row for each row.
   *
   * @param single whether its numbers are float32, and what becomes of them too
   */
  private record Matrix(List<Column> columns, boolean single) implements Value {
    Matrix(List<Column> columns) {
      this(columns, false);
    }

    /** Returns columns as float32 has them, if this is. */
    Matrix rounded(List<Column> results) {
      return single
          ? new Matrix(results.stream().map(c -> new Column(new Rounded(c))).toList(), true)
          : new Matrix(results);
    }
  }

  /** The code of a text for each row. */
  private record Code(int input) implements Value {}

  /** For each row and tree the row of a table to which its leaf leads. */
  private record Gathered(Constant table, List<Column> leaves) implements Value {}

  GraphCompiler(EdgeSplit edge) {
    this.edge = edge;
    this.graph = NumericGraph.read(edge.graph());
  }

  /**
   * Compiles.
   *
   * @param width the number of scores
   */
  Program compile(int width) throws NotCovered {
    for (int i = 0; i < edge.numbers().size(); i++) {
      values.put(edge.numbers().get(i).name(), new Matrix(List.of(Column.input(i))));
    }
    for (int i = 0; i < edge.codes().size(); i++) {
      values.put(edge.codes().get(i).name(), new Code(i));
    }
    for (int i = 0; i < edge.words().size(); i++) {
      int input = i;
      int words = edge.words().get(i).words().width();
      values.put(
          edge.words().get(i).name(),
          new Matrix(columns(words, j -> new Column(new Word(input, words, j)))));
    }
    for (Operator operator : graph.operators()) {
      values.put(operator.outputs().get(0), value(operator));
    }
    List<Column> scores = matrix(edge.output().name());
    if (scores.size() != width) {
      throw new NotCovered(scores.size() + " scores");
    }
    return new Schedule().program(scores);
  }

  private Value value(Operator operator) throws NotCovered {
    List<String> in = operator.inputs();
    return switch (operator.type()) {
      case "Identity" -> of(in.get(0));
      case "Cast" -> cast(operator);
      case "Concat" -> concat(operator);
      case "IsNaN" -> each(in, column -> new Column(new IsNaN(column)));
      case "Equal" -> equal(in);
      case "Where" -> where(in);
      case "Add" -> pairs(in, Binary.Function.ADD);
      case "Sub" -> pairs(in, Binary.Function.SUB);
      case "Mul" -> pairs(in, Binary.Function.MUL);
      case "Div" -> pairs(in, Binary.Function.DIV);
      case "Min" -> pairs(in, Binary.Function.MIN);
      case "Max" -> pairs(in, Binary.Function.MAX);
      case "Floor" -> unary(in, Unary.Function.FLOOR);
      case "Sqrt" -> unary(in, Unary.Function.SQRT);
      case "Neg" -> unary(in, Unary.Function.NEG);
      case "Sigmoid" -> unary(in, Unary.Function.SIGMOID);
      case "MatMul" -> product(in);
      case "Softmax" -> softmax(operator);
      case "ReduceSumSquare" -> squares(operator);
      case "TreeEnsemble" -> trees(operator);
      case "Gather" -> gather(operator);
      case "ReduceSum" -> shares(operator);
      default -> throw new NotCovered("operator " + operator.type());
    };
  }

  private Value of(String name) throws NotCovered {
    Value value = values.get(name);
    if (value != null) {
      return value;
    }
    Optional<Constant> constant = graph.constant(name);
    if (constant.isPresent()
        && constant.get().values().length == constant.get().width()
        && constant.get().shape().size() <= 2) {
      double[] row = constant.get().values();
      return new Matrix(columns(row.length, j -> constant(row[j])), constant.get().single());
    }
    throw new NotCovered("value " + name);
  }

  private static Column constant(double value) {
    return new Column(new Producer.Constant(value));
  }

  private static List<Column> columns(int count, java.util.function.IntFunction<Column> column) {
    return IntStream.range(0, count).mapToObj(column).toList();
  }

  private List<Column> matrix(String name) throws NotCovered {
    return typed(name).columns;
  }

  private Matrix typed(String name) throws NotCovered {
    if (of(name) instanceof Matrix matrix) {
      return matrix;
    }
    throw new NotCovered("codes or leaves as numbers");
  }

  private Matrix each(List<String> in, Function<Column, Column> function) throws NotCovered {
    return new Matrix(matrix(in.get(0)).stream().map(function).toList());
  }

  private Matrix unary(List<String> in, Unary.Function function) throws NotCovered {
    Matrix matrix = typed(in.get(0));
    return matrix.rounded(
        matrix.columns.stream().map(column -> new Column(new Unary(function, column))).toList());
  }

  private Value cast(Operator operator) throws NotCovered {
    long to = operator.number("to", 0);
    Matrix matrix = typed(operator.inputs().get(0));
    if (to == FLOAT) {
      return matrix.single ? matrix : new Matrix(matrix.columns, true).rounded(matrix.columns);
    } else if (to == DOUBLE || (to == INT64 && ensembleOf(matrix.columns) != null)) {
      return new Matrix(matrix.columns); // flags and numbers of leaves are whole numbers already
    }
    throw new NotCovered("Cast to type " + to);
  }

  private Matrix concat(Operator operator) throws NotCovered {
    if (operator.number("axis", 0) != 1) {
      throw new NotCovered("Concat of rows");
    }
    List<Column> all = new ArrayList<>();
    for (String name : operator.inputs()) {
      all.addAll(matrix(name));
    }
    return new Matrix(all, typed(operator.inputs().get(0)).single);
  }

  private Matrix equal(List<String> in) throws NotCovered {
    List<Column> constants = matrix(in.get(1));
    if (of(in.get(0)) instanceof Code code) {
      List<Column> flags = new ArrayList<>();
      for (Column constant : constants) {
        flags.add(new Column(new IsCode(code.input, (int) number(constant))));
      }
      return new Matrix(flags);
    }
    List<Column> columns = matrix(in.get(0));
    List<Column> flags = new ArrayList<>();
    for (int i = 0; i < width(columns, constants); i++) {
      flags.add(new Column(new IsEqual(at(columns, i), number(at(constants, i)))));
    }
    return new Matrix(flags);
  }

  private static double number(Column column) throws NotCovered {
    Double value = column.constant();
    if (value == null) {
      throw new NotCovered("a comparison of two columns");
    }
    return value;
  }

  private static int width(List<Column> a, List<Column> b) throws NotCovered {
    if (a.size() != b.size() && a.size() != 1 && b.size() != 1) {
      throw new NotCovered(a.size() + " beside " + b.size() + " columns");
    }
    return Math.max(a.size(), b.size());
  }

  private static Column at(List<Column> columns, int i) {
    return columns.get(columns.size() == 1 ? 0 : i);
  }

  private Matrix where(List<String> in) throws NotCovered {
    List<Column> flags = matrix(in.get(0));
    List<Column> yes = matrix(in.get(1));
    List<Column> no = matrix(in.get(2));
    List<Column> chosen = new ArrayList<>();
    for (int i = 0; i < Math.max(width(flags, yes), width(flags, no)); i++) {
      chosen.add(chosen(at(flags, i), at(yes, i), at(no, i)));
    }
    return new Matrix(chosen, typed(in.get(2)).single);
  }

  /** What a preparation replaces becomes one loop. */
  private static Column chosen(Column flag, Column yes, Column no) {
    Double value = yes.constant();
    if (value != null && flag.producer instanceof IsNaN nan && nan.of() == no) {
      return new Column(Prepared.ofNaN(no, value));
    }
    if (value != null
        && flag.producer instanceof IsEqual equal
        && equal.of() == no
        && no.producer instanceof Prepared prepared) {
      if (equal.value() == Double.POSITIVE_INFINITY && prepared.isLargestRaw()) {
        return new Column(prepared.withLargest(value));
      } else if (equal.value() == Double.NEGATIVE_INFINITY && prepared.isSmallestRaw()) {
        return new Column(prepared.withSmallest(value));
      }
    }
    return new Column(new Select(flag, yes, no));
  }

  private Matrix pairs(List<String> in, Binary.Function function) throws NotCovered {
    if (in.size() != 2) {
      throw new NotCovered(function + " of " + in.size() + " values");
    }
    Matrix left = typed(in.get(0));
    List<Column> a = left.columns;
    List<Column> b = matrix(in.get(1));
    List<Column> results = new ArrayList<>();
    for (int i = 0; i < width(a, b); i++) {
      results.add(
          left.single
              ? new Column(new Binary(function, at(a, i), at(b, i)))
              : pair(function, at(a, i), at(b, i)));
    }
    return left.rounded(results);
  }

  private static Column pair(Binary.Function function, Column a, Column b) {
    Double value = b.constant();
    if (value != null && a.producer instanceof Prepared prepared) {
      if (function == Binary.Function.SUB && prepared.isRaw()) {
        return new Column(prepared.withCenter(value));
      } else if (function == Binary.Function.DIV && prepared.scale() == 1) {
        return new Column(prepared.withScale(value));
      }
    }
    return new Column(new Binary(function, a, b));
  }

  private Matrix product(List<String> in) throws NotCovered {
    Matrix left = typed(in.get(0));
    List<Column> columns = left.columns;
    Constant weights =
        graph.constant(in.get(1)).orElseThrow(() -> new NotCovered("MatMul of two matrices"));
    int width = weights.width();
    if (weights.values().length != columns.size() * width) {
      throw new NotCovered("MatMul with " + weights.shape());
    }
    List<Column> results = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      List<Column> used = new ArrayList<>();
      List<Double> factors = new ArrayList<>();
      for (int j = 0; j < columns.size(); j++) {
        double weight = weights.values()[j * width + k];
        if (weight != 0 || !isFinite(columns.get(j))) {
          used.add(columns.get(j));
          factors.add(weight);
        }
      }
      results.add(new Column(new Weighted(used, factors)));
    }
    return left.rounded(results);
  }

  private static boolean isFinite(Column column) {
    return (column.producer instanceof Prepared prepared && prepared.isFinite())
        || column.producer instanceof IsCode
        || column.producer instanceof IsNaN;
  }

  private Matrix softmax(Operator operator) throws NotCovered {
    if (operator.number("axis", -1) != 1) {
      throw new NotCovered("Softmax over rows");
    }
    Matrix in = typed(operator.inputs().get(0));
    List<Column> outputs = new ArrayList<>();
    Softmax group = new Softmax(in.columns, outputs);
    return in.rounded(parts(group, in.columns.size(), outputs));
  }

  private static List<Column> parts(Producer.Group group, int count, List<Column> outputs) {
    for (int i = 0; i < count; i++) {
      outputs.add(new Column(new Part(group, i)));
    }
    return outputs;
  }

  private Matrix squares(Operator operator) throws NotCovered {
    requireSecondAxis(operator);
    List<Column> of = new ArrayList<>();
    List<Double> centers = new ArrayList<>();
    for (Column column : matrix(operator.inputs().get(0))) {
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
    return new Matrix(List.of(new Column(new SquaredDistance(of, centers))));
  }

  private void requireSecondAxis(Operator operator) throws NotCovered {
    Optional<Constant> axes =
        operator.inputs().size() > 1 ? graph.constant(operator.inputs().get(1)) : Optional.empty();
    if (axes.isEmpty() || axes.get().values().length != 1 || axes.get().values()[0] != 1) {
      throw new NotCovered(operator.type() + " over other than the columns");
    }
  }

  private Matrix trees(Operator operator) throws NotCovered {
    List<Column> columns = matrix(operator.inputs().get(0));
    TreeTable trees = new TreeTable(TreeOperator.read(operator));
    List<Column> outputs = new ArrayList<>();
    Ensemble group = new Ensemble(trees, features(trees, columns), outputs);
    return new Matrix(parts(group, trees.forest.targetCount(), outputs), trees.forest.single());
  }

  private static List<Column> features(TreeTable trees, List<Column> columns) throws NotCovered {
    List<Column> features = new ArrayList<>();
    for (Bins.Source source : trees.bins.sources()) {
      int feature = source.column();
      if (feature < 0 || feature >= columns.size()) {
        throw new NotCovered("a split on column " + feature + " of " + columns.size());
      }
      features.add(columns.get(feature));
    }
    return features;
  }

  /** Columns of a matrix of leaves, or the rows of a table to which leaves lead. */
  private Value gather(Operator operator) throws NotCovered {
    String from = operator.inputs().get(0);
    String by = operator.inputs().get(1);
    if (operator.number("axis", 0) == 1) {
      Constant places = graph.constant(by).orElseThrow(() -> new NotCovered("Gather by values"));
      List<Column> columns = matrix(from);
      List<Column> chosen = new ArrayList<>();
      for (double place : places.values()) {
        chosen.add(columns.get((int) place));
      }
      return new Matrix(chosen, typed(from).single);
    }
    Constant table = graph.constant(from).orElseThrow(() -> new NotCovered("Gather of rows"));
    return new Gathered(table, matrix(by));
  }

  /** The sum of the rows of a table to which the leaves of several trees lead. */
  private Matrix shares(Operator operator) throws NotCovered {
    requireSecondAxis(operator);
    if (!(of(operator.inputs().get(0)) instanceof Gathered gathered)
        || operator.number("keepdims", 1) != 0
        || gathered.table.shape().size() != 2) {
      throw new NotCovered("ReduceSum of other than rows of a table");
    }
    Ensemble ensemble = ensembleOf(gathered.leaves);
    if (ensemble == null) {
      throw new NotCovered("a table that no leaves lead to");
    }
    int from = ((Part) producer(gathered.leaves.get(0))).number();
    List<Column> outputs = new ArrayList<>();
    TreeTable trees = ensemble.trees();
    for (int i = 0; i < gathered.leaves.size(); i++) {
      if (((Part) producer(gathered.leaves.get(i))).number() != from + i) {
        throw new NotCovered("leaves of trees in another order");
      }
    }
    Shares group =
        new Shares(
            trees,
            from,
            from + gathered.leaves.size(),
            gathered.table.values(),
            ensemble.features(),
            outputs);
    return new Matrix(parts(group, gathered.table.width(), outputs));
  }

  private static Producer producer(Column column) {
    Producer producer = column.producer;
    if (producer == null) {
      throw new IllegalArgumentException("an input has no producer");
    }
    return producer;
  }

  /** Returns the ensemble of which columns are the sums, if each tree has a sum of its own. */
  private static @Nullable Ensemble ensembleOf(List<Column> columns) {
    Ensemble ensemble = null;
    for (Column column : columns) {
      if (!(column.producer instanceof Part part)
          || !(part.group() instanceof Ensemble of)
          || !of.trees().isSumEach()
          || (ensemble != null && ensemble != of)) {
        return null;
      }
      ensemble = of;
    }
    return ensemble;
  }

  /** Puts the steps behind each other on which scores depend. */
  private final class Schedule {
    private final List<Step> steps = new ArrayList<>();
    private final Set<Producer.Group> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private int slots = edge.numbers().size();

    Program program(List<Column> scores) {
      for (Column score : scores) {
        need(score);
      }
      return new Program(edge, steps, scores.stream().mapToInt(Column::slot).toArray(), slots);
    }

    private void need(Column column) {
      Producer producer = column.producer;
      if (column.slot() >= 0 || producer == null) {
        return;
      }
      producer.inputs().forEach(this::need);
      if (producer instanceof Part part) {
        if (done.add(part.group())) {
          part.group().outputs().forEach(output -> output.place(slots++));
          steps.add(Steps.of(producer, -1, steps.size()));
        }
        return;
      }
      column.place(slots++);
      steps.add(Steps.of(producer, column.slot(), steps.size()));
    }
  }
}
