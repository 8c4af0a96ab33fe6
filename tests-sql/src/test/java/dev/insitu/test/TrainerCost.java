package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.function.OptionValue;
import dev.insitu.h2.H2Session;
import dev.insitu.model.ModelName;
import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.Progress;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.run.PreparedTraining;
import dev.insitu.train.run.Trainers;
import dev.insitu.train.run.TrainingRequest;
import dev.insitu.train.run.TrainingRun;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * How fast and how good are the trainers beside scikit-learn's and XGBoost's on the same arrays? A
 * command, not part of {@code mvn verify}. It writes the arrays of the flights and of generated
 * tables and what our trainers need and reach on them to {@code target/cost}; then {@code
 * tests-sql/bench/trainers.py} trains on the same arrays and prints the ratios:
 *
 * <pre>
 * mvn -pl tests-sql -am test -Dquick -Dtest=TrainerCost -Dsurefire.failIfNoSpecifiedTests=false
 *   [-Dinsitu.cost.repeats=3] [-Dinsitu.cost.types=decision_tree_classifier]
 * python3 tests-sql/bench/trainers.py [decision_tree]</pre>
 */
class TrainerCost {
  private static final int REPEATS = Integer.getInteger("insitu.cost.repeats", 3);
  private static final String TYPES = System.getProperty("insitu.cost.types", "");
  private static final Path FOLDER = Path.of("target/cost").toAbsolutePath();

  /**
   * A trainer on arrays.
   *
   * @param options beside model type, split and label
   */
  private record Case(String name, ModelType type, String data, Map<String, Object> options) {}

  private static List<Case> cases(String data, ModelType.Goal goal) {
    List<Case> cases = new ArrayList<>();
    for (ModelType type : ModelType.values()) {
      if (type.goal() != goal
          || !TYPES.isEmpty() && !List.of(TYPES.split(",")).contains(type.word())) {
        continue;
      }
      switch (type.family()) {
        case BOOSTED ->
            cases.add(
                new Case(
                    type.word(),
                    type,
                    data,
                    Map.of("max_iterations", 100, "learn_rate", 0.1, "early_stop", false)));
        case TREE -> {
          cases.add(new Case(type.word(), type, data, Map.of()));
          cases.add(new Case(type.word() + " depth 12", type, data, Map.of("max_tree_depth", 12)));
        }
        case FOREST -> {
          cases.add(new Case(type.word(), type, data, Map.of()));
          double root = data.startsWith("flights") ? 0.07 : 0.3;
          cases.add(
              new Case(
                  type.word() + " sqrt",
                  type,
                  data,
                  Map.of("colsample_bynode", root, "l2_reg", 0)));
        }
        case LINEAR, CLUSTER -> cases.add(new Case(type.word(), type, data, Map.of()));
      }
    }
    return cases;
  }

  private static TrainingOptions options(Case test) {
    Map<String, OptionValue> options = new LinkedHashMap<>();
    options.put("model_type", new OptionValue.Text(test.type.word()));
    if (test.type.goal() != ModelType.Goal.CLUSTERING) {
      options.put("input_label_cols", new OptionValue.Text("label"));
    }
    options.put("data_split_method", new OptionValue.Text("custom"));
    options.put("data_split_col", new OptionValue.Text("later"));
    test.options.forEach(
        (name, value) ->
            options.put(
                name,
                value instanceof Boolean flag
                    ? new OptionValue.Truth(flag)
                    : new OptionValue.Numeric(new BigDecimal(value.toString()))));
    return TrainingOptions.of(options);
  }

  @Test
  void trainersOnArrays() throws Exception {
    Flights.makeFile(FOLDER.resolve("flights"));
    Files.createDirectories(FOLDER.resolve("arrays"));
    List<String> results = new ArrayList<>();
    results.add("name,data,seconds,quality");
    try (Connection connection =
        DriverManager.getConnection("jdbc:h2:" + FOLDER.resolve("flights"), "sa", "")) {
      for (String label : List.of("late", "arr_delay", "")) {
        String query = Flights.yearQuery(label.isEmpty() ? "" : label + " AS label");
        run(connection, "flights_" + label, query, goal(label), results);
      }
      for (int rows : new int[] {2_000, 20_000, 40_000}) {
        for (String label : List.of("late", "arr_delay")) {
          run(connection, "made_" + rows + "_" + label, made(rows, label), goal(label), results);
        }
      }
    }
    Files.write(FOLDER.resolve("trainers.csv"), results);
    ProcessCpu.report(Machine.line());
    assertThat(results).hasSizeGreaterThan(1);
  }

  private static ModelType.Goal goal(String label) {
    return switch (label) {
      case "late" -> ModelType.Goal.CLASSIFICATION;
      case "arr_delay" -> ModelType.Goal.REGRESSION;
      default -> ModelType.Goal.CLUSTERING;
    };
  }

  /** Twelve columns of numbers: seven continuous, five with few values; half is held out. */
  private static String made(int rows, String label) {
    StringBuilder sql = new StringBuilder("SELECT t.*, ");
    String score = "a0 * 2 + CASE WHEN a1 > 0.5 THEN a2 * 3 ELSE a3 END + a7 / 5 - a8 * a4 + noise";
    sql.append(
        label.equals("late") ? "CASE WHEN " + score + " > 2 THEN 'yes' ELSE 'no' END" : score);
    sql.append(" AS label FROM (SELECT ");
    for (int i = 0; i < 12; i++) {
      // A hash of row and column between 0 and 1: the same in every run.
      String hash = "MOD(CAST(ORA_HASH(x * 31 + " + i + ") AS BIGINT), 1000003)";
      sql.append(i < 7 ? "CAST(" + hash + " AS DOUBLE PRECISION)" : hash + " * " + (i * 2))
          .append(" / 1000003 AS a")
          .append(i)
          .append(", ");
    }
    return sql
        + "CAST(MOD(CAST(ORA_HASH(x * 31 + 17) AS BIGINT), 1000003) AS DOUBLE PRECISION) / 1000003"
        + " AS noise, x > "
        + rows
        + " AS later FROM SYSTEM_RANGE(1, "
        + 2 * rows
        + ")) t";
  }

  private static void run(
      Connection connection, String data, String query, ModelType.Goal goal, List<String> results)
      throws Exception {
    for (boolean standard : new boolean[] {false, true}) {
      List<Case> cases =
          cases(data, goal).stream().filter(test -> test.type.standardizes() == standard).toList();
      if (!cases.isEmpty()) {
        run(
            data + (standard ? "_std" : "_raw"),
            prepare(connection, cases.get(0), query),
            cases,
            results);
      }
    }
  }

  private static void run(
      String data, PreparedTraining prepared, List<Case> cases, List<String> results)
      throws Exception {
    ArrayRows arrays = ArrayRows.copyOf(prepared.training());
    export(data + "_train", arrays);
    export(data + "_test", ArrayRows.copyOf(prepared.heldOut().orElseThrow()));
    for (Case test : cases) {
      boolean dear = data.startsWith("flights") && test.type.family() == ModelType.Family.FOREST;
      double[] seconds = new double[dear ? 1 : REPEATS];
      String quality = "";
      for (int repeat = dear ? 0 : -1; repeat < seconds.length; repeat++) {
        List<FittedModel> models = new ArrayList<>();
        double used =
            ProcessCpu.seconds(
                () ->
                    models.add(
                        Trainers.of(options(test))
                            .train(prepared.task(), arrays, Optional.empty(), Progress.NONE)));
        try (FittedModel model = models.get(0)) {
          if (repeat >= 0) {
            seconds[repeat] = used;
            quality = quality(prepared, model);
          }
        }
      }
      String result =
          String.format(
              Locale.ROOT, "%s,%s,%.3f,%s", test.name, data, ProcessCpu.median(seconds), quality);
      results.add(result);
      ProcessCpu.report(result);
    }
  }

  private static PreparedTraining prepare(Connection database, Case test, String query)
      throws SQLException {
    // A connection of its own: as H2's closing does, a session's closing cancels what comes next.
    try (Connection connection =
            DriverManager.getConnection(database.getMetaData().getURL(), "sa", "");
        H2Session session = H2Session.of(connection).orElseThrow()) {
      return new TrainingRun(
              session,
              new TrainingRequest(
                  new ModelName("PUBLIC", "M"), options(test), query, query, List.of()),
              Progress.NONE)
          .prepare();
    }
  }

  private static void export(String name, ArrayRows rows) throws Exception {
    Path folder = FOLDER.resolve("arrays");
    Npy.write(folder.resolve(name + "_indptr.npy"), rows.offsets);
    Npy.write(folder.resolve(name + "_indices.npy"), rows.indices);
    Npy.write(folder.resolve(name + "_data.npy"), rows.values);
    Npy.write(folder.resolve(name + "_labels.npy"), rows.labels);
    Npy.write(folder.resolve(name + "_width.npy"), new int[] {rows.features().size()});
  }

  /** Log loss, mean squared error or mean squared distance of the rows held out. */
  private static String quality(PreparedTraining prepared, FittedModel model) {
    ArrayRows held = ArrayRows.copyOf(prepared.heldOut().orElseThrow());
    double[] scores = model.predict(held, 0, held.rows());
    int width = scores.length / held.rows();
    double sum = 0;
    for (int row = 0; row < held.rows(); row++) {
      if (prepared.task() instanceof Task.Classification) {
        double p = scores[row * width + (int) held.label(row)];
        sum -= Math.log(Math.max(1e-15, Math.min(1 - 1e-15, p)));
      } else if (prepared.task() instanceof Task.Regression) {
        sum += (scores[row] - held.label(row)) * (scores[row] - held.label(row));
      } else {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < width; k++) {
          least = Math.min(least, scores[row * width + k]);
        }
        sum += least;
      }
    }
    return String.format(Locale.ROOT, "%.6f", sum / held.rows());
  }
}
