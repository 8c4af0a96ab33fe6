package dev.insitu.train.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.onnx.OnnxRuntimeScorer;
import dev.insitu.train.Graphs;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Rows;
import dev.insitu.train.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  /**
   * What ONNX Runtime takes as an input from Java; it would cut texts at NUL and change what lies
   * outside the basic plane.
   */
  private static final List<@Nullable String> PLAIN =
      Arrays.asList(
          null,
          "",
          "   ",
          "never seen these words",
          "w1 w1 w1 W2",
          "  W3   w4 \uFF5E ",
          "w5\tw6 w7\nw8",
          "\u0130 \u039f\u0394\u039f\u03a3 caf\u00c9",
          "w1 ".repeat(33_333),
          "x".repeat(100_000));

  private static final List<String> ODD =
      List.of(
          "W3 w4 \uD83D\uDE00 \uD83D\uDE00",
          "nul\0l w1",
          "w1 nul\0l\0",
          "w2 \uD83D",
          "\uDE00\uD83D w3 w3");

  private static Preparation fit(TrainingSet set) {
    return Preparation.fit(set, IntStream.range(0, set.rows()).toArray(), true);
  }

  private static Preparation fit(Rows rows) {
    return fit(PreparationTest.read(rows));
  }

  private static List<String> names(Preparation preparation) {
    return preparation.features().stream().map(PreparedFeature::name).toList();
  }

  private static Rows texts(Stream<String> texts) {
    Rows rows = new Rows().with("T", ColumnType.VARCHAR);
    texts.forEach(rows::row);
    return rows;
  }

  /** Rows with many words, NULLs, the empty text, and words that no file can hold. */
  private static Rows mixed() {
    Rows rows =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("label", ColumnType.VARCHAR)
            .with("C", ColumnType.VARCHAR)
            .with("U", ColumnType.CLOB);
    List<String> more =
        List.of(
            "\uD83D\uDE00", "nul\0l", "CAF\u00c9", "\u03bf\u03b4\u03bf\u03c2", "i\u0307", "\uD83D");
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(12); word >= 0; word--) {
        text.append(random.nextBoolean() ? "w" : "W").append(random.nextInt(40)).append(' ');
      }
      text.append(more.get(random.nextInt(more.size())));
      rows.row(
          random.nextGaussian(),
          i % 17 == 0 ? null : i % 19 == 0 ? "" : text.toString(),
          "c" + i % 3,
          "always there: " + text.reverse());
    }
    return rows;
  }

  @Test
  void textIsLongWithOverAHundredValuesAndOverFourWords() {
    assertThat(
            names(
                fit(texts(IntStream.range(0, 101).mapToObj(i -> "a b c d e" + i % 50 + " f" + i)))))
        .contains("T=e49")
        .doesNotContain("T=a", "T=f7", "T=__OTHER__");
    assertThat(names(fit(texts(IntStream.range(0, 100).mapToObj(i -> "a b c d e" + i)))))
        .hasSize(100);
    assertThat(names(fit(texts(IntStream.range(0, 101).mapToObj(i -> "a b c d" + i)))))
        .hasSize(101)
        .contains("T=__OTHER__");
  }

  @Test
  void textWithoutAWordOfTwoRowsIsTextWithManyValues() {
    Preparation preparation =
        fit(texts(IntStream.range(0, 120).mapToObj(i -> "a" + i + " b" + i + " c" + i + " d e")));
    assertThat(preparation.features()).hasSize(101);
    assertThat(preparation.statistics().get(0).preparation())
        .isEqualTo("one-hot of 100 most frequent, other");
  }

  @Test
  void aColumnWhoseNameHasALineEndHasNoVocabulary() {
    Rows rows = new Rows().with("a\nb", ColumnType.VARCHAR);
    IntStream.range(0, 120).forEach(i -> rows.row("v w x y z" + i % 60 + " u" + i));
    assertThat(fit(rows).features()).hasSize(101);
  }

  @Test
  void theFiveHundredWordsOfMostRowsAreKept() {
    // w000 to w599 stand in two rows each, w600 to w609 in three; w599 more often than any.
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String word = String.format(Locale.ROOT, " w%03d", i);
      String more = String.format(Locale.ROOT, " w%03d", 600 + i % 10);
      all.add("a b c" + word + (i == 599 ? word.repeat(50) : "") + (i < 30 ? more : "") + " q" + i);
      all.add("a b c" + word + " r" + i);
    }
    Preparation preparation = fit(texts(all.stream()));
    List<String> words =
        preparation.features().stream().map(PreparedFeature::category).sorted().toList();
    List<String> expected =
        IntStream.concat(IntStream.range(0, 490), IntStream.range(600, 610))
            .mapToObj(i -> String.format(Locale.ROOT, "w%03d", i))
            .toList();
    assertThat(words).isEqualTo(expected);
    assertThat(preparation.statistics().get(0).preparation())
        .isEqualTo("vocabulary of 500 words, tf-idf");
    assertThat(preparation.statistics().get(0).categoryCount()).isEqualTo(1200);
  }

  @Test
  void wordsAreForgottenWhenThereAreTooMany() {
    Rows rows = new Rows().with("T", ColumnType.VARCHAR);
    for (int i = 0; i < 1000; i++) {
      rows.row("v" + i % 2 + " u" + i + " t" + i + " s" + i + " r" + i);
    }
    TrainingSet set = PreparationTest.read(rows);
    int[] counts = new int[1000];
    Arrays.fill(counts, 1);
    VocabularyFit fit = new VocabularyFit(set.feature(0), counts, 1000, 50);
    assertThat(fit.fit(0).orElseThrow().words()).containsExactly("v0", "v1");
  }

  @Test
  void javaOurScorerAndOnnxRuntimeAgreeBitForBit() throws Exception {
    TrainingSet set = PreparationTest.read(mixed());
    Preparation preparation = fit(set);
    int width = preparation.features().size();
    assertThat(preparation.statistics().get(1).preparation())
        .startsWith("vocabulary of ")
        .endsWith(" words, tf-idf, NULL indicator");
    assertThat(names(preparation))
        .contains("label=__NULL__", "label=w1", "label=\uD83D\uDE00", "label=nul\0l", "C=c1")
        .contains("label=caf\u00e9", "label=i\u0307")
        .doesNotContain("label=\uD83D", "U=always", "label=W1");
    GraphBuilder builder = new GraphBuilder("test");
    String matrix = preparation.export(builder);
    builder.output(matrix, "prepared", ElementType.DOUBLE, -1, width);
    byte[] graph = builder.build();

    List<List<@Nullable Object>> plain = new ArrayList<>();
    PLAIN.forEach(text -> plain.add(Arrays.asList(0.5, text, "c1", text)));
    List<List<@Nullable Object>> inputs = new ArrayList<>(plain);
    ODD.forEach(text -> inputs.add(Arrays.asList(0.5, text, "c1", text)));
    for (Object[] row : mixed().rows()) {
      inputs.add(Arrays.asList(row));
    }
    double[] expected = prepared(preparation.rows(inputs));
    assertThat(Arrays.stream(expected).allMatch(Double::isFinite)).isTrue();
    assertThat(scored(graph, preparation, inputs)).isEqualTo(expected);
    assertThat(Graphs.run(graph, "prepared", preparation.inputs(), lowerCase(plain)))
        .isEqualTo(Arrays.copyOf(expected, plain.size() * width));
    // A batch of nothing but empty texts.
    assertThat(Graphs.run(graph, "prepared", preparation.inputs(), lowerCase(plain.subList(1, 2))))
        .isEqualTo(Arrays.copyOfRange(expected, width, 2 * width));

    PreparedRows fromSet = preparation.rows(set, IntStream.range(0, 300).toArray(), RowLabels.NONE);
    double[] tail = Arrays.copyOfRange(expected, expected.length - 300 * width, expected.length);
    assertThat(prepared(fromSet)).isEqualTo(tail);
    int[] indices = new int[width];
    double[] values = new double[width];
    double[] dense = new double[300 * width];
    for (int row = 0; row < 300; row++) {
      int count = fromSet.fillSparse(row, indices, values);
      for (int i = 0; i < count; i++) {
        assertThat(i == 0 || indices[i - 1] < indices[i]).isTrue();
        dense[row * width + indices[i]] = values[i];
      }
    }
    assertThat(dense).containsExactly(tail, within(0.0));
  }

  @Test
  void rowsThatAreNotFittedOnAreCountedToo() {
    Rows rows = mixed();
    TrainingSet set = PreparationTest.read(rows);
    Preparation preparation = Preparation.fit(set, IntStream.range(0, 150).toArray(), true);
    PreparedRows heldOut =
        preparation.rows(set, IntStream.range(150, 300).toArray(), RowLabels.NONE);
    List<List<@Nullable Object>> same = new ArrayList<>();
    rows.rows().subList(150, 300).forEach(row -> same.add(Arrays.asList(row)));
    assertThat(prepared(heldOut)).isEqualTo(prepared(preparation.rows(same)));
  }

  @Test
  void rowsHaveLengthOneOrNone() {
    VocabularyEncoding encoding = fit(mixed()).vocabularies().get(0).at(0);
    double[] row = new double[encoding.words().size()];
    for (String text : List.of("w1 w2 w2 w3 \uD83D\uDE00", "w1", "", "nothing known")) {
      Arrays.fill(row, 0);
      encoding.fill(encoding.count(text), row, 0);
      double square = Arrays.stream(row).map(value -> value * value).sum();
      assertThat(square).isCloseTo(text.startsWith("w1") ? 1 : 0, within(1e-9));
    }
  }

  private static double[] prepared(PreparedRows rows) {
    int width = rows.features().size();
    double[] matrix = new double[rows.rows() * width];
    for (int row = 0; row < rows.rows(); row++) {
      rows.fill(row, matrix, row * width);
    }
    return matrix;
  }

  /** What whoever runs a file must do beside the graph. */
  private static List<List<@Nullable Object>> lowerCase(List<List<@Nullable Object>> rows) {
    List<List<@Nullable Object>> lower = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> copy = new ArrayList<>(row);
      copy.replaceAll(v -> v instanceof String text ? text.toLowerCase(Locale.ROOT) : v);
      lower.add(copy);
    }
    return lower;
  }

  private static double[] scored(
      byte[] graph, Preparation preparation, List<List<@Nullable Object>> rows) {
    ModelSignature signature = new ModelSignature(preparation.inputs(), List.of());
    int width = preparation.features().size();
    try (Scorer scorer =
        OnnxRuntimeScorer.open(EdgeSplit.of(graph, "prepared"), signature, width)) {
      FeatureBatch batch = new FeatureBatch(signature, rows.size());
      for (int row = 0; row < rows.size(); row++) {
        for (int input = 0; input < preparation.inputs().size(); input++) {
          Object value = rows.get(row).get(input);
          if (batch.isText(input)) {
            batch.texts(input)[row] = (String) value;
          } else if (value instanceof Double number) {
            batch.numbers(input)[row] = number;
          }
        }
      }
      batch.setRows(rows.size());
      PredictionBatch predictions = new PredictionBatch(rows.size(), width);
      scorer.score(batch, predictions);
      return Arrays.copyOf(predictions.scores(), rows.size() * width);
    }
  }
}
