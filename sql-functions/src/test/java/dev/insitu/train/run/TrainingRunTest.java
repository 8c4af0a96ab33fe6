package dev.insitu.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.function.Database;
import dev.insitu.function.InputQuery;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.score.Scorer;
import dev.insitu.score.verify.Scorers;
import dev.insitu.score.verify.Verification;
import dev.insitu.train.CodePoints;
import dev.insitu.train.LongTexts;
import dev.insitu.train.MixedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Rows;
import dev.insitu.train.option.TrainingOptions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
  private static final ModelName NAME = new ModelName("PUBLIC", "M");

  private record OneQuery(Rows rows) implements Database {
    @Override
    public InputQuery prepare(String sql) {
      return rows;
    }

    @Override
    public List<String> inOrder(ColumnSpec column, Collection<String> values) {
      return values.stream().sorted(CodePoints.ORDER).toList();
    }

    @Override
    public String fold(String identifier) {
      return identifier.toUpperCase(Locale.ROOT);
    }

    @Override
    public String currentSchema() {
      return "PUBLIC";
    }

    @Override
    public List<String> searchPath() {
      return List.of("PUBLIC");
    }

    @Override
    public boolean schemaExists(String schema) {
      return true;
    }

    @Override
    public <T> T atomically(Callable<T> work) {
      throw new UnsupportedOperationException("training writes nothing");
    }

    @Override
    public String product() {
      return "rows";
    }

    @Override
    public void checkCancelled() {}
  }

  private static TrainedModel train(Rows rows, String type, Map<String, OptionValue> more) {
    Map<String, OptionValue> options = new LinkedHashMap<>(more);
    options.put("model_type", new OptionValue.Text(type));
    TrainingRequest request =
        new TrainingRequest(NAME, TrainingOptions.of(options), "q", "q", List.of());
    try {
      return new TrainingRun(new OneQuery(rows), request, Progress.NONE).train();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static final Map<String, String> LABELS =
      Map.of(
          "linear_reg", "Y",
          "elastic_net", "Y",
          "logistic_reg", "C3",
          "decision_tree_classifier", "C2",
          "kmeans", "");

  @Test
  void theSameRowsInAnyOrderGiveTheSameArtifact() {
    LABELS.forEach(
        (type, label) -> {
          Rows rows = MixedRows.with(label).ordered(false);
          TrainedModel once = train(rows, type, Map.of());
          TrainedModel again = train(rows.shuffled(11), type, Map.of());
          assertThat(again.artifact().sha256()).as(type).isEqualTo(once.artifact().sha256());
          assertThat(again.verification()).as(type).isEqualTo(once.verification());
          assertThat(again.evaluation()).as(type).isEqualTo(once.evaluation());
        });
  }

  @Test
  void scorersRepeatTheTrainersAnswers() {
    LABELS.forEach(
        (type, label) -> {
          TrainedModel model = train(MixedRows.with(label), type, Map.of());
          ModelVersion version = new ModelVersion(1, NAME, 1, model, Instant.EPOCH);
          assertThat(model.verification()).hasSizeGreaterThan(20);
          try (Scorer scorer = Scorers.open(version)) {
            Verification.replay(scorer, version);
          }
        });
  }

  @Test
  void scorersRepeatTheTrainersAnswersOverLongText() {
    for (String type : List.of("logistic_reg", "decision_tree_classifier")) {
      TrainedModel model = train(LongTexts.rows(), type, Map.of());
      assertThat(model.features().get(0).preparation()).startsWith("vocabulary of ");
      ModelVersion version = new ModelVersion(1, NAME, 1, model, Instant.EPOCH);
      try (Scorer scorer = Scorers.open(version)) {
        Verification.replay(scorer, version);
      }
    }
  }

  @Test
  void aClassThatIsOnlyHeldOutIsKnownAndNeverTheFirstChoice() {
    Rows rows =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("HOLD", ColumnType.BOOLEAN)
            .with("LABEL", ColumnType.VARCHAR);
    for (int i = 0; i < 90; i++) {
      boolean held = i % 9 == 0;
      rows.row(i, held, held ? "c" : i % 2 == 0 ? "a" : "b");
    }
    Map<String, OptionValue> custom =
        Map.of(
            "data_split_method", new OptionValue.Text("custom"),
            "data_split_col", new OptionValue.Text("hold"));
    TrainedModel model = train(rows, "logistic_reg", custom);
    assertThat(model.facts().rowsHeldOut()).isEqualTo(10);
    model
        .verification()
        .forEach(row -> assertThat(row.expected().get(2)).isLessThan(row.expected().get(0)));

    Rows one =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("HOLD", ColumnType.BOOLEAN)
            .with("LABEL", ColumnType.VARCHAR);
    for (int i = 0; i < 9; i++) {
      one.row(i, i < 3, i < 3 ? "a" : "b");
    }
    assertThatThrownBy(() -> train(one, "logistic_reg", custom))
        .hasMessageStartingWith("ML042: label column \"LABEL\" has only one value, b")
        .hasMessageContaining("all held out");
  }

  @Test
  void nothingButConstantsIsAnError() {
    Rows rows = new Rows().with("A", ColumnType.DOUBLE).with("LABEL", ColumnType.DOUBLE);
    rows.row(1, 1).row(1, 2);
    assertThatThrownBy(() -> train(rows, "linear_reg", Map.of()))
        .hasMessageStartingWith("ML043: no feature column is left for model \"PUBLIC.M\"");
    Rows one = new Rows().with("A", ColumnType.DOUBLE).with("LABEL", ColumnType.VARCHAR);
    one.row(1, "x").row(2, "x");
    assertThatThrownBy(() -> train(one, "logistic_reg", Map.of()))
        .hasMessageStartingWith("ML042: label column \"LABEL\" has only one value, x");
  }
}
