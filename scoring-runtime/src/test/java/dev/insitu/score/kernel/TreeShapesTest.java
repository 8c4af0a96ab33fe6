package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.kernel.Forest.Comparison;
import dev.insitu.score.kernel.RandomTrees.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every shape of trees and every comparison that goes wrong where nobody looks, as each of the
 * three operators and in both precisions: kernels, ONNX Runtime and a plain walk. Among the rows
 * are all awkward numbers, each in place of every feature at once.
 */
class TreeShapesTest {
  private static final int FEATURES = 4;

  /** The operators that trees are written as. */
  private enum Operator {
    ENSEMBLE,
    REGRESSOR,
    CLASSIFIER
  }

  @ParameterizedTest
  @EnumSource
  void treesOfAShapeAgree(Shape shape) {
    Cases.each(
        2,
        random -> {
          for (boolean single : new boolean[] {true, false}) {
            PlainTrees trees =
                RandomTrees.of(
                    random,
                    FEATURES,
                    shape,
                    single,
                    List.of(Comparison.LEQ, Comparison.LT, Comparison.GTE, Comparison.GT));
            switch (shape) {
              case LEAVES_ALONE -> assertThat(trees.leavesAlone()).isEqualTo(2);
              case MANY_THRESHOLDS -> assertThat(trees.thresholds()).isGreaterThan(255);
              case DEEP -> assertThat(trees.depth()).isGreaterThan(60);
              case MANY_CLASSES -> assertThat(trees.targets()).isEqualTo(1000);
            }
            compare(random, trees, Operator.ENSEMBLE);
            compare(
                random,
                trees,
                shape == Shape.MANY_CLASSES ? Operator.CLASSIFIER : Operator.REGRESSOR);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aComparisonAgrees(Comparison comparison) {
    Cases.each(
        4,
        random -> {
          for (boolean single : new boolean[] {true, false}) {
            PlainTrees trees = RandomTrees.of(random, FEATURES, comparison, single);
            compare(random, trees, Operator.ENSEMBLE);
            if (comparison != Comparison.MEMBER) {
              compare(random, trees, Operator.REGRESSOR);
            }
          }
        });
  }

  private static void compare(Random random, PlainTrees trees, Operator operator) {
    List<String> inputs = Pair.numbers(FEATURES);
    GraphBuilder graph = new GraphBuilder("trees");
    inputs.forEach(name -> graph.input(name, ElementType.DOUBLE));
    String matrix = graph.node("Concat", inputs, Attribute.of("axis", 1));
    String given = trees.isSingle() ? graph.cast(matrix, ElementType.FLOAT) : matrix;
    String sums =
        operator == Operator.ENSEMBLE
            ? trees.write(graph, given)
            : trees.writeNamed(graph, given, operator == Operator.CLASSIFIER);
    // The older operators answer float32 whatever they are given.
    boolean narrow = trees.isSingle() || operator != Operator.ENSEMBLE;
    graph.output(
        narrow ? graph.cast(sums, ElementType.DOUBLE) : sums,
        "prediction",
        ElementType.DOUBLE,
        -1,
        trees.targets());
    byte[] bytes = operator == Operator.ENSEMBLE ? graph.build() : older(graph);
    boolean withOnnx = TreeDifferentialTest.isAsSpecified(trees);
    try (Pair pair = Pair.open(bytes, inputs, "prediction", trees.targets(), withOnnx)) {
      for (FeatureBatch rows :
          List.of(
              awkward(pair, AwkwardNumbers.all()),
              awkward(pair, AwkwardNumbers.finite()),
              TreeDifferentialTest.rows(random, pair, trees, FEATURES))) {
        TreeDifferentialTest.check(
            trees,
            rows,
            FEATURES,
            pair.byKernel(rows),
            pair.byOnnx(rows),
            sum -> narrow ? (float) sum : sum);
      }
    }
  }

  /** Of version 3 of the operators; a classifier's scores are its second output. */
  private static byte[] older(GraphBuilder graph) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(graph.build()).toBuilder();
      for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
        if (node.getOpType().equals("TreeEnsembleClassifier")) {
          String scores = node.getOutput(0);
          node.clearOutput().addOutput("label").addOutput(scores);
        }
      }
      for (OperatorSetIdProto.Builder set : model.getOpsetImportBuilderList()) {
        if (set.getDomain().equals("ai.onnx.ml")) {
          set.setVersion(3);
        }
      }
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Each of some numbers in place of every feature; kernels take other ways if all are finite. */
  private static FeatureBatch awkward(Pair pair, double[] all) {
    FeatureBatch rows = new FeatureBatch(pair.signature, all.length);
    for (int feature = 0; feature < FEATURES; feature++) {
      System.arraycopy(all, 0, rows.numbers(feature), 0, all.length);
    }
    rows.setRows(all.length);
    return rows;
  }
}
