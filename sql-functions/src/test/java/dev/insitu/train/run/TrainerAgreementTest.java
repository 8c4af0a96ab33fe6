package dev.insitu.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.Task;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.onnx.OnnxRuntimeScorer;
import dev.insitu.score.verify.Scorers;
import dev.insitu.score.verify.Verification;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Rows;
import dev.insitu.train.Split;
import dev.insitu.train.TrainingColumns;
import dev.insitu.train.TrainingReader;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.prepare.Preparation;
import dev.insitu.train.prepare.RowLabels;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The graph of every model type, run by ONNX Runtime, against the trainer's own answers (design,
 * idea 2) on random rows: NULL, NaN, infinities, numbers beside the thresholds, unseen texts.
 */
class TrainerAgreementTest {
  private static final int TRAINING_ROWS = 400;
  private static final int ROWS = 2000;
  private static final List<String> TEXTS =
      List.of("", "a", "b", "\uD83D\uDC27", "nul\0inside", "A", " ", "long ".repeat(50));
  private static final double[] EDGES = {
    0,
    -0.0,
    1e9 + 0.5,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    1L << 53,
    3.5e38,
    16_777_217
  };

  /**
   * What to train.
   *
   * @param classes of the label; 0 for a number
   */
  record Family(ModelType type, int classes, Map<String, OptionValue> options) {
    TrainingOptions checked() {
      Map<String, OptionValue> all = new LinkedHashMap<>(options);
      all.put("model_type", new OptionValue.Text(type.word()));
      if (type.goal() != ModelType.Goal.CLUSTERING) {
        all.put("input_label_cols", new OptionValue.Text("label"));
      }
      return TrainingOptions.of(all);
    }

    @Override
    public String toString() {
      return type.word() + " " + classes + " " + options.values();
    }
  }

  static Stream<Family> families() {
    return Stream.of(ModelType.values())
        .flatMap(
            type ->
                (type.goal() == ModelType.Goal.CLASSIFICATION ? Stream.of(2, 3, 7) : Stream.of(0))
                    .flatMap(
                        classes -> options(type).map(more -> new Family(type, classes, more))));
  }

  private static Stream<Map<String, OptionValue>> options(ModelType type) {
    OptionValue ten = new OptionValue.Numeric(BigDecimal.TEN);
    return switch (type.family()) {
      case LINEAR, CLUSTER -> Stream.of(Map.of());
      case TREE -> methods().map(method -> Map.of("tree_method", method));
      case FOREST ->
          methods().map(method -> Map.of("tree_method", method, "num_parallel_tree", ten));
      case BOOSTED -> methods().map(method -> Map.of("tree_method", method, "max_iterations", ten));
    };
  }

  private static Stream<OptionValue> methods() {
    return Stream.of(new OptionValue.Text("exact"), new OptionValue.Text("hist"));
  }

  @ParameterizedTest
  @MethodSource("families")
  void graphsRepeatTheTrainer(Family family) throws Exception {
    check(family);
  }

  private static void check(Family family) throws Exception {
    TrainingOptions options = family.checked();
    Rows rows = rows(family.type(), family.classes());
    TrainingColumns columns = TrainingColumns.of(rows.columns(), options, "M");
    TrainingSet set =
        new TrainingReader(options.modelType(), columns, TrainingReader.usableHeap())
            .read(rows, List.of(), Progress.NONE);
    Split split = Split.of(set, options);
    Preparation preparation =
        Preparation.fit(set, split.training(), options.modelType().standardizes());
    Task task = task(columns, set, options);
    PreparedRows training = preparation.rows(set, split.training(), labels(task, set));
    try (FittedModel model =
        Trainers.of(options).train(task, training, Optional.empty(), Progress.NONE)) {
      byte[] graph = ModelGraph.write(options.modelType().word(), task, preparation, model);
      List<List<@Nullable Object>> odd = odd(preparation.inputs());
      double[] expected = model.predict(preparation.rows(odd), 0, odd.size());
      PredictionBatch found = score(graph, task, preparation.inputs(), odd);
      for (int row = 0; row < odd.size(); row++) {
        for (int i = 0; i < found.width(); i++) {
          double wanted = expected[row * found.width() + i];
          assertThat(Verification.agree(wanted, found.score(row, i)))
              .as("%s: %s wanted, %s found", odd.get(row), wanted, found.row(row))
              .isTrue();
          assertThat(found.score(row, i)).isNotNaN();
        }
      }
    }
  }

  private static Task task(TrainingColumns columns, TrainingSet set, TrainingOptions options) {
    ColumnSpec label = columns.label();
    if (label == null) {
      return new Task.Clustering((int) options.whole(TrainingOption.NUM_CLUSTERS));
    }
    return options.modelType().goal() == ModelType.Goal.REGRESSION
        ? new Task.Regression(label)
        : new Task.Classification(label, set.label().texts().stream().sorted().toList());
  }

  private static RowLabels labels(Task task, TrainingSet set) {
    return new RowLabels() {
      @Override
      public double label(int row) {
        if (task instanceof Task.Classification classification) {
          return classification.classes().indexOf(set.label().texts().get(set.label().code(row)));
        }
        return task instanceof Task.Regression ? set.label().number(row) : 0;
      }

      @Override
      public double weight(int row) {
        return 1;
      }
    };
  }

  private static PredictionBatch score(
      byte[] graph, Task task, List<ColumnSpec> inputs, List<List<@Nullable Object>> rows) {
    ModelSignature signature = new ModelSignature(inputs, List.of());
    FeatureBatch features = new FeatureBatch(signature, rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int input = 0; input < inputs.size(); input++) {
        if (features.isText(input)) {
          features.texts(input)[row] = (String) rows.get(row).get(input);
        } else {
          features.numbers(input)[row] = (Double) rows.get(row).get(input);
        }
      }
    }
    features.setRows(rows.size());
    PredictionBatch predictions = new PredictionBatch(rows.size(), Scorers.width(task));
    EdgeSplit edge = EdgeSplit.of(graph, Scorers.scoreOutput(task));
    try (Scorer scorer = OnnxRuntimeScorer.open(edge, signature, Scorers.width(task))) {
      scorer.score(features, predictions);
    }
    return predictions;
  }

  private static Rows rows(ModelType type, int classes) {
    Rows rows =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("B", ColumnType.DOUBLE)
            .with("FLAG", ColumnType.BOOLEAN)
            .with("DAY", ColumnType.DATE)
            .with("AT", ColumnType.TIMESTAMP)
            .with("TIME", ColumnType.TIME)
            .with("T", ColumnType.VARCHAR)
            .with("MANY", ColumnType.VARCHAR)
            .with("SAME", ColumnType.INTEGER);
    boolean label = type.goal() != ModelType.Goal.CLUSTERING;
    if (label) {
      rows.with("LABEL", classes == 0 ? ColumnType.DOUBLE : ColumnType.VARCHAR);
    }
    Random random = new Random(7);
    for (int i = 0; i < TRAINING_ROWS; i++) {
      double a = random.nextInt(3) == 0 ? 1e9 + random.nextInt(4) / 4.0 : random.nextGaussian();
      double b = random.nextInt(10);
      String text = TEXTS.get(random.nextInt(TEXTS.size()));
      double target = (a > 2 ? 3 : a) + b / 2 + (text.equals("a") ? 2 : 0) + random.nextGaussian();
      Object[] row = {
        random.nextInt(9) == 0 ? null : a,
        random.nextInt(9) == 0 ? null : b,
        random.nextInt(9) == 0 ? null : random.nextBoolean(),
        random.nextInt(9) == 0 ? null : 15_000.0 + random.nextInt(900),
        random.nextInt(9) == 0 ? null : 1.3e15 + random.nextInt() * 1e5,
        random.nextInt(9) == 0 ? null : random.nextInt(86_400) * 1e6,
        random.nextInt(9) == 0 ? null : text,
        "m" + (random.nextInt(2) == 0 ? random.nextInt(300) : random.nextInt(5)),
        7,
        classes == 0 ? (Object) target : "c" + Math.floorMod((int) target, Math.max(1, classes))
      };
      rows.row(label ? row : Arrays.copyOf(row, row.length - 1));
    }
    return rows.ordered(true);
  }

  private static List<List<@Nullable Object>> odd(List<ColumnSpec> inputs) {
    Random random = new Random(11);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (ColumnSpec input : inputs) {
        int dice = random.nextInt(4);
        if (input.type().form() == ColumnType.Form.TEXT) {
          row.add(
              dice == 0
                  ? null
                  : dice == 1
                      ? "unseen " + i
                      : dice == 2 ? "m" + i % 7 : TEXTS.get(random.nextInt(TEXTS.size())));
        } else if (dice == 0) {
          row.add(EDGES[random.nextInt(EDGES.length)]);
        } else if (dice == 1) {
          // Halves and quarters are where trees split; so are their neighbours.
          double half = random.nextInt(40) / 4.0;
          row.add(
              random.nextBoolean()
                  ? half
                  : random.nextBoolean() ? Math.nextUp(half) : Math.nextDown(half));
        } else if (dice == 2) {
          row.add(random.nextGaussian());
        } else {
          row.add(1e9 + random.nextInt(8) / 8.0);
        }
      }
      rows.add(row);
    }
    return rows;
  }
}
