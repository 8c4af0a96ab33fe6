package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
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
   * [clusters][clusters]. The centroids are the constant, shape [clusters, features] or [1,
   * clusters, features], that the graph subtracts on the way to {@code distances}; empty if there
   * is none.
   */
  public Optional<List<List<Double>>> centroidDistances() {
    return centroids("distances")
        .map(
            tensor -> {
              int rank = tensor.getDimsCount();
              int clusters = Math.toIntExact(tensor.getDims(rank - 2));
              int features = Math.toIntExact(tensor.getDims(rank - 1));
              double[] values = Protobuf.doubles(tensor);
              List<List<Double>> matrix = new ArrayList<>();
              for (int i = 0; i < clusters; i++) {
                List<Double> row = new ArrayList<>();
                for (int j = 0; j < clusters; j++) {
                  row.add(distance(values, i * features, j * features, features));
                }
                matrix.add(List.copyOf(row));
              }
              return List.copyOf(matrix);
            });
  }

  private Optional<TensorProto> centroids(String value) {
    NodeProto node = producer(value);
    if (node == null) {
      return Optional.empty();
    }
    if (node.getOpType().equals("Sub")) {
      return model.getGraph().getInitializerList().stream()
          .filter(t -> node.getInputList().contains(t.getName()) && t.getDimsCount() >= 2)
          .findFirst();
    }
    return BEHIND_THE_DIFFERENCE.contains(node.getOpType())
        ? centroids(node.getInput(0))
        : Optional.empty();
  }

  private @Nullable NodeProto producer(String value) {
    return model.getGraph().getNodeList().stream()
        .filter(node -> node.getOutputList().contains(value))
        .findFirst()
        .orElse(null);
  }

  private static double distance(double[] values, int first, int second, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double difference = values[first + i] - values[second + i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
