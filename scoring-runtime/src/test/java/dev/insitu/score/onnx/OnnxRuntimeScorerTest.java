package dev.insitu.score.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.TestModel;
import dev.insitu.score.TestRows;
import dev.insitu.score.verify.Scorers;
import dev.insitu.score.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxRuntimeScorerTest {
  static List<TestModel> models() {
    return TestModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesWithPlainJavaOnEveryRow(TestModel model) {
    FeatureBatch rows = TestRows.random(5000, 11);
    try (Scorer scorer = open(model)) {
      PredictionBatch found = score(scorer, rows);

      assertThat(found.rows()).isEqualTo(5000);
      for (int row = 0; row < rows.rows(); row++) {
        double[] expected = TestRows.expected(model, rows, row);
        for (int k = 0; k < expected.length; k++) {
          assertThat(Verification.agree(expected[k], found.score(row, k)))
              .as("row %s, score %s: %s, %s", row, k, expected[k], found.score(row, k))
              .isTrue();
        }
      }
    }
  }

  @Test
  void repeatsFloatSumsBitByBit() {
    TestModel model = TestModel.boosted();
    FeatureBatch rows = TestRows.random(3000, 12);
    try (Scorer scorer = open(model)) {
      PredictionBatch found = score(scorer, rows);
      for (int row = 0; row < rows.rows(); row++) {
        assertThat(found.score(row, 0)).isEqualTo(TestRows.expected(model, rows, row)[0]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoresOneRowAsItScoresMany(TestModel model) {
    FeatureBatch many = TestRows.random(100, 13);
    FeatureBatch one = new FeatureBatch(TestModel.signature(), 1);
    try (Scorer scorer = open(model)) {
      PredictionBatch ofMany = score(scorer, many);
      PredictionBatch ofOne = new PredictionBatch(1, scorer.width());
      for (int row = 0; row < many.rows(); row++) {
        for (int input = 0; input < 3; input++) {
          one.numbers(input)[0] = many.numbers(input)[row];
        }
        one.texts(3)[0] = many.texts(3)[row];
        one.setRows(1);
        scorer.score(one, ofOne);
        for (int k = 0; k < scorer.width(); k++) {
          assertThat(Verification.agree(ofMany.score(row, k), ofOne.score(0, k))).isTrue();
          if (model.graph().length == TestModel.boosted().graph().length) {
            assertThat(ofOne.score(0, k)).isEqualTo(ofMany.score(row, k));
          }
        }
      }
    }
  }

  @Test
  void takesBatchesOfAnySize() {
    TestModel model = TestModel.forest();
    try (Scorer scorer = open(model)) {
      for (int rows : new int[] {0, 1, 2, 1023, 1024, 1025, 1, 0, 2048, 2500, 7}) {
        FeatureBatch batch = TestRows.random(rows, rows);
        PredictionBatch found = new PredictionBatch(3000, 1);
        scorer.score(batch, found);
        assertThat(found.rows()).isEqualTo(rows);
        for (int row = 0; row < rows; row++) {
          assertThat(found.score(row, 0)).isEqualTo(TestRows.expected(model, batch, row)[0]);
        }
      }
    }
  }

  @Test
  void refusesABatchOfAnotherShape() {
    try (Scorer scorer = open(TestModel.logistic())) {
      FeatureBatch rows = TestRows.random(4, 1);
      assertThatThrownBy(() -> scorer.score(rows, new PredictionBatch(4, 3)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> scorer.score(rows, new PredictionBatch(3, 2)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    TestModel model = TestModel.boosted();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Scorer scorer = open(model)) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int seed = i;
        answers.add(
            threads.submit(
                () -> {
                  FeatureBatch rows = TestRows.random(seed % 3 == 0 ? 1 : 200 + seed, seed);
                  PredictionBatch found = score(scorer, rows);
                  boolean equal = true;
                  for (int row = 0; row < rows.rows(); row++) {
                    equal &= found.score(row, 0) == TestRows.expected(model, rows, row)[0];
                  }
                  return equal;
                }));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void endsTheBatchUnderWayBeforeItCloses() throws Exception {
    TestModel model = TestModel.forest();
    FeatureBatch rows = TestRows.random(20_000, 3);
    double[] last = TestRows.expected(model, rows, 19_999);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 5; round++) {
        Scorer scorer = open(model);
        AtomicBoolean begun = new AtomicBoolean();
        Future<Integer> batches =
            thread.submit(
                () -> {
                  int done = 0;
                  while (true) {
                    try {
                      begun.set(true);
                      PredictionBatch found = score(scorer, rows);
                      assertThat(found.score(19_999, 0)).isEqualTo(last[0]);
                      done++;
                    } catch (MlException closed) {
                      assertThat(closed).hasMessageContaining("the scorer is closed");
                      return done;
                    }
                  }
                });
        while (!begun.get()) {
          Thread.onSpinWait();
        }
        Thread.sleep(20L * round);
        scorer.close();
        scorer.close();
        assertThat(batches.get()).isGreaterThanOrEqualTo(0);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void refusesAGraphThatDoesNotFitItsSignature() {
    EdgeSplit edge = EdgeSplit.of(TestModel.linear().graph(), "prediction");
    ModelSignature fewer =
        new ModelSignature(TestModel.signature().inputs().subList(0, 3), List.of());
    assertThatThrownBy(() -> OnnxRuntimeScorer.open(edge, fewer, 1))
        .hasMessage("ML061: ONNX Runtime could not use the graph: it has 4 inputs, not 3");
    List<ColumnSpec> renamed = new ArrayList<>(TestModel.signature().inputs());
    renamed.set(1, new ColumnSpec("c", ColumnType.INTEGER, "INTEGER", true));
    assertThatThrownBy(
            () -> OnnxRuntimeScorer.open(edge, new ModelSignature(renamed, List.of()), 1))
        .hasMessageContaining("input 2 is \"b\", not \"c\"");
    renamed.set(1, new ColumnSpec("b", ColumnType.VARCHAR, "VARCHAR", true));
    assertThatThrownBy(
            () -> OnnxRuntimeScorer.open(edge, new ModelSignature(renamed, List.of()), 1))
        .hasMessageContaining("input \"b\" is DOUBLE");
    assertThatThrownBy(() -> OnnxRuntimeScorer.open(edge, TestModel.signature(), 2))
        .hasMessageContaining("output \"prediction\" is DOUBLE [-1, 1], not DOUBLE [-1, 2]");
  }

  @Test
  void reportsWhatOnnxRuntimeRefuses() {
    GraphBuilder g = new GraphBuilder("wrong");
    g.input("x", ElementType.DOUBLE);
    g.output(g.node("NoSuchOperator", List.of("x")), "prediction", ElementType.DOUBLE, -1, 1);
    EdgeSplit edge = EdgeSplit.of(g.build(), "prediction");
    assertThatThrownBy(() -> OnnxRuntimeScorer.open(edge, oneNumber(), 1))
        .isInstanceOf(MlException.class)
        .hasMessageStartingWith("ML061: ONNX Runtime could not load the graph: ")
        .hasMessageContaining("NoSuchOperator");
  }

  @Test
  void reportsABatchThatFailsAndGoesOn() {
    GraphBuilder g = new GraphBuilder("fails");
    g.input("x", ElementType.DOUBLE);
    String index = g.cast("x", ElementType.INT64);
    g.output(
        g.node(
            "Gather", List.of(g.doubles(new double[] {5, 6}, 2), index), Attribute.of("axis", 0)),
        "prediction",
        ElementType.DOUBLE,
        -1,
        1);
    try (Scorer scorer =
        OnnxRuntimeScorer.open(EdgeSplit.of(g.build(), "prediction"), oneNumber(), 1)) {
      FeatureBatch rows = new FeatureBatch(oneNumber(), 2);
      rows.setRows(2);
      rows.numbers(0)[0] = 1;
      rows.numbers(0)[1] = 99;
      assertThatThrownBy(() -> score(scorer, rows))
          .isInstanceOf(MlException.class)
          .hasMessageStartingWith("ML061: ONNX Runtime could not score a batch: ");
      rows.numbers(0)[1] = 0;
      assertThat(score(scorer, rows).row(0)).containsExactly(6.0);
    }
  }

  @Test
  void countsTheWordsOfALongTextAsOnnxRuntimeDoes() throws Exception {
    for (String delimiter : List.of(" ", "", ", ")) {
      GraphBuilder g = new GraphBuilder("words");
      g.input("t", ElementType.STRING);
      String flat = g.node("Reshape", List.of("t", g.longs(new long[] {-1}, 1)));
      String split =
          g.node("StringSplit", List.of(flat), 2, Attribute.of("delimiter", delimiter)).get(0);
      String counts =
          g.node(
              "TfIdfVectorizer",
              List.of(split),
              Attribute.of("mode", "TF"),
              Attribute.of("min_gram_length", 1),
              Attribute.of("max_gram_length", 1),
              Attribute.of("max_skip_count", 0),
              Attribute.ofTexts("pool_strings", List.of("blue", "red", "\u00e9t\u00e9")),
              Attribute.ofLongs("ngram_counts", 0),
              Attribute.ofLongs("ngram_indexes", 0, 1, 2));
      String weighted =
          g.node(
              "MatMul",
              List.of(
                  g.cast(counts, ElementType.DOUBLE), g.doubles(new double[] {1, 10, 100}, 3, 1)));
      g.output(weighted, "prediction", ElementType.DOUBLE, -1, 1);
      String[] texts = {
        "red blue",
        "  red\tred  blue ",
        "",
        " ",
        "red,blue, red",
        "\u00e9t\u00e9 blue\nred",
        ", ,",
        "blue"
      };
      ModelSignature signature =
          new ModelSignature(
              List.of(new ColumnSpec("t", ColumnType.CLOB, "CLOB", true)), List.of());
      double[] expected = RawOnnx.column(g.build(), "prediction", texts);
      try (Scorer scorer =
          OnnxRuntimeScorer.open(EdgeSplit.of(g.build(), "prediction"), signature, 1)) {
        FeatureBatch rows = new FeatureBatch(signature, texts.length + 1);
        System.arraycopy(texts, 0, rows.texts(0), 0, texts.length);
        rows.setRows(texts.length + 1);
        PredictionBatch found = score(scorer, rows);
        for (int row = 0; row < texts.length; row++) {
          assertThat(found.score(row, 0))
              .as("\"%s\" at \"%s\"", texts[row], delimiter)
              .isEqualTo(expected[row]);
        }
        assertThat(found.score(texts.length, 0)).isZero();
      }
    }
  }

  @Test
  void takesColumnsThatAreNamedLikeOutputs() {
    GraphBuilder g = new GraphBuilder("names");
    List<ColumnSpec> columns = new ArrayList<>();
    String sum = g.doubles(new double[] {0}, 1, 1);
    for (String name : List.of("prediction", "label", "insitu/v0", "", "a b\"c")) {
      columns.add(new ColumnSpec(name, ColumnType.DOUBLE, "DOUBLE PRECISION", true));
      sum = g.node("Add", List.of(sum, g.input(name, ElementType.DOUBLE)));
    }
    g.output(sum, "prediction", ElementType.DOUBLE, -1, 1);
    ModelSignature signature = new ModelSignature(columns, List.of());
    FeatureBatch row = new FeatureBatch(signature, 1);
    for (int input = 0; input < 5; input++) {
      row.numbers(input)[0] = Math.pow(10, input);
    }
    row.setRows(1);
    try (Scorer scorer =
        OnnxRuntimeScorer.open(EdgeSplit.of(g.build(), "prediction"), signature, 1)) {
      assertThat(score(scorer, row).row(0)).containsExactly(11111.0);
    }
  }

  private static ModelSignature oneNumber() {
    return new ModelSignature(
        List.of(new ColumnSpec("x", ColumnType.DOUBLE, "DOUBLE PRECISION", true)), List.of());
  }

  private static OnnxRuntimeScorer open(TestModel model) {
    EdgeSplit edge = EdgeSplit.of(model.graph(), Scorers.scoreOutput(model.task()));
    return OnnxRuntimeScorer.open(edge, TestModel.signature(), Scorers.width(model.task()));
  }

  private static PredictionBatch score(Scorer scorer, FeatureBatch rows) {
    PredictionBatch predictions = new PredictionBatch(rows.rows(), scorer.width());
    scorer.score(rows, predictions);
    return predictions;
  }
}
