package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.ModelVersion;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.ModelLimits;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.onnx.ForeignScorer;
import dev.insitu.score.verify.Scorers;
import dev.insitu.store.JdbiModelStore;
import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Scores an imported model by the engine that it gets and, if that is a kernel, by ONNX Runtime as
 * well, over rows of its test data that are mixed, moved a little, partly NULL and partly unseen.
 */
final class KernelAgreement {
  private static final int ROWS = 600;
  private static final long SEED = Long.getLong("insitu.seed", 20);

  private final ModelVersion version;
  private final GraphBinding binding;
  private final double tolerance;

  private KernelAgreement(ModelVersion version, double tolerance) {
    this.version = version;
    this.binding = GraphBinding.of(version);
    this.tolerance = tolerance;
  }

  /**
   * Compares, and returns the engine as the README shows it.
   *
   * @param name the pipeline
   * @param plain a connection of H2's own to the database in which model M and the table DATA are
   * @param tolerance how far scores may be from each other
   */
  static String check(String name, Connection plain, double tolerance) throws SQLException {
    KernelAgreement agreement = of(plain, tolerance);
    try (Scorer scorer = agreement.scorer()) {
      if (!scorer.engine().startsWith("kernel")) {
        return scorer.engine().replaceAll(".*\\(no kernel: (.*)\\)", "ONNX Runtime: $1");
      }
      FeatureBatch rows = agreement.rows(plain, ROWS);
      try (Scorer runtime = agreement.runtime()) {
        agreement.compare(
            name, rows, agreement.answers(scorer, rows), agreement.answers(runtime, rows));
      }
      return "kernel";
    }
  }

  /** Of model M of a database. */
  static KernelAgreement of(Connection plain, double tolerance) {
    ModelVersion version =
        JdbiModelStore.of(new PlainSession(plain), Clock.systemUTC())
            .find(new ModelName("PUBLIC", "M"), new Selector.Default())
            .orElseThrow();
    return new KernelAgreement(version, tolerance);
  }

  /** Opens the engine that the model gets. */
  Scorer scorer() {
    return Scorers.open(version);
  }

  /** Opens ONNX Runtime. */
  Scorer runtime() {
    byte[] bytes = version.model().artifact().bytes();
    return ForeignScorer.open(
        ForeignModel.read("the model", bytes, ModelLimits.DEFAULT),
        binding,
        version.model().signature(),
        Optional.empty(),
        Cancellation.NEVER);
  }

  PredictionBatch answers(Scorer scorer, FeatureBatch rows) {
    PredictionBatch answers = new PredictionBatch(rows.rows(), scorer.width());
    scorer.score(rows, answers);
    return answers;
  }

  /** Makes rows, always the same. */
  FeatureBatch rows(Connection plain, int count) throws SQLException {
    Random random = new Random(SEED);
    ModelSignature signature = version.model().signature();
    FeatureBatch batch = new FeatureBatch(signature, count);
    batch.setRows(count);
    for (int input = 0; input < signature.inputs().size(); input++) {
      List<@Nullable Object> known = values(plain, signature.inputs().get(input).name());
      boolean whole = isWhole(input);
      NullRule.Kind nulls = binding.nulls().get(input).kind();
      for (int row = 0; row < count; row++) {
        Object value = known.get(random.nextInt(known.size()));
        boolean gone = value == null || random.nextInt(8) == 0;
        while (nulls == NullRule.Kind.REFUSED && value == null) {
          value = known.get(random.nextInt(known.size()));
        }
        boolean isNull = gone && nulls != NullRule.Kind.REFUSED;
        if (batch.isText(input)) {
          String text = random.nextInt(10) == 0 ? "unseen" : String.valueOf(value);
          batch.texts(input)[row] = isNull ? null : text;
        } else {
          batch.numbers(input)[row] = isNull ? Double.NaN : moved(number(value), whole, random);
        }
      }
    }
    return batch;
  }

  private static List<@Nullable Object> values(Connection plain, String column)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    try (Statement statement = plain.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT \"" + column.replace("\"", "\"\"") + "\" FROM data")) {
      while (rows.next()) {
        values.add(rows.getObject(1));
      }
    }
    return values;
  }

  private boolean isWhole(int input) {
    for (InputBinding binding : binding.inputs()) {
      if (binding instanceof InputBinding.Columns columns
          && columns.columns().contains(input)
          && columns.element().family() != Element.Family.REAL) {
        return true;
      }
    }
    return version.model().signature().inputs().get(input).type().form() == ColumnType.Form.BOOLEAN;
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  private static double moved(double value, boolean whole, Random random) {
    if (whole) {
      return value;
    }
    return switch (random.nextInt(8)) {
      case 0 -> Math.nextUp((float) value);
      case 1 -> Math.nextDown(value);
      case 2 -> value * (1 + random.nextGaussian() / 10);
      case 3 -> random.nextBoolean() ? 0.0 : -0.0;
      default -> value;
    };
  }

  void compare(String name, FeatureBatch rows, PredictionBatch kernel, PredictionBatch runtime) {
    int width = kernel.width();
    for (int row = 0; row < rows.rows(); row++) {
      String where =
          String.format(
              Locale.ROOT,
              "%s, seed %d, row %d: kernel %s, ONNX Runtime %s",
              name,
              SEED,
              row,
              kernel.row(row),
              runtime.row(row));
      for (int k = 0; k < width; k++) {
        double a = runtime.score(row, k);
        double b = kernel.score(row, k);
        if (Double.compare(a, b) != 0) {
          assertThat(Math.abs(a - b))
              .as(where)
              .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(a)));
        }
      }
      compareOthers(where, row, kernel, runtime);
    }
  }

  private void compareOthers(
      String where, int row, PredictionBatch kernel, PredictionBatch runtime) {
    int text = 0;
    int integer = 0;
    boolean close = isClose(runtime.row(row));
    for (OutputBinding output : binding.outputs()) {
      if (output instanceof OutputBinding.Texts) {
        Object found = kernel.texts(text)[row];
        assertThat(close || String.valueOf(found).equals(runtime.texts(text)[row]))
            .as(where)
            .isTrue();
        text++;
      } else if (output instanceof OutputBinding.Integers) {
        assertThat(close || kernel.integers(integer)[row] == runtime.integers(integer)[row])
            .as(where)
            .isTrue();
        integer++;
      } else if (output instanceof OutputBinding.Label) {
        assertThat(close || kernel.labels()[row] == runtime.labels()[row]).as(where).isTrue();
      }
    }
  }

  /** Whether the two best scores are so close that either label is right. */
  private boolean isClose(List<Double> scores) {
    List<Double> sorted = scores.stream().sorted().toList();
    int size = sorted.size();
    return size > 1 && sorted.get(size - 1) - sorted.get(size - 2) < tolerance;
  }

  /** Reads a store over a connection of H2's own. */
  private record PlainSession(Connection user) implements StoreSession {
    @Override
    public Connection control() {
      return user;
    }

    @Override
    public Connection reading() {
      return user;
    }

    @Override
    public boolean administrator() {
      return true;
    }

    @Override
    public String userName() {
      return "SA";
    }

    @Override
    public int sessionId() {
      return 1;
    }

    @Override
    public String incarnation() {
      return "";
    }

    @Override
    public void sync() {}
  }
}
