package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A graph as it is stored, for those who want to know what is in it. Immutable. */
public final class StoredGraph {
  private static final Set<String> BEHIND_THE_DIFFERENCE =
      Set.of("Identity", "ReduceSum", "ReduceSumSquare", "Mul", "Pow", "Squeeze", "Reshape");

  private final ModelProto model;

  private StoredGraph(ModelProto model) {
    this.model = model;
  }

  /**
   * Reads a graph.
   *
   * @throws dev.insitu.error.MlException ENGINE if the bytes are no ONNX file
   */
  public static StoredGraph read(byte[] bytes) {
    return new StoredGraph(Protobuf.parse(bytes));
  }

  /** Returns the inputs, in order. */
  public List<GraphValue> inputs() {
    return model.getGraph().getInputList().stream().map(Protobuf::value).toList();
  }

  /** Returns the outputs, in order. */
  public List<GraphValue> outputs() {
    return model.getGraph().getOutputList().stream().map(Protobuf::value).toList();
  }

  /** Returns the version of each operator set; the domain {@code ai.onnx} is the empty text. */
  public Map<String, Long> operatorSets() {
    Map<String, Long> versions = new TreeMap<>();
    model.getOpsetImportList().forEach(set -> versions.put(set.getDomain(), set.getVersion()));
    return Collections.unmodifiableMap(versions);
  }

  /** Returns how often each operator stands in the graph. */
  public Map<String, Integer> operators() {
    Map<String, Integer> counts = new TreeMap<>();
    model.getGraph().getNodeList().forEach(n -> counts.merge(n.getOpType(), 1, Integer::sum));
    return Collections.unmodifiableMap(counts);
  }

  /** Returns {@code metadata_props}. */
  public Map<String, String> metadata() {
    Map<String, String> entries = new TreeMap<>();
    model.getMetadataPropsList().forEach(e -> entries.put(e.getKey(), e.getValue()));
    return Collections.unmodifiableMap(entries);
  }

  /**
   * Returns the Euclidean distances between the centroids of a clustering, in prepared space,
   * [clusters][clusters]. The centroids are the constants that the graph subtracts on the way to
   * {@code distances}, all in one or, behind a Concat, one or more each, the last dimension being
   * the features; empty if there are none.
   */
  public Optional<List<List<Double>>> centroidDistances() {
    List<double[]> centroids = new ArrayList<>();
    collectCentroids("distances", centroids);
    if (centroids.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        centroids.stream().map(a -> centroids.stream().map(b -> distance(a, b)).toList()).toList());
  }

  private void collectCentroids(String value, List<double[]> centroids) {
    NodeProto node = producer(value);
    if (node == null) {
      return;
    }
    if (node.getOpType().equals("Sub")) {
      model.getGraph().getInitializerList().stream()
          .filter(t -> node.getInputList().contains(t.getName()) && t.getDimsCount() >= 2)
          .findFirst()
          .ifPresent(tensor -> addRows(tensor, centroids));
    } else if (node.getOpType().equals("Concat")) {
      node.getInputList().forEach(input -> collectCentroids(input, centroids));
    } else if (BEHIND_THE_DIFFERENCE.contains(node.getOpType())) {
      collectCentroids(node.getInput(0), centroids);
    }
  }

  private static void addRows(TensorProto tensor, List<double[]> rows) {
    int features = Math.toIntExact(tensor.getDims(tensor.getDimsCount() - 1));
    double[] values = Protobuf.doubles(tensor);
    for (int offset = 0; offset < values.length; offset += features) {
      rows.add(Arrays.copyOfRange(values, offset, offset + features));
    }
  }

  private @Nullable NodeProto producer(String value) {
    return model.getGraph().getNodeList().stream()
        .filter(node -> node.getOutputList().contains(value))
        .findFirst()
        .orElse(null);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
