package dev.insitu.onnx;

import dev.insitu.onnx.NumericGraph.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which inputs of a stored graph its scores depend on.
 *
 * <p>Follows each column of each value from the inputs on: through the preparation column by
 * column, through a matrix product along the weights that are not zero, through trees along the
 * columns on which they split. What it does not know is taken as depending on all of its inputs. An
 * input of weight zero has no effect because the preparation makes every value finite. Confined to
 * one thread, used once.
 */
final class InputUse {
  private static final Set<String> BY_COLUMN =
      Set.of(
          "Identity",
          "Cast",
          "LabelEncoder",
          "IsNaN",
          "IsInf",
          "Where",
          "Equal",
          "Less",
          "LessOrEqual",
          "Greater",
          "GreaterOrEqual",
          "And",
          "Or",
          "Not",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Neg",
          "Abs",
          "Floor",
          "Ceil",
          "Round",
          "Sqrt",
          "Exp",
          "Log",
          "Pow",
          "Mod",
          "Min",
          "Max",
          "Sum",
          "Clip",
          "Sigmoid",
          "Tanh");

  private final GraphFile file;
  private final Map<String, Columns> values = new HashMap<>();

  InputUse(GraphFile file) {
    this.file = file;
  }

  /**
   * Returns the positions of the inputs without any effect on the scores.
   *
   * @param output the output that holds the scores
   */
  Set<Integer> unused(String output) {
    int inputs = file.inputs().size();
    for (int i = 0; i < inputs; i++) {
      values.put(file.inputs().get(i).name(), Columns.of(1, bit(i)));
    }
    for (Operator node : file.operators()) {
      Columns columns = columns(node);
      for (String name : node.outputs()) {
        values.put(name, columns);
      }
    }
    Columns scores = values.get(output);
    Set<Integer> unused = new TreeSet<>();
    BitSet used = scores == null ? new BitSet() : scores.all();
    for (int i = 0; scores != null && i < inputs; i++) {
      if (!used.get(i)) {
        unused.add(i);
      }
    }
    return unused;
  }

  private Columns columns(Operator node) {
    return switch (node.type()) {
      case "Concat" -> concat(node);
      case "MatMul" -> product(node);
      case "TreeEnsemble" -> trees(node);
      case "TfIdfVectorizer" -> {
        long last = Arrays.stream(node.longs("ngram_indexes")).max().orElse(0);
        yield Columns.of(Math.toIntExact(last + 1), everything(node));
      }
      default -> BY_COLUMN.contains(node.type()) ? byColumn(node) : whole(node);
    };
  }

  private Columns whole(Operator node) {
    return Columns.unknown(everything(node));
  }

  private BitSet everything(Operator node) {
    BitSet all = new BitSet();
    node.inputs().forEach(name -> all.or(value(name).all()));
    return all;
  }

  /** Returns a value; a constant depends on nothing. */
  private Columns value(String name) {
    Columns known = values.get(name);
    if (known != null) {
      return known;
    }
    NumericTensor constant = file.tensors().get(name);
    if (constant == null) {
      return name.isEmpty() ? Columns.of(1, new BitSet()) : Columns.unknown(new BitSet());
    }
    List<Long> shape = constant.shape();
    int rank = shape.size();
    boolean row = rank <= 1 || (rank == 2 && shape.get(0) == 1);
    return row
        ? Columns.of(rank == 0 ? 1 : shape.get(rank - 1).intValue(), new BitSet())
        : Columns.unknown(new BitSet());
  }

  private Columns byColumn(Operator node) {
    List<Columns> operands = node.inputs().stream().map(this::value).toList();
    int width = operands.stream().mapToInt(Columns::width).max().orElse(1);
    boolean fits =
        operands.stream().allMatch(o -> o.isKnown() && (o.width() == 1 || o.width() == width));
    if (!fits) {
      return whole(node);
    }
    List<BitSet> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      BitSet column = new BitSet();
      for (Columns operand : operands) {
        column.or(operand.column(i));
      }
      columns.add(column);
    }
    return new Columns(columns, true);
  }

  private Columns concat(Operator node) {
    List<Columns> operands = node.inputs().stream().map(this::value).toList();
    if (node.number("axis", 0) != 1 || !operands.stream().allMatch(Columns::isKnown)) {
      return whole(node);
    }
    return new Columns(operands.stream().flatMap(o -> o.columns().stream()).toList(), true);
  }

  private Columns product(Operator node) {
    Columns rows = value(node.inputs().get(0));
    NumericTensor weights = file.tensors().get(node.inputs().get(1));
    if (weights == null
        || !rows.isKnown()
        || weights.shape().size() != 2
        || weights.shape().get(0) != rows.width()
        || !weights.isDouble()) {
      return whole(node);
    }
    double[] entries = weights.values();
    int width = weights.shape().get(1).intValue();
    List<BitSet> columns = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      BitSet column = new BitSet();
      for (int i = 0; i < rows.width(); i++) {
        if (entries[i * width + j] != 0) {
          column.or(rows.column(i));
        }
      }
      columns.add(column);
    }
    return new Columns(columns, true);
  }

  /** A split whose two sides are equal leaves decides nothing: it stands for a tree of one leaf. */
  private Columns trees(Operator node) {
    Columns rows = value(node.inputs().get(0));
    if (!rows.isKnown()) {
      return whole(node);
    }
    long[] features = node.longs("nodes_featureids");
    long[] trueNodes = node.longs("nodes_truenodeids");
    long[] falseNodes = node.longs("nodes_falsenodeids");
    long[] trueLeafs = node.longs("nodes_trueleafs");
    long[] falseLeafs = node.longs("nodes_falseleafs");
    Leaves leaves = new Leaves(node);
    BitSet used = new BitSet();
    for (int i = 0; i < features.length; i++) {
      boolean decides =
          trueLeafs[i] == 0
              || falseLeafs[i] == 0
              || !leaves.equal((int) trueNodes[i], (int) falseNodes[i]);
      if (decides) {
        used.or(rows.column((int) features[i]));
      }
    }
    return Columns.of((int) node.number("n_targets", 1), used);
  }

  private static BitSet bit(int position) {
    BitSet bits = new BitSet();
    bits.set(position);
    return bits;
  }

  /** The leaves of an ensemble: what they add to, and their weights as they are written. */
  private static final class Leaves {
    private final long[] targets;
    private final byte[] weights;
    private final int width;

    Leaves(Operator node) {
      targets = node.longs("leaf_targetids");
      weights = node.raw("leaf_weights");
      width = targets.length == 0 ? 0 : weights.length / targets.length;
    }

    boolean equal(int a, int b) {
      return width > 0
          && targets[a] == targets[b]
          && Arrays.equals(
              weights, a * width, (a + 1) * width, weights, b * width, (b + 1) * width);
    }
  }

  /**
   * What the columns of a value depend on.
   *
   * @param columns one per column of the last dimension; one for all of them if their number is not
   *     known
   */
  private record Columns(List<BitSet> columns, boolean isKnown) {
    static Columns of(int width, BitSet inputs) {
      return new Columns(IntStream.range(0, width).mapToObj(i -> inputs).toList(), true);
    }

    static Columns unknown(BitSet inputs) {
      return new Columns(List.of(inputs), false);
    }

    int width() {
      return columns.size();
    }

    BitSet column(int i) {
      return columns.get(columns.size() == 1 ? 0 : i);
    }

    BitSet all() {
      BitSet all = new BitSet();
      columns.forEach(all::or);
      return all;
    }
  }
}
