package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Constant;
import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Ensemble;
import dev.insitu.score.kernel.Producer.Part;
import dev.insitu.score.kernel.Producer.Rounded;
import dev.insitu.score.kernel.Producer.Shares;
import dev.insitu.score.kernel.Value.Gathered;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ensembles of trees, whatever operator they are, and the tables to which leaves lead. */
final class Trees implements Family {
  private final Values values;

  Trees(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    return switch (operator.type()) {
      case "TreeEnsemble" -> List.of(trees(operator));
      case "TreeEnsembleRegressor" -> List.of(regressor(operator));
      case "TreeEnsembleClassifier" -> classifier(operator);
      case "Gather" -> gathered(operator);
      case "ReduceSum" -> shares(operator);
      default -> List.of();
    };
  }

  private Matrix trees(Operator operator) throws NotCovered {
    Forest forest = TreeOperator.read(operator);
    return Matrix.of(
        sums(forest, values.rows(operator.inputs().get(0))),
        forest.single() ? Kind.SINGLE : Kind.DOUBLE);
  }

  private List<Column> sums(Forest forest, Matrix features) throws NotCovered {
    double[] table = forest.table();
    values.requireNumbers(table == null ? forest.targetCount() : table.length);
    Values.requireColumns(forest.targetCount());
    BitSet unrounded = unrounded(forest, features.columns());
    TreeTable trees = new TreeTable(forest, unrounded::get);
    List<Column> chosen = new ArrayList<>();
    for (Bins.Source source : trees.bins.sources()) {
      Column column = features.columns().get(source.column());
      chosen.add(
          unrounded.get(source.column()) && column.producer instanceof Rounded rounded
              ? rounded.of()
              : column);
    }
    List<Column> outputs = new ArrayList<>();
    Ensemble group = new Ensemble(trees, chosen, outputs);
    return Heads.parts(group, forest.targetCount(), outputs);
  }

  /** Returns the columns that are compared as float32 without being made that. */
  private static BitSet unrounded(Forest forest, List<Column> columns) throws NotCovered {
    BitSet found = new BitSet();
    for (Forest.Split split : forest.splits()) {
      int feature = split.feature();
      if (feature < 0 || feature >= columns.size()) {
        throw new NotCovered("a split on column " + feature + " of " + columns.size());
      }
      found.set(feature, columns.get(feature).producer instanceof Rounded);
    }
    for (Forest.Split split : forest.splits()) {
      if (split.members() != null) {
        found.clear(split.feature());
      }
    }
    return found;
  }

  private Matrix features(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    if (matrix.rank() != 2) {
      throw new NotCovered("trees over a value of one dimension");
    }
    // Whole numbers are compared, and added up, as float32.
    return matrix.kind() == Kind.WHOLE
        ? matrix.with(Values.rounded(matrix.columns(), Kind.SINGLE), Kind.SINGLE)
        : matrix;
  }

  private Matrix regressor(Operator operator) throws NotCovered {
    Matrix features = features(operator);
    Kind kind = features.kind();
    int targets = Math.toIntExact(operator.number("n_targets", 0));
    NamedTrees trees = NamedTrees.read(operator, "target", targets, kind == Kind.SINGLE);
    List<Column> sums = sums(trees.forest(), features);
    double[] base = NamedTrees.numbers(operator, "base_values");
    String aggregate = operator.text("aggregate_function", "SUM");
    if (!aggregate.equals("SUM") && !aggregate.equals("AVERAGE")) {
      throw new NotCovered("trees of which the " + aggregate + " counts");
    }
    if (targets > 1 && base.length == targets && !allHaveScores(trees)) {
      throw new NotCovered("trees with leaves that have no weight for a target");
    }
    List<Column> results = new ArrayList<>();
    for (int k = 0; k < targets; k++) {
      Column sum = sums.get(k);
      if (aggregate.equals("AVERAGE")) {
        sum = binary(Binary.Function.DIV, sum, trees.forest().roots().length, kind);
      }
      results.add(base.length == targets ? plus(sum, base[k], kind) : sum);
    }
    String transform = operator.text("post_transform", "NONE");
    if (transform.equals("PROBIT")) {
      throw new NotCovered("post_transform PROBIT");
    }
    // ONNX Runtime leaves a single sum as it is, and answers float32 in any case.
    return Matrix.of(Heads.transformed(targets == 1 ? "NONE" : transform, results), Kind.SINGLE);
  }

  private static boolean allHaveScores(NamedTrees trees) {
    for (boolean always : trees.always()) {
      if (!always) {
        return false;
      }
    }
    return true;
  }

  private List<Value> classifier(Operator operator) throws NotCovered {
    Matrix features = features(operator);
    Kind kind = features.kind();
    List<String> texts = operator.texts("classlabels_strings");
    long[] numbers = operator.longs("classlabels_int64s");
    int classes = texts.isEmpty() ? numbers.length : texts.size();
    NamedTrees trees = NamedTrees.read(operator, "class", classes, kind == Kind.SINGLE);
    TreeClassifier head =
        new TreeClassifier(
            operator,
            trees,
            sums(trees.forest(), features),
            NamedTrees.numbers(operator, "base_values"),
            kind);
    return head.outputs(texts, numbers);
  }

  /** Returns a sum in the type of the trees. */
  static Column plus(Column a, double b, Kind kind) {
    return b == 0 ? a : binary(Binary.Function.ADD, a, b, kind);
  }

  private static Column binary(Binary.Function function, Column a, double b, Kind kind) {
    return Values.rounded(List.of(new Column(new Binary(function, a, Values.constant(b)))), kind)
        .get(0);
  }

  /** The rows of a table to which leaves lead. */
  private List<Value> gathered(Operator operator) throws NotCovered {
    Optional<Constant> table = values.graph().constant(operator.inputs().get(0));
    if (table.isEmpty()
        || table.get().shape().size() != 2
        || operator.number("axis", 0) != 0
        || values.graph().constant(operator.inputs().get(1)).isPresent()) {
      return List.of();
    }
    values.requireNumbers(table.get().values().length);
    return List.of(new Gathered(table.get(), values.rows(operator.inputs().get(1)).columns()));
  }

  /** The sum of the rows of a table to which the leaves of several trees lead. */
  private List<Value> shares(Operator operator) throws NotCovered {
    if (!(values.of(operator.inputs().get(0)) instanceof Gathered gathered)) {
      return List.of();
    }
    long[] axes = values.axes(operator, 1).orElse(new long[0]);
    if (operator.number("keepdims", 1) != 0 || axes.length != 1 || axes[0] != 1) {
      throw new NotCovered("ReduceSum of other than rows of a table");
    }
    Ensemble ensemble = ensembleOf(gathered.leaves());
    if (ensemble == null || gathered.leaves().isEmpty()) {
      throw new NotCovered("a table that no leaves lead to");
    }
    int from = number(gathered.leaves().get(0));
    List<Column> outputs = new ArrayList<>();
    for (int i = 0; i < gathered.leaves().size(); i++) {
      if (number(gathered.leaves().get(i)) != from + i) {
        throw new NotCovered("leaves of trees in another order");
      }
    }
    Shares group =
        new Shares(
            ensemble.trees(),
            from,
            from + gathered.leaves().size(),
            gathered.table().values(),
            ensemble.features(),
            outputs);
    return List.of(
        Matrix.of(
            Heads.parts(group, gathered.table().width(), outputs), Kind.of(gathered.table())));
  }

  private static int number(Column leaf) {
    if (leaf.producer instanceof Part part) {
      return part.number();
    }
    throw new IllegalArgumentException("no leaf of a tree");
  }

  /** Returns the ensemble of which columns are the sums, if each tree has a sum of its own. */
  static @Nullable Ensemble ensembleOf(List<Column> columns) {
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
}
