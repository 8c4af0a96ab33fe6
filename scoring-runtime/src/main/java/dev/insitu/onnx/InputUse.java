package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
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
public final class InputUse {
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

  private final ModelProto model;
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, Columns> values = new HashMap<>();

  private InputUse(ModelProto model) {
    this.model = model;
  }

  /**
   * Returns the positions of the inputs without any effect on the scores.
   *
   * @param stored the canonical bytes
   * @param output the output that holds the scores
   */
  public static Set<Integer> unused(byte[] stored, String output) {
    return new InputUse(Protobuf.parse(stored)).unused(output);
  }

  private Set<Integer> unused(String output) {
    int inputs = model.getGraph().getInputCount();
    for (int i = 0; i < inputs; i++) {
      values.put(model.getGraph().getInput(i).getName(), Columns.of(1, bit(i)));
    }
    model.getGraph().getInitializerList().forEach(t -> constants.put(t.getName(), t));
    for (NodeProto node : model.getGraph().getNodeList()) {
      Columns columns = columns(node);
      node.getOutputList().forEach(name -> values.put(name, columns));
    }
    Columns scores = values.get(output);
    Set<Integer> unused = new TreeSet<>();
    for (int i = 0; scores != null && i < inputs; i++) {
      if (!scores.all().get(i)) {
        unused.add(i);
      }
    }
    return unused;
  }

  private Columns columns(NodeProto node) {
    return switch (node.getOpType()) {
      case "Concat" -> concat(node);
      case "MatMul" -> product(node);
      case "TreeEnsemble" -> trees(node);
      case "TfIdfVectorizer" -> {
        long last =
            Protobuf.longs(node, "ngram_indexes").stream().mapToLong(i -> i).max().orElse(0);
        yield Columns.of(Math.toIntExact(last + 1), everything(node));
      }
      default -> BY_COLUMN.contains(node.getOpType()) ? byColumn(node) : whole(node);
    };
  }

  private Columns whole(NodeProto node) {
    return Columns.unknown(everything(node));
  }

  private BitSet everything(NodeProto node) {
    BitSet all = new BitSet();
    node.getInputList().forEach(name -> all.or(value(name).all()));
    return all;
  }

  /** Returns a value; a constant depends on nothing. */
  private Columns value(String name) {
    Columns known = values.get(name);
    if (known != null) {
      return known;
    }
    TensorProto constant = constants.get(name);
    if (constant == null) {
      return name.isEmpty() ? Columns.of(1, new BitSet()) : Columns.unknown(new BitSet());
    }
    int rank = constant.getDimsCount();
    boolean row = rank <= 1 || (rank == 2 && constant.getDims(0) == 1);
    return row
        ? Columns.of(rank == 0 ? 1 : (int) constant.getDims(rank - 1), new BitSet())
        : Columns.unknown(new BitSet());
  }

  private Columns byColumn(NodeProto node) {
    List<Columns> operands = node.getInputList().stream().map(this::value).toList();
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

  private Columns concat(NodeProto node) {
    List<Columns> operands = node.getInputList().stream().map(this::value).toList();
    if (Protobuf.number(node, "axis", 0) != 1 || !operands.stream().allMatch(Columns::isKnown)) {
      return whole(node);
    }
    return new Columns(operands.stream().flatMap(o -> o.columns().stream()).toList(), true);
  }

  private Columns product(NodeProto node) {
    Columns rows = value(node.getInput(0));
    TensorProto weights = constants.get(node.getInput(1));
    if (weights == null
        || !rows.isKnown()
        || weights.getDimsCount() != 2
        || weights.getDims(0) != rows.width()
        || weights.getDataType() != TensorProto.DataType.DOUBLE.getNumber()) {
      return whole(node);
    }
    double[] entries = Protobuf.doubles(weights);
    int width = (int) weights.getDims(1);
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
  private Columns trees(NodeProto node) {
    Columns rows = value(node.getInput(0));
    if (!rows.isKnown()) {
      return whole(node);
    }
    List<Long> features = Protobuf.longs(node, "nodes_featureids");
    List<Long> trueNodes = Protobuf.longs(node, "nodes_truenodeids");
    List<Long> falseNodes = Protobuf.longs(node, "nodes_falsenodeids");
    List<Long> trueLeafs = Protobuf.longs(node, "nodes_trueleafs");
    List<Long> falseLeafs = Protobuf.longs(node, "nodes_falseleafs");
    Leaves leaves = Leaves.of(node);
    BitSet used = new BitSet();
    for (int i = 0; i < features.size(); i++) {
      boolean decides =
          trueLeafs.get(i) == 0
              || falseLeafs.get(i) == 0
              || !leaves.equal(trueNodes.get(i).intValue(), falseNodes.get(i).intValue());
      if (decides) {
        used.or(rows.column(features.get(i).intValue()));
      }
    }
    return Columns.of((int) Protobuf.number(node, "n_targets", 1), used);
  }

  private static BitSet bit(int position) {
    BitSet bits = new BitSet();
    bits.set(position);
    return bits;
  }

  /** The leaves of an ensemble. */
  private record Leaves(List<Long> targets, ByteString weights, int width) {
    static Leaves of(NodeProto node) {
      List<Long> targets = Protobuf.longs(node, "leaf_targetids");
      ByteString weights =
          node.getAttributeList().stream()
              .filter(a -> a.getName().equals("leaf_weights"))
              .map(AttributeProto::getT)
              .map(TensorProto::getRawData)
              .findFirst()
              .orElse(ByteString.EMPTY);
      return new Leaves(targets, weights, targets.isEmpty() ? 0 : weights.size() / targets.size());
    }

    boolean equal(int a, int b) {
      return width > 0
          && targets.get(a).equals(targets.get(b))
          && weights
              .substring(a * width, (a + 1) * width)
              .equals(weights.substring(b * width, (b + 1) * width));
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
