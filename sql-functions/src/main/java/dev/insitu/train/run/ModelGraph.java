package dev.insitu.train.run;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.Task;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.prepare.Preparation;
import java.util.List;

/**
 * Writes the whole graph of a model: inputs, preparation, model, outputs (package {@code
 * dev.insitu.onnx}).
 */
final class ModelGraph {
  private ModelGraph() {}

  static byte[] write(String modelType, Task task, Preparation preparation, FittedModel model) {
    GraphBuilder graph = new GraphBuilder(modelType);
    String scores = model.export(graph, preparation.export(graph));
    graph.metadata("insitu.model_type", modelType);
    if (task instanceof Task.Regression regression) {
      graph.metadata("insitu.label", regression.label().name());
      graph.output(scores, "prediction", ElementType.DOUBLE, -1, 1);
    } else if (task instanceof Task.Classification classification) {
      List<String> classes = classification.classes();
      graph.metadata("insitu.label", classification.label().name());
      graph.output(scores, "probabilities", ElementType.DOUBLE, -1, classes.size());
      String index =
          graph.node(
              "ArgMax", List.of(scores), Attribute.of("axis", 1), Attribute.of("keepdims", 0));
      ElementType type = labelType(classification.label());
      String label = graph.node("Gather", List.of(labels(graph, type, classes), index));
      graph.output(label, "label", type, -1);
    } else if (task instanceof Task.Clustering clustering) {
      graph.output(scores, "distances", ElementType.DOUBLE, -1, clustering.clusters());
      String index =
          graph.node(
              "ArgMin", List.of(scores), Attribute.of("axis", 1), Attribute.of("keepdims", 0));
      String one = graph.longs(new long[] {1});
      graph.output(graph.node("Add", List.of(index, one)), "centroid_id", ElementType.INT64, -1);
    }
    return graph.build();
  }

  private static ElementType labelType(ColumnSpec label) {
    return switch (label.type()) {
      case BOOLEAN -> ElementType.BOOL;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> ElementType.INT64;
      case DECIMAL, REAL, DOUBLE, DECFLOAT -> ElementType.DOUBLE;
      case CHAR,
          VARCHAR,
          CLOB,
          ENUM,
          DATE,
          TIME,
          TIME_WITH_TIME_ZONE,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          BINARY,
          ARRAY,
          OTHER ->
          ElementType.STRING;
    };
  }

  private static String labels(GraphBuilder graph, ElementType type, List<String> classes) {
    int size = classes.size();
    return switch (type) {
      case BOOL -> {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
          values[i] = Boolean.parseBoolean(classes.get(i));
        }
        yield graph.booleans(values, size);
      }
      case INT64 -> graph.longs(classes.stream().mapToLong(Long::parseLong).toArray(), size);
      case DOUBLE ->
          graph.doubles(classes.stream().mapToDouble(Double::parseDouble).toArray(), size);
      case STRING, FLOAT -> graph.texts(classes, size);
    };
  }
}
