package dev.insitu.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ConfusionCell;
import dev.insitu.model.Evaluation;
import dev.insitu.model.Metric;
import dev.insitu.model.RocPoint;
import dev.insitu.model.Task;
import dev.insitu.score.PredictionBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluatorTest {
  private static final ColumnSpec LABEL =
      new ColumnSpec("y", ColumnType.DOUBLE, "DOUBLE PRECISION", true);

  static List<String> cases() {
    return List.copyOf(expected().keySet());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(String name) {
    Evaluation found = evaluate(name);

    Map<String, Double> expected = Objects.requireNonNull(expected().get(name));
    assertThat(found.metrics())
        .extracting(Metric::name)
        .containsExactlyElementsOf(expected.keySet());
    for (Metric metric : found.metrics()) {
      double wanted = Objects.requireNonNull(expected.get(metric.name()));
      if (Double.isNaN(wanted)) {
        assertThat(metric.value()).as(metric.name()).isNaN();
      } else {
        assertThat(Math.abs(metric.value() - wanted) / Math.max(1, Math.abs(wanted)))
            .as("%s: %s, %s", metric.name(), metric.value(), wanted)
            .isLessThanOrEqualTo(1e-9);
      }
    }
  }

  @Test
  void namesMetricsAsBigQueryDoes() {
    assertThat(expected().get("binary"))
        .containsOnlyKeys("precision", "recall", "accuracy", "f1_score", "log_loss", "roc_auc");
    assertThat(expected()).hasSize(18);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void hasNoFiguresWithoutRows(Task task) {
    Evaluation empty = Evaluator.of(task, EvaluationOptions.DEFAULT).finish();
    assertThat(empty.rows()).isZero();
    assertThat(empty.metrics()).isNotEmpty().allMatch(metric -> Double.isNaN(metric.value()));
    assertThat(empty.confusion()).isEmpty();
    assertThat(empty.roc()).isEmpty();
  }

  static List<Task> tasks() {
    return List.of(new Task.Regression(LABEL), classes(2), classes(3), new Task.Clustering(3));
  }

  @Test
  void countsRowsWithoutLabelApart() {
    Evaluator evaluator = Evaluator.of(new Task.Regression(LABEL), EvaluationOptions.DEFAULT);
    PredictionBatch predictions = new PredictionBatch(3, 1);
    predictions.scores()[2] = 4;
    predictions.setRows(3);
    evaluator.add(predictions, new double[] {0, Double.NaN, 2});
    Evaluation found = evaluator.finish();
    assertThat(found.rows()).isEqualTo(2);
    assertThat(found.skippedRows()).isEqualTo(1);
    assertThat(found.metrics().get(0)).isEqualTo(new Metric("mean_absolute_error", 1));
  }

  @Test
  void countsLabelsThatTheModelDoesNotKnowAsWrong() {
    Evaluator evaluator = Evaluator.of(classes(2), EvaluationOptions.DEFAULT);
    evaluator.add(new double[] {0.2, 0.8}, 0, 1);
    evaluator.add(new double[] {0.3, 0.7}, 0, Evaluator.UNKNOWN_CLASS);
    Evaluation found = evaluator.finish();
    assertThat(metric(found, "accuracy")).isEqualTo(0.5);
    assertThat(metric(found, "precision")).isEqualTo(0.5);
    assertThat(metric(found, "recall")).isEqualTo(1);
    assertThat(found.confusion())
        .containsExactly(new ConfusionCell(-1, 1, 1), new ConfusionCell(1, 1, 1));
  }

  @Test
  void predictsTheFirstOfEqualClassesWithoutAThreshold() {
    Evaluator plain = Evaluator.of(classes(2), EvaluationOptions.DEFAULT);
    plain.add(new double[] {0.5, 0.5}, 0, 1);
    assertThat(plain.finish().confusion()).containsExactly(new ConfusionCell(1, 0, 1));
    Evaluator half = Evaluator.of(classes(2), EvaluationOptions.DEFAULT.withThreshold(0.5));
    half.add(new double[] {0.5, 0.5}, 0, 1);
    assertThat(half.finish().confusion()).containsExactly(new ConfusionCell(1, 1, 1));
  }

  @Test
  void drawsTheCurveAtEveryScoreWhereTheyAreFew() {
    Evaluator evaluator = Evaluator.of(classes(2), EvaluationOptions.DEFAULT);
    double[] scores = {0.9, 0.8, 0.8, 0.1};
    double[] labels = {1, 1, 0, 0};
    for (int i = 0; i < 4; i++) {
      evaluator.add(new double[] {1 - scores[i], scores[i]}, 0, labels[i]);
    }
    assertThat(evaluator.finish().roc())
        .containsExactly(
            new RocPoint(0.9, 0.5, 0, 1, 0, 2, 1),
            new RocPoint(0.8, 1, 0.5, 2, 1, 1, 0),
            new RocPoint(0.1, 1, 1, 2, 2, 0, 0));
  }

  @Test
  void drawsTheCurveAtTheWantedThresholds() {
    Evaluator evaluator =
        Evaluator.of(classes(2), EvaluationOptions.DEFAULT.withRocThresholds(List.of(0.5, 0.85)));
    evaluator.add(new double[] {0.1, 0.9}, 0, 1);
    evaluator.add(new double[] {0.2, 0.8}, 0, 0);
    assertThat(evaluator.finish().roc())
        .containsExactly(new RocPoint(0.85, 1, 0, 1, 0, 1, 0), new RocPoint(0.5, 1, 1, 1, 1, 0, 0));
  }

  @Test
  void drawsAtMostAHundredPointsDownFromTheLargestScore() {
    Random random = new Random(4);
    Evaluator evaluator = Evaluator.of(classes(2), EvaluationOptions.DEFAULT);
    double largest = 0;
    for (int i = 0; i < 5000; i++) {
      double score = random.nextDouble();
      largest = Math.max(largest, score);
      evaluator.add(new double[] {1 - score, score}, 0, random.nextDouble() < score ? 1 : 0);
    }
    List<RocPoint> roc = evaluator.finish().roc();
    assertThat(roc).hasSize(100);
    assertThat(roc.get(0).threshold()).isEqualTo(largest);
    assertThat(roc.get(99).recall()).isEqualTo(1);
    assertThat(roc.get(99).falsePositiveRate()).isEqualTo(1);
    assertThat(roc).extracting(RocPoint::recall).isSorted();
    assertThat(roc)
        .allMatch(
            p ->
                p.truePositives() + p.falsePositives() + p.trueNegatives() + p.falseNegatives()
                    == 5000);
  }

  @Test
  void keepsAUniformSampleOfWhatDoesNotFit() {
    Reservoir reservoir = new Reservoir(2, 1000);
    for (int i = 0; i < 100_000; i++) {
      int place = reservoir.next();
      if (place >= 0) {
        reservoir.values()[place] = i;
        reservoir.values()[place + 1] = -i;
      }
    }
    double[] firsts =
        IntStream.range(0, 1000).mapToDouble(row -> reservoir.values()[row * 2]).toArray();
    assertThat(reservoir.rows()).isEqualTo(1000);
    assertThat(reservoir.scale()).isEqualTo(100);
    assertThat(Arrays.stream(firsts).distinct().count()).isEqualTo(1000);
    assertThat(Arrays.stream(firsts).average().orElseThrow()).isBetween(46_000.0, 54_000.0);
    assertThat(IntStream.range(0, 1000))
        .allMatch(row -> reservoir.values()[row * 2] == -reservoir.values()[row * 2 + 1]);
  }

  @Test
  void hasNoDaviesBouldinIndexWithoutDistancesOrWithOneCluster() {
    Evaluator blind = Evaluator.of(new Task.Clustering(2), EvaluationOptions.DEFAULT);
    blind.add(new double[] {1, 4}, 0, 0);
    blind.add(new double[] {4, 1}, 0, 0);
    assertThat(metric(blind.finish(), "davies_bouldin_index")).isNaN();
    Evaluator lonely =
        Evaluator.of(
            new Task.Clustering(2),
            EvaluationOptions.DEFAULT.withCentroidDistances(
                List.of(List.of(0.0, 3.0), List.of(3.0, 0.0))));
    lonely.add(new double[] {1, 4}, 0, 0);
    assertThat(metric(lonely.finish(), "davies_bouldin_index")).isNaN();
    lonely.add(new double[] {4, 1}, 0, 0);
    assertThat(metric(lonely.finish(), "davies_bouldin_index")).isEqualTo(2 / 3.0);
  }

  private static Evaluation evaluate(String name) {
    List<String[]> rows = lines("rows.csv").stream().filter(line -> line[0].equals(name)).toList();
    String[] words = rows.get(0)[1].split(" ", -1);
    EvaluationOptions options = EvaluationOptions.DEFAULT;
    Task task = new Task.Regression(LABEL);
    if (words[0].equals("classification")) {
      task = classes(Integer.parseInt(words[1]));
      options = words.length > 2 ? options.withThreshold(Double.parseDouble(words[2])) : options;
    } else if (words[0].equals("clustering")) {
      task = new Task.Clustering(Integer.parseInt(words[1]));
      options =
          options.withCentroidDistances(
              rows.stream()
                  .filter(line -> line[1].equals("distances"))
                  .map(line -> Arrays.stream(scores(line)).boxed().toList())
                  .toList());
    }
    Evaluator evaluator = Evaluator.of(task, options);
    for (String[] line : rows) {
      if (!line[1].equals("distances")) {
        evaluator.add(scores(line), 0, Double.parseDouble(line[2]));
      }
    }
    return evaluator.finish();
  }

  private static double[] scores(String[] line) {
    return Arrays.stream(line).skip(3).mapToDouble(Double::parseDouble).toArray();
  }

  private static Task classes(int count) {
    return new Task.Classification(
        LABEL, IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  private static double metric(Evaluation evaluation, String name) {
    return evaluation.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Map<String, Map<String, Double>> expected() {
    return lines("expected.csv").stream()
        .collect(
            Collectors.groupingBy(
                line -> line[0],
                LinkedHashMap::new,
                Collectors.toMap(
                    line -> line[1],
                    line -> line[2].equals("nan") ? Double.NaN : Double.parseDouble(line[2]),
                    (a, b) -> b,
                    LinkedHashMap::new)));
  }

  private static List<String[]> lines(String file) {
    List<String[]> lines = new ArrayList<>();
    try (InputStream stream =
            Objects.requireNonNull(EvaluatorTest.class.getResourceAsStream(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.split(";", -1));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return lines;
  }
}
