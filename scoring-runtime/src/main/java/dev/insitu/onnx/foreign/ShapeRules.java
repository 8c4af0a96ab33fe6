package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What shape one operator makes of the shapes that it gets; of those that can make more of less.
 */
final class ShapeRules {
  private static final long OPEN = -1;

  private static final Set<String> BROADCASTING =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Mod",
          "And",
          "Or",
          "Xor",
          "Equal",
          "Greater",
          "Less",
          "GreaterOrEqual",
          "LessOrEqual",
          "Where",
          "Max",
          "Min",
          "Sum",
          "Mean",
          "PRelu");

  private static final Set<String> KEEPING =
      Set.of(
          "Identity",
          "Cast",
          "CastLike",
          "Relu",
          "LeakyRelu",
          "Sigmoid",
          "Tanh",
          "Exp",
          "Log",
          "Sqrt",
          "Abs",
          "Neg",
          "Floor",
          "Ceil",
          "Round",
          "Sign",
          "Erf",
          "Softmax",
          "LogSoftmax",
          "Softplus",
          "Softsign",
          "Elu",
          "Selu",
          "Celu",
          "HardSigmoid",
          "HardSwish",
          "Gelu",
          "Mish",
          "ThresholdedRelu",
          "Clip",
          "Not",
          "IsNaN",
          "IsInf",
          "Reciprocal",
          "Sin",
          "Cos",
          "CumSum",
          "LayerNormalization",
          "BatchNormalization",
          "InstanceNormalization",
          "Dropout",
          "LRN",
          "Trilu",
          "QuantizeLinear",
          "DequantizeLinear",
          "ScatterND",
          "ScatterElements",
          "Scaler",
          "Normalizer",
          "Imputer",
          "Binarizer",
          "LabelEncoder",
          "RandomNormalLike",
          "RandomUniformLike",
          "Bernoulli",
          "EyeLike");

  private final NodeProto node;
  private final Map<String, long[]> shapes;
  private final ElementTypes values;

  ShapeRules(NodeProto node, Map<String, long[]> shapes, ElementTypes values) {
    this.node = node;
    this.shapes = shapes;
    this.values = values;
  }

  /** Returns the shape of what is made, -1 for an open dimension; null if it is not known. */
  long @Nullable [] shape() {
    String operator = node.getOpType();
    if (KEEPING.contains(operator)) {
      return input(0);
    }
    if (BROADCASTING.contains(operator)) {
      return broadcast();
    }
    if (operator.startsWith("Reduce")) {
      return reduced(input(0));
    }
    return switch (operator) {
      case "Constant" ->
          node.getAttributeList().stream()
              .filter(AttributeProto::hasT)
              .findFirst()
              .map(a -> TensorSizes.dimensions(a.getT()))
              .orElse(null);
      case "MatMul" -> matMul(input(0), input(1));
      case "Gemm" -> gemm(input(0), input(1));
      case "Concat" -> concat();
      case "Transpose" -> transpose(input(0));
      case "Unsqueeze" -> unsqueeze(input(0));
      case "Reshape" -> reshape(input(0));
      case "ConstantOfShape" -> dimensions(0);
      case "RandomNormal", "RandomUniform" -> array(attribute("shape"));
      case "Expand" -> joined(input(0), dimensions(1));
      case "Tile" -> product(input(0), dimensions(1));
      case "Pad" -> padded(input(0));
      case "Resize" -> dimensions(3);
      case "Range" -> range();
      case "OneHot" -> oneHot(input(0));
      case "Gather" -> gather(input(0), input(1));
      case "Conv" -> convolved(input(0), input(1));
      case "TreeEnsembleRegressor" -> rows(input(0), single("n_targets", 1));
      case "TreeEnsemble" -> rows(input(0), single("n_targets", 1));
      default -> null;
    };
  }

  private long @Nullable [] input(int index) {
    return index < node.getInputCount() ? shapes.get(node.getInput(index)) : null;
  }

  private Optional<List<Long>> constant(int index) {
    return index < node.getInputCount() ? values.constant(node.getInput(index)) : Optional.empty();
  }

  /** The shape that a constant input asks for. */
  private long @Nullable [] dimensions(int index) {
    List<Long> known = constant(index).orElse(List.of());
    return known.isEmpty() ? null : array(known);
  }

  private static long @Nullable [] array(List<Long> values) {
    return values.isEmpty() ? null : values.stream().mapToLong(d -> d).toArray();
  }

  private List<Long> attribute(String name) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name))
        .findFirst()
        .map(AttributeProto::getIntsList)
        .orElse(List.of());
  }

  private long single(String name, long otherwise) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name))
        .findFirst()
        .map(AttributeProto::getI)
        .orElse(otherwise);
  }

  private long @Nullable [] broadcast() {
    long[] all = {};
    for (int i = 0; i < node.getInputCount(); i++) {
      all = joined(all, input(i));
      if (all == null) {
        return null;
      }
    }
    return all;
  }

  /** Two shapes laid over each other, from the last dimension on. */
  private static long @Nullable [] joined(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null) {
      return null;
    }
    long[] joined = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= joined.length; i++) {
      long left = i <= a.length ? a[a.length - i] : 1;
      long right = i <= b.length ? b[b.length - i] : 1;
      joined[joined.length - i] = left == 0 || right == 0 ? 0 : Math.max(left, right);
    }
    return joined;
  }

  private static long @Nullable [] matMul(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null || a.length < 2 || b.length < 2) {
      return null;
    }
    long[] outer = joined(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
    if (outer == null) {
      return null;
    }
    long[] made = Arrays.copyOf(outer, outer.length + 2);
    made[outer.length] = a[a.length - 2];
    made[outer.length + 1] = b[b.length - 1];
    return made;
  }

  private long @Nullable [] gemm(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null || a.length != 2 || b.length != 2) {
      return null;
    }
    return new long[] {a[single("transA", 0) == 0 ? 0 : 1], b[single("transB", 0) == 0 ? 1 : 0]};
  }

  private long @Nullable [] concat() {
    long[] all = null;
    for (int i = 0; i < node.getInputCount(); i++) {
      long[] next = input(i);
      int axis = next == null ? -1 : axis(next.length);
      if (next == null || axis < 0 || (all != null && all.length != next.length)) {
        return null;
      }
      if (all == null) {
        all = next.clone();
      } else {
        all[axis] = all[axis] < 0 || next[axis] < 0 ? OPEN : all[axis] + next[axis];
      }
    }
    return all;
  }

  private int axis(int rank) {
    long axis = single("axis", 0);
    long from = axis < 0 ? axis + rank : axis;
    return from >= 0 && from < rank ? (int) from : -1;
  }

  private long @Nullable [] reduced(long @Nullable [] a) {
    List<Long> axes = constant(1).orElse(attribute("axes"));
    boolean unknown = axes.isEmpty() && node.getInputCount() > 1;
    if (a == null || unknown || (axes.isEmpty() && single("noop_with_empty_axes", 0) != 0)) {
      return null;
    }
    boolean kept = single("keepdims", 1) != 0;
    long[] made = new long[a.length];
    int next = 0;
    for (int i = 0; i < a.length; i++) {
      boolean gone =
          axes.isEmpty() || axes.contains((long) i) || axes.contains((long) i - a.length);
      if (!gone || kept) {
        made[next++] = gone ? 1 : a[i];
      }
    }
    return Arrays.copyOf(made, next);
  }

  private long @Nullable [] transpose(long @Nullable [] a) {
    if (a == null) {
      return null;
    }
    List<Long> order = attribute("perm");
    long[] made = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      long from = order.size() == a.length ? order.get(i) : a.length - 1 - i;
      if (from < 0 || from >= a.length) {
        return null;
      }
      made[i] = a[(int) from];
    }
    return made;
  }

  private long @Nullable [] unsqueeze(long @Nullable [] a) {
    List<Long> axes = constant(1).orElse(attribute("axes"));
    if (a == null || axes.isEmpty()) {
      return null;
    }
    int rank = a.length + axes.size();
    List<Long> places = axes.stream().map(axis -> axis < 0 ? axis + rank : axis).toList();
    long[] made = new long[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      made[i] = places.contains((long) i) || next == a.length ? 1 : a[next++];
    }
    return made;
  }

  private long @Nullable [] reshape(long @Nullable [] a) {
    List<Long> wanted = constant(1).orElse(List.of());
    if (a == null || wanted.isEmpty()) {
      return null;
    }
    double rest = 1;
    for (long dimension : a) {
      rest = dimension < 0 || rest < 0 ? OPEN : rest * dimension;
    }
    long[] made = new long[wanted.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = wanted.get(i) == 0 && i < a.length ? a[i] : wanted.get(i);
      rest = rest < 0 || made[i] < 0 ? rest : rest / Math.max(1, made[i]);
    }
    for (int i = 0; i < made.length; i++) {
      made[i] = made[i] < 0 && rest >= 0 ? (long) rest : made[i];
    }
    return made;
  }

  private static long @Nullable [] product(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null || a.length != b.length) {
      return null;
    }
    long[] made = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      made[i] = a[i] < 0 ? b[i] : times(a[i], b[i]);
    }
    return made;
  }

  private static long times(long a, long b) {
    return (long) Math.min((double) a * b, Long.MAX_VALUE / 4d);
  }

  private long @Nullable [] padded(long @Nullable [] a) {
    List<Long> pads = constant(1).orElse(attribute("pads"));
    if (a == null || pads.size() != 2 * a.length || node.getInputCount() > 3) {
      return null;
    }
    long[] made = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      double wide = Math.max(0, (double) a[i]) + pads.get(i) + pads.get(i + a.length);
      made[i] = (long) Math.max(0, Math.min(wide, Long.MAX_VALUE / 4d));
    }
    return made;
  }

  private long @Nullable [] range() {
    Optional<List<Long>> start = constant(0);
    Optional<List<Long>> limit = constant(1);
    Optional<List<Long>> delta = constant(2);
    boolean known =
        start.filter(s -> s.size() == 1).isPresent()
            && limit.filter(s -> s.size() == 1).isPresent()
            && delta.filter(s -> s.size() == 1 && s.get(0) != 0).isPresent();
    if (!known) {
      return null;
    }
    double count = ((double) limit.get().get(0) - start.get().get(0)) / delta.orElseThrow().get(0);
    return new long[] {(long) Math.max(0, Math.min(Math.ceil(count), Long.MAX_VALUE / 4d))};
  }

  private long @Nullable [] oneHot(long @Nullable [] a) {
    List<Long> depth = constant(1).orElse(List.of());
    if (a == null || depth.size() != 1) {
      return null;
    }
    long[] made = Arrays.copyOf(a, a.length + 1);
    made[a.length] = depth.get(0);
    return made;
  }

  private long @Nullable [] gather(long @Nullable [] a, long @Nullable [] b) {
    int axis = a == null ? -1 : axis(a.length);
    if (a == null || b == null || axis < 0) {
      return null;
    }
    long[] made = new long[a.length - 1 + b.length];
    System.arraycopy(a, 0, made, 0, axis);
    System.arraycopy(b, 0, made, axis, b.length);
    System.arraycopy(a, axis + 1, made, axis + b.length, a.length - axis - 1);
    return made;
  }

  /** As many channels as there are filters; the rest is at most what went in, with its edge. */
  private long @Nullable [] convolved(long @Nullable [] a, long @Nullable [] filters) {
    if (a == null || filters == null || a.length < 3 || filters.length != a.length) {
      return null;
    }
    List<Long> pads = attribute("pads");
    List<Long> strides = attribute("strides");
    int spatial = a.length - 2;
    long[] made = a.clone();
    made[1] = filters[0];
    for (int i = 0; i < spatial; i++) {
      double wide = Math.max(0, (double) a[i + 2]);
      if (pads.size() == 2 * spatial) {
        wide += Math.max(0, pads.get(i)) + (double) Math.max(0, pads.get(i + spatial));
        wide -= Math.max(0, filters[i + 2] - 1);
      }
      double step = strides.size() == spatial ? Math.max(1, strides.get(i)) : 1;
      made[i + 2] = (long) Math.max(1, Math.min(Math.ceil(wide / step), Long.MAX_VALUE / 4d));
    }
    return made;
  }

  private static long @Nullable [] rows(long @Nullable [] a, long width) {
    return a == null || a.length == 0 ? null : new long[] {a[0], width};
  }
}
