package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.h2.message.DbException;
import org.junit.jupiter.api.Test;

/** Averages that are computed while rows are scored, beside those that H2 computes of the rows. */
class AveragesTest {
  private static final long SEED = Long.getLong("insitu.seed", 6);

  /** Rows enough for other processors to have their part. */
  private static final int PARALLEL = 40_000;

  private static final String P = "predicted_late_probability";

  /** A scorer whose prediction is its input. */
  private static final class Echo implements Scorer {
    @Override
    public int width() {
      return 2;
    }

    @Override
    public String engine() {
      return "echo";
    }

    @Override
    public void score(FeatureBatch features, PredictionBatch predictions) {
      for (int row = 0; row < features.rows(); row++) {
        predictions.scores()[2 * row] = features.numbers(0)[row];
        predictions.scores()[2 * row + 1] = features.numbers(0)[row];
      }
      predictions.setRows(features.rows());
    }

    @Override
    public void close() {}
  }

  private static List<Double> numbers(Random random, int count) {
    List<Double> numbers =
        new ArrayList<>(
            List.of(
                0.0,
                -0.0,
                1.0,
                -1.0,
                100.0,
                1e7,
                1e-3,
                9.999999999999999e6,
                2e-3,
                0x1p-44,
                2e23,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                0.1,
                0.2,
                0.3));
    while (numbers.size() < count) {
      double any = Double.longBitsToDouble(random.nextLong());
      numbers.add(random.nextInt(4) == 0 && Double.isFinite(any) ? any : random.nextGaussian());
    }
    return numbers;
  }

  @Test
  void aSumIsThatOfTheDecimalNumbers() {
    Random random = new Random(SEED);
    for (int count = 17; count < 3000; count += 1 + random.nextInt(600)) {
      List<Double> numbers = numbers(random, count);
      for (int from : List.of(0, 11, 17)) {
        DecimalSum sum = new DecimalSum();
        Optional<BigDecimal> expected =
            numbers.stream().skip(from).map(BigDecimal::valueOf).reduce(BigDecimal::add);
        numbers.stream().skip(from).forEach(sum::add);
        assertThat(Optional.ofNullable(sum.sum())).as("seed %d", SEED).isEqualTo(expected);
        assertThat(sum.count()).isEqualTo(numbers.size() - from);
        DecimalSum ofSums = new DecimalSum();
        for (int part = 0; part < 3; part++) {
          DecimalSum some = new DecimalSum();
          for (int i = from + part; i < numbers.size(); i += 3) {
            some.add(numbers.get(i));
          }
          ofSums.add(some);
        }
        assertThat(Optional.ofNullable(ofSums.sum())).as("seed %d", SEED).isEqualTo(expected);
        assertThat(ofSums.count()).isEqualTo(sum.count());
      }
    }
  }

  @Test
  void equalNumbersFillTheSumBeyondALong() {
    for (double number : new double[] {-9007199254740991.0, 9007199254740991.0}) {
      DecimalSum sum = new DecimalSum();
      DecimalSum twice = new DecimalSum();
      for (int i = 0; i < 100_000; i++) {
        sum.add(number);
      }
      twice.add(sum);
      twice.add(sum);
      BigDecimal expected = BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(100_000));
      assertThat(sum.sum()).isEqualTo(expected);
      assertThat(twice.sum()).isEqualTo(expected.multiply(BigDecimal.valueOf(2)));
    }
  }

  @Test
  void whatIsNoNumberIsTheDatabasesError() {
    assertThatThrownBy(() -> new DecimalSum().add(Double.NaN))
        .isInstanceOf(DbException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void averagesAreThoseOfTheDatabase() throws SQLException {
    Random random = new Random(SEED);
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t(x DOUBLE PRECISION)");
      for (int size : List.of(0, 1, 17, 1000, 3000, PARALLEL)) {
        route.execute("DELETE FROM t");
        try (PreparedStatement insert =
            route.connection.prepareStatement("INSERT INTO t VALUES (?)")) {
          for (double number : numbers(random, size).subList(0, size)) {
            insert.setDouble(1, number);
            insert.executeUpdate();
          }
        }
        compare(route, "SELECT AVG(" + P + ") FROM ");
        compare(route, "SELECT COUNT(*), AVG(" + P + ") AS \"the \"\"mean\"\"\" FROM ");
        compare(route, "SELECT avg(\"PREDICTED_LATE_PROBABILITY\") AS m, COUNT(*) FROM ");
      }
    }
  }

  private static void compare(RouteA route, String select) throws SQLException {
    StatementTable table = table(route);
    PredictionSession.Averaged averaged =
        route.session.addAverages(select + table.sqlName(), table).orElseThrow();
    assertThat(told(route, averaged.sql(), averaged.table()))
        .as("seed %d, %s", SEED, select)
        .isEqualTo(told(route, select + table.sqlName(), table));
    averaged.table().close();
    table.close();
  }

  private static StatementTable table(RouteA route) throws SQLException {
    return route.session.addPrediction(
        PredictionInput.whole("SELECT x FROM t"), FakeModel.prediction(0, new Echo()));
  }

  /** Everything that a result tells of itself. */
  private static List<Object> told(RouteA route, String sql, StatementTable table)
      throws SQLException {
    List<Object> told = new ArrayList<>();
    try (PreparedStatement statement = route.connection.prepareStatement(sql)) {
      table.beginExecution(List.of());
      try (ResultSet rows = statement.executeQuery()) {
        ResultSetMetaData meta = rows.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          told.add(meta.getColumnLabel(i));
          told.add(meta.getColumnName(i));
          told.add(meta.getTableName(i));
          told.add(meta.getColumnTypeName(i));
          told.add(meta.getPrecision(i));
          told.add(meta.getScale(i));
          told.add(meta.isNullable(i));
        }
        told.addAll(RouteA.read(rows));
      }
      table.endExecution();
    }
    return told;
  }

  @Test
  void whatOnlyTheDatabaseCanAverageIsLeftToIt() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t(x DOUBLE PRECISION) AS VALUES 1, 2");
      StatementTable table = table(route);
      for (String select :
          List.of("SELECT AVG(x) FROM ", "SELECT x FROM ", "SELECT COUNT(x) FROM ")) {
        assertThat(route.session.addAverages(select + table.sqlName(), table)).as(select).isEmpty();
      }
    }
  }
}
