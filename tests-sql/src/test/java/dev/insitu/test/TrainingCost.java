package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.function.OptionValue;
import dev.insitu.h2.H2Session;
import dev.insitu.model.ModelName;
import dev.insitu.train.FittedModel;
import dev.insitu.train.Progress;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.run.PreparedTraining;
import dev.insitu.train.run.Trainers;
import dev.insitu.train.run.TrainingRequest;
import dev.insitu.train.run.TrainingRun;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What does training from SQL cost beside reading the same query through H2's JDBC result set and
 * training on arrays that are already in memory? A command, not part of {@code mvn verify}:
 *
 * <pre>
 * mvn -pl tests-sql -am test -Dquick -Dtest=TrainingCost -Dsurefire.failIfNoSpecifiedTests=false
 *   [-Dinsitu.cost.repeats=5] [-Dinsitu.cost.types=linear_reg,lasso] [-Dinsitu.cost.limit=1.5]
 * </pre>
 *
 * <p>CPU seconds of the whole process, native code, compiler and collector included; the three are
 * measured one after the other in each repeat, the first of which is not counted. The figures are
 * medians.
 */
class TrainingCost {
  private static final int REPEATS = Integer.getInteger("insitu.cost.repeats", 5);
  private static final String TYPES = System.getProperty("insitu.cost.types", "");
  private static final double LIMIT =
      Double.parseDouble(System.getProperty("insitu.cost.limit", "1.5"));
  private static final Path FILE = Path.of("target/cost/flights").toAbsolutePath();
  private static Connection insitu;
  private static Connection plain;

  /** The options of a model type besides its label; as in the demo where that has some. */
  private static Map<String, OptionValue> options(ModelType type) {
    Map<String, OptionValue> options = new LinkedHashMap<>();
    options.put("model_type", new OptionValue.Text(type.word()));
    options.put("data_split_method", new OptionValue.Text("no_split"));
    if (!label(type).isEmpty()) {
      options.put("input_label_cols", new OptionValue.Text(label(type)));
    }
    if (type.family() == ModelType.Family.BOOSTED) {
      options.put("max_iterations", new OptionValue.Numeric(BigDecimal.valueOf(100)));
      options.put("learn_rate", new OptionValue.Numeric(new BigDecimal("0.1")));
      options.put("early_stop", new OptionValue.Truth(false));
    }
    return options;
  }

  private static String label(ModelType type) {
    return switch (type.goal()) {
      case CLASSIFICATION -> "late";
      case REGRESSION -> "arr_delay";
      case CLUSTERING -> "";
    };
  }

  @BeforeAll
  static void open() throws Exception {
    Flights.makeFile(FILE);
    insitu = DriverManager.getConnection("jdbc:insitu:h2:" + FILE, "sa", "");
    plain = DriverManager.getConnection("jdbc:h2:" + FILE, "sa", "");
    try (Statement statement = plain.createStatement()) {
      statement.execute("SET OPTIMIZE_REUSE_RESULTS 0");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    plain.close();
    insitu.close();
  }

  @Test
  void trainingCostsLittleMoreThanReadingAndLearning() throws Exception {
    List<String> table = new ArrayList<>();
    table.add(Machine.line());
    table.add("| model | CREATE MODEL | JDBC read | trainer on arrays | ratio | spread |");
    table.add("|---|---|---|---|---|---|");
    List<String> dear = new ArrayList<>();
    for (ModelType type :
        Stream.of(ModelType.values())
            .filter(type -> TYPES.isEmpty() || List.of(TYPES.split(",")).contains(type.word()))
            .toList()) {
      if (measure(type, table) > LIMIT) {
        dear.add(table.get(table.size() - 1));
      }
    }
    ProcessCpu.report(String.join("\n", table));
    assertThat(dear).isEmpty();
  }

  private static double measure(ModelType type, List<String> table) throws Exception {
    TrainingOptions options = TrainingOptions.of(options(type));
    String query = Flights.query(label(type));
    PreparedTraining prepared;
    // A connection of its own: as H2's closing does, a session's closing cancels what comes next.
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + FILE, "sa", "");
        H2Session session = H2Session.of(connection).orElseThrow()) {
      prepared =
          new TrainingRun(
                  session,
                  new TrainingRequest(
                      new ModelName("PUBLIC", "M"), options, query, query, List.of()),
                  Progress.NONE)
              .prepare();
    }
    ArrayRows arrays = ArrayRows.copyOf(prepared.training());
    double[][] seconds = new double[3][REPEATS];
    double[] ratios = new double[REPEATS];
    for (int repeat = -1; repeat < REPEATS; repeat++) {
      double create = ProcessCpu.seconds(() -> create(type, query));
      double read = ProcessCpu.seconds(() -> read(query));
      double train = ProcessCpu.seconds(() -> train(options, prepared, arrays));
      ProcessCpu.report(
          String.format(
              Locale.ROOT, "%s %d: %.2f %.2f %.2f", type.word(), repeat, create, read, train));
      if (repeat >= 0) {
        seconds[0][repeat] = create;
        seconds[1][repeat] = read;
        seconds[2][repeat] = train;
        ratios[repeat] = create / (read + train);
      }
    }
    double ratio = ProcessCpu.median(ratios);
    table.add(
        String.format(
            Locale.ROOT,
            "| `%s` | %.2f | %.2f | %.2f | %.2f | %.2f to %.2f |",
            type.word(),
            ProcessCpu.median(seconds[0]),
            ProcessCpu.median(seconds[1]),
            ProcessCpu.median(seconds[2]),
            ratio,
            Arrays.stream(ratios).min().orElseThrow(),
            Arrays.stream(ratios).max().orElseThrow()));
    return ratio;
  }

  private static void create(ModelType type, String query) throws SQLException {
    StringBuilder sql = new StringBuilder("CREATE OR REPLACE MODEL cost OPTIONS (");
    String comma = "";
    for (Map.Entry<String, OptionValue> option : options(type).entrySet()) {
      sql.append(comma).append(option.getKey()).append(" = ").append(option.getValue().toSql());
      comma = ", ";
    }
    try (Statement statement = insitu.createStatement()) {
      statement.execute(sql + ") AS " + query);
    }
  }

  /** Reads as a client does that wants numbers and texts. */
  private static void read(String query) throws SQLException {
    double sum = 0;
    long length = 0;
    try (Statement statement = plain.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      boolean[] text = new boolean[columns + 1];
      for (int i = 1; i <= columns; i++) {
        text[i] = rows.getMetaData().getColumnType(i) == Types.VARCHAR;
      }
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          if (text[i]) {
            String value = rows.getString(i);
            length += value == null ? 0 : value.length();
          } else {
            double value = rows.getDouble(i);
            sum += rows.wasNull() ? 0 : value;
          }
        }
      }
    }
    assertThat(sum + length).isNotZero();
  }

  private static void train(TrainingOptions options, PreparedTraining prepared, ArrayRows arrays) {
    try (FittedModel model =
        Trainers.of(options).train(prepared.task(), arrays, Optional.empty(), Progress.NONE)) {
      assertThat(model.iterations()).isNotEmpty();
    }
  }
}
