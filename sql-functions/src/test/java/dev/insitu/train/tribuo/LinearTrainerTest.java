package dev.insitu.train.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.model.ColumnType;
import dev.insitu.model.Weight;
import dev.insitu.train.Graphs;
import dev.insitu.train.MixedRows;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinearTrainerTest {
  private static List<List<@Nullable Object>> inputs() {
    List<List<@Nullable Object>> inputs = new ArrayList<>();
    for (@Nullable Object[] row : MixedRows.with("").rows()) {
      inputs.add(
          Arrays.asList(
              row[0],
              row[1] == null ? (Double) Double.NaN : row[1],
              Boolean.TRUE.equals(row[2]) ? 1.0 : 0.0,
              row[3]));
    }
    inputs.add(Arrays.asList(Double.NaN, Double.NaN, Double.NaN, null));
    inputs.add(Arrays.asList(Double.POSITIVE_INFINITY, 1e9, 0.5, "unseen"));
    inputs.add(Arrays.asList(Double.NEGATIVE_INFINITY, -1e9, 1.0, ""));
    return inputs;
  }

  private static void graphRepeatsTheTrainer(Training training) {
    List<List<@Nullable Object>> inputs = inputs();
    double[] graph =
        Graphs.run(training.graph(), "scores", training.preparation().inputs(), inputs);
    PreparedRows prepared = training.preparation().rows(inputs);
    double[] own = training.model().predict(prepared, 0, inputs.size());
    assertThat(graph).hasSameSizeAs(own);
    for (int i = 0; i < own.length; i++) {
      assertThat(graph[i]).isCloseTo(own[i], within(1e-12 * Math.max(1, Math.abs(own[i]))));
    }
  }

  @Test
  void graphsOfAllFamiliesRepeatTheTrainer() {
    graphRepeatsTheTrainer(Training.of(MixedRows.with("Y"), "linear_reg"));
    graphRepeatsTheTrainer(Training.of(MixedRows.with("Y"), "lasso", "alpha", 0.1));
    graphRepeatsTheTrainer(Training.of(MixedRows.with("C2"), "logistic_reg"));
    graphRepeatsTheTrainer(Training.of(MixedRows.with("C3"), "logistic_reg"));
    graphRepeatsTheTrainer(Training.of(MixedRows.with(""), "kmeans", "num_clusters", 4));
    graphRepeatsTheTrainer(Training.of(MixedRows.with(""), "kmeans", "num_clusters", 1));
  }

  @Test
  void theSameRowsInAnyOrderGiveTheSameGraph() {
    for (String label : List.of("Y", "C2", "C3", "")) {
      String type = label.equals("Y") ? "linear_reg" : label.isEmpty() ? "kmeans" : "logistic_reg";
      byte[] once = Training.of(MixedRows.with(label).ordered(false), type).graph();
      byte[] again = Training.of(MixedRows.with(label).shuffled(9), type).graph();
      assertThat(again).as(type).isEqualTo(once);
    }
  }

  @Test
  void weightsAreOnTheScaleOfTheInputs() {
    Rows rows =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("B", ColumnType.INTEGER)
            .with("LABEL", ColumnType.DOUBLE);
    for (int i = 0; i < 50; i++) {
      rows.row(1e6 + i, (i * 7) % 11, 3 + 0.5 * (1e6 + i) - 2 * ((i * 7) % 11));
    }
    List<Weight> weights = Training.of(rows, "linear_reg").model().weights();
    assertThat(weights.get(0).processedInput()).isEqualTo("A");
    assertThat(weights.get(0).weight()).isCloseTo(0.5, within(1e-8));
    assertThat(weights.get(1).weight()).isCloseTo(-2, within(1e-8));
    assertThat(weights.get(2).processedInput()).isEqualTo("__INTERCEPT__");
    assertThat(weights.get(2).weight()).isCloseTo(3, within(1e-2));
    Training raw = Training.of(rows, "linear_reg", "standardize_features", false);
    assertThat(raw.model().weights().get(0).weight()).isCloseTo(0.5, within(1e-8));
    assertThat(raw.loss()).isLessThan(1e-9);
  }

  @Test
  void aLineWithoutInterceptGoesThroughTheOrigin() {
    Rows rows = new Rows().with("A", ColumnType.DOUBLE).with("LABEL", ColumnType.DOUBLE);
    rows.row(1, 2).row(2, 4.2).row(3, 5.9);
    Training training =
        Training.of(rows, "linear_reg", "fit_intercept", false, "standardize_features", false);
    double expected = (1 * 2 + 2 * 4.2 + 3 * 5.9) / (1 + 4 + 9);
    assertThat(training.model().weights().get(0).weight()).isCloseTo(expected, within(1e-9));
    assertThat(training.model().weights().get(1).weight()).isZero();
  }

  @Test
  void separableClassesDoNotRunAway() {
    Rows rows = new Rows().with("A", ColumnType.DOUBLE).with("LABEL", ColumnType.VARCHAR);
    for (int i = 0; i < 40; i++) {
      rows.row(i, i < 20 ? "a" : "b");
    }
    for (double l2 : new double[] {0, 1}) {
      double[] predictions = Training.of(rows, "logistic_reg", "l2_reg", l2).predictions(40);
      for (int i = 0; i < 80; i++) {
        assertThat(predictions[i]).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void aRareClassAmongMoreFeaturesThanRowsIsLearnt() {
    Rows rows = new Rows().with("T", ColumnType.VARCHAR).with("LABEL", ColumnType.VARCHAR);
    for (int i = 0; i < 60; i++) {
      rows.row("t" + i, i == 0 ? "rare" : i % 2 == 0 ? "x" : "y");
    }
    Training training = Training.of(rows, "logistic_reg");
    assertThat(training.loss()).isLessThan(Math.log(3));
    Rows numbers = new Rows().with("T", ColumnType.VARCHAR).with("LABEL", ColumnType.DOUBLE);
    for (int i = 0; i < 60; i++) {
      numbers.row("t" + i, i);
    }
    assertThat(Training.of(numbers, "linear_reg").loss()).isLessThan(1e-9);
  }

  @Test
  void trainingStopsWhenItIsCancelled() {
    Progress cancelled =
        (phase, done, total) -> {
          if (phase.equals("training")) {
            throw new CancellationException();
          }
        };
    for (String type : List.of("logistic_reg", "linear_reg", "kmeans")) {
      String label = type.equals("logistic_reg") ? "C2" : type.equals("kmeans") ? "" : "Y";
      assertThatThrownBy(() -> Training.of(MixedRows.with(label), Optional.of(cancelled), type))
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void labelsThatOverflowAreAnError() {
    Rows rows = new Rows().with("A", ColumnType.DOUBLE).with("LABEL", ColumnType.DOUBLE);
    rows.row(1, 1e308).row(2, 1e308).row(3, -1e308);
    assertThatThrownBy(() -> Training.of(rows, "linear_reg"))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void iterationsReportALossThatFalls() {
    Training training = Training.of(MixedRows.with("C2"), "logistic_reg");
    assertThat(training.model().iterations()).hasSizeBetween(3, 20);
    double last = Double.MAX_VALUE;
    for (var iteration : training.model().iterations()) {
      assertThat(iteration.loss()).isLessThanOrEqualTo(last + 1e-4);
      last = iteration.loss();
    }
    assertThat(last).isCloseTo(training.loss(), within(1e-9));
  }

  @Test
  void moreClustersThanRowsAreRefused() {
    Rows rows = new Rows().with("A", ColumnType.DOUBLE).row(1).row(2);
    assertThatThrownBy(() -> Training.of(rows, "kmeans"))
        .hasMessage(
            "ML031: option \"num_clusters\" must be at most the number of training rows, 2, but 5"
                + " was given");
    Rows equal = new Rows().with("A", ColumnType.DOUBLE).row(1).row(1).row(2).row(1);
    assertThat(Training.of(equal, "kmeans", "num_clusters", 3).loss()).isZero();
  }
}
