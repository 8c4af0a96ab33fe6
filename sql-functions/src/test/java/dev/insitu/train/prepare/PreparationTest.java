package dev.insitu.train.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ColumnType.Form;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.Graphs;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Rows;
import dev.insitu.train.TrainingColumns;
import dev.insitu.train.TrainingReader;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.TrainingOptions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final double MAX = Double.MAX_VALUE;

  static TrainingSet read(Rows rows) {
    TrainingOptions options =
        TrainingOptions.of(Map.of("model_type", new OptionValue.Text("kmeans")));
    TrainingColumns columns = TrainingColumns.of(rows.columns(), options, "M");
    try {
      return new TrainingReader(ModelType.KMEANS, columns, TrainingReader.usableHeap())
          .read(rows.ordered(true), List.of(), Progress.NONE);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Preparation fit(TrainingSet set, boolean standardize) {
    return Preparation.fit(set, IntStream.range(0, set.rows()).toArray(), standardize);
  }

  private static List<String> names(Preparation preparation) {
    return preparation.features().stream().map(PreparedFeature::name).toList();
  }

  private static double[] one(Preparation preparation, @Nullable Object... row) {
    double[] values = new double[preparation.features().size()];
    List<List<@Nullable Object>> rows = new ArrayList<>();
    rows.add(Arrays.asList(row));
    preparation.rows(rows).fill(0, values, 0);
    return values;
  }

  @Test
  void numbersAreImputedAndStandardizedWithAnIndicator() {
    Rows rows = new Rows().with("A", ColumnType.INTEGER).with("B", ColumnType.BOOLEAN);
    rows.row(1, true).row(null, false).row(3, null).row(5, true);
    Preparation preparation = fit(read(rows), true);
    assertThat(names(preparation)).containsExactly("A", "B", "A=__NULL__", "B=__NULL__");
    double deviation = Math.sqrt(8.0 / 3);
    assertThat(one(preparation, 5.0, 1.0)).containsExactly(2 / deviation, 1, 0, 0);
    assertThat(one(preparation, Double.NaN, Double.NaN)).containsExactly(0, 2.0 / 3, 1, 1);
    assertThat(preparation.statistics().get(0).preparation())
        .isEqualTo("mean imputation, standardized, missing indicator");
    assertThat(preparation.statistics().get(0).median()).isEqualTo(3);
    assertThat(preparation.statistics().get(0).stddev()).isEqualTo(2);
    assertThat(preparation.statistics().get(0).nullCount()).isEqualTo(1);
  }

  @Test
  void anInfinityCountsAsTheExtremeThatTrainingSaw() {
    Rows rows = new Rows().with("A", ColumnType.DOUBLE);
    rows.row(1).row(Double.POSITIVE_INFINITY).row(9);
    Preparation preparation = fit(read(rows), false);
    assertThat(one(preparation, Double.POSITIVE_INFINITY)).containsExactly(9);
    assertThat(one(preparation, Double.NEGATIVE_INFINITY)).containsExactly(1);
    assertThat(one(preparation, Double.NaN)).containsExactly(5);
  }

  @Test
  void constantColumnsGiveNoFeature() {
    Rows rows =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("N", ColumnType.INTEGER)
            .with("T", ColumnType.VARCHAR)
            .with("U", ColumnType.VARCHAR)
            .with("V", ColumnType.VARCHAR);
    rows.row(0.1, null, "x", null, "x").row(0.1, null, "x", null, null);
    Preparation preparation = fit(read(rows), true);
    assertThat(names(preparation)).containsExactly("V=x", "V=__NULL__");
    assertThat(preparation.statistics().stream().map(s -> s.preparation()))
        .containsExactly(
            "left out: constant",
            "left out: always NULL",
            "left out: constant",
            "left out: always NULL",
            "one-hot of 1, NULL indicator");
  }

  @Test
  void nullEmptyAndUnseenTextAreThreeCases() {
    Rows rows = new Rows().with("T", ColumnType.VARCHAR);
    rows.row("b").row("").row((Object) null).row("b");
    Preparation preparation = fit(read(rows), true);
    assertThat(names(preparation)).containsExactly("T=", "T=b", "T=__NULL__");
    assertThat(one(preparation, "")).containsExactly(1, 0, 0);
    assertThat(one(preparation, (Object) null)).containsExactly(0, 0, 1);
    assertThat(one(preparation, "new")).containsExactly(0, 0, 0);
  }

  @Test
  void theHundredMostFrequentOfManyTextsAreKept() {
    Rows rows = new Rows().with("T", ColumnType.VARCHAR);
    for (int i = 0; i < 102; i++) {
      rows.row("t" + (1000 + i));
    }
    rows.row("t1101").row("t1100");
    Preparation preparation = fit(read(rows), true);
    assertThat(preparation.features()).hasSize(101);
    List<String> names = names(preparation);
    assertThat(names)
        .contains("T=t1101", "T=t1100", "T=t1097")
        .doesNotContain("T=t1098", "T=t1099");
    assertThat(names.get(100)).isEqualTo("T=__OTHER__");
    assertThat(one(preparation, "t1099")[100]).isEqualTo(1);
    assertThat(one(preparation, "unseen")[100]).isEqualTo(1);
    assertThat(Arrays.stream(one(preparation, (Object) null)).sum()).isZero();
  }

  @Test
  void partsOfDatesAreRightForAllDays() {
    for (long day = -800_000; day < 1_500_000; day += 97) {
      LocalDate date = LocalDate.ofEpochDay(day);
      assertThat(Part.YEAR.of(Form.DATE, day)).isEqualTo(date.getYear());
      assertThat(Part.MONTH.of(Form.DATE, day)).isEqualTo(date.getMonthValue());
      assertThat(Part.DAY.of(Form.DATE, day)).isEqualTo(date.getDayOfMonth());
      assertThat(Part.DAY_OF_WEEK.of(Form.DATE, day))
          .isEqualTo(date.getDayOfWeek().getValue() % 7 + 1);
    }
    LocalDateTime time = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000);
    double micros = time.toEpochSecond(ZoneOffset.UTC) * 1e6 + 999_999;
    assertThat(micros).isEqualTo(-1);
    assertThat(Part.HOUR.of(Form.TIMESTAMP, micros)).isEqualTo(23);
    assertThat(Part.MINUTE.of(Form.TIME, 86_399_999_999.0)).isEqualTo(59);
    assertThat(Part.YEAR.of(Form.TIMESTAMP, micros)).isEqualTo(1969);
    assertThat(Part.DAY.of(Form.TIMESTAMP, micros)).isEqualTo(31);
  }

  @Test
  void javaAndGraphAgreeBitForBit() {
    Rows rows =
        new Rows()
            .with("A", ColumnType.DOUBLE)
            .with("B", ColumnType.BOOLEAN)
            .with("D", ColumnType.DATE)
            .with("H", ColumnType.TIME)
            .with("S", ColumnType.TIMESTAMP)
            .with("T", ColumnType.VARCHAR)
            .with("U", ColumnType.VARCHAR)
            .with("C", ColumnType.INTEGER);
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      rows.row(
          i % 9 == 0 ? null : random.nextGaussian() * 1e5,
          i % 11 == 0 ? null : random.nextBoolean(),
          i % 10 == 0 ? null : (double) (random.nextInt(60_000) - 30_000),
          (double) random.nextLong(86_400_000_000L),
          i % 12 == 0 ? null : (double) random.nextLong(-1L << 51, 1L << 51),
          i % 8 == 0 ? null : List.of("", "x", "\uFF5E", "\u00e9").get(i % 4),
          "u" + random.nextInt(150),
          7);
    }
    TrainingSet set = read(rows);
    for (boolean standardize : new boolean[] {false, true}) {
      Preparation preparation = fit(set, standardize);
      GraphBuilder graph = new GraphBuilder("test");
      graph.output(
          preparation.export(graph),
          "prepared",
          ElementType.DOUBLE,
          -1,
          preparation.features().size());
      List<List<@Nullable Object>> inputs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int c = 0; c < 8; c++) {
          Object value = rows.rows().get(i)[c];
          boolean text = c == 5 || c == 6;
          row.add(
              text || value instanceof Double
                  ? value
                  : value == null
                      ? Double.NaN
                      : value instanceof Boolean b ? (b ? 1.0 : 0.0) : 7.0);
        }
        inputs.add(row);
      }
      for (double extreme :
          new double[] {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, MAX, -MAX, -0.0, 5e-324
          }) {
        inputs.add(
            Arrays.asList(extreme, extreme, -1.0, 0.0, -1.0, "unseen", "also unseen", extreme));
      }
      int width = preparation.features().size();
      double[] expected = new double[inputs.size() * width];
      PreparedRows prepared = preparation.rows(inputs);
      for (int row = 0; row < inputs.size(); row++) {
        prepared.fill(row, expected, row * width);
      }
      double[] actual = Graphs.run(graph.build(), "prepared", preparation.inputs(), inputs);
      assertThat(actual).isEqualTo(expected);
      assertThat(Arrays.stream(actual).anyMatch(Double::isNaN)).isFalse();
      PreparedRows fromSet =
          preparation.rows(set, IntStream.range(0, set.rows()).toArray(), RowLabels.NONE);
      double[] dense = new double[width];
      double[] sparse = new double[width];
      int[] indices = new int[width];
      double[] values = new double[width];
      for (int row = 0; row < set.rows(); row++) {
        fromSet.fill(row, dense, 0);
        assertThat(dense).isEqualTo(Arrays.copyOfRange(expected, row * width, (row + 1) * width));
        Arrays.fill(sparse, 0);
        int count = fromSet.fillSparse(row, indices, values);
        for (int i = 0; i < count; i++) {
          sparse[indices[i]] = values[i];
        }
        assertThat(sparse).containsExactly(dense, within(0.0));
      }
    }
  }
}
