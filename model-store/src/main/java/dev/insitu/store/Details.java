package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.CentroidValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ConfusionCell;
import dev.insitu.model.FeatureStatistics;
import dev.insitu.model.Metric;
import dev.insitu.model.RocPoint;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.Weight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that hold the details of a version, and how their rows map to records. */
final class Details {
  /** A column of the signature, or the label. */
  record RoleColumn(String role, ColumnSpec column) {}

  static final DetailTable<RoleColumn> COLUMNS =
      new DetailTable<>(
          "STORED_COLUMNS",
          List.of("COLUMN_ROLE", "COLUMN_NAME", "COLUMN_TYPE", "SQL_TYPE", "IS_NULLABLE"),
          c ->
              values(
                  c.role(),
                  c.column().name(),
                  c.column().type().name(),
                  c.column().sqlType(),
                  c.column().nullable()),
          row ->
              new RoleColumn(
                  row.getString(1),
                  new ColumnSpec(
                      text(row, 2),
                      word(ColumnType.class, row.getString(3)),
                      text(row, 4),
                      row.getBoolean(5))));

  static final DetailTable<String> CLASSES =
      new DetailTable<>(
          "STORED_CLASSES", List.of("CLASS_TEXT"), Details::values, row -> text(row, 1));

  static final DetailTable<Map.Entry<String, String>> OPTIONS =
      entries("STORED_OPTIONS", "OPTION_NAME", "OPTION_VALUE");

  static final DetailTable<String> PARAMETERS =
      new DetailTable<>(
          "STORED_PARAMETERS", List.of("PARAMETER_TEXT"), Details::values, row -> text(row, 1));

  static final DetailTable<Map.Entry<String, String>> LIBRARIES =
      entries("STORED_LIBRARIES", "LIBRARY_NAME", "LIBRARY_VERSION");

  static final DetailTable<FeatureStatistics> FEATURES =
      new DetailTable<>(
          "STORED_FEATURES",
          List.of(
              "INPUT_COLUMN",
              "MIN_TEXT",
              "MAX_TEXT",
              "MEAN_TEXT",
              "MEDIAN_TEXT",
              "STDDEV_TEXT",
              "CATEGORY_COUNT",
              "NULL_COUNT",
              "PREPARATION"),
          f ->
              values(
                  f.input(),
                  exact(f.min()),
                  exact(f.max()),
                  exact(f.mean()),
                  exact(f.median()),
                  exact(f.stddev()),
                  f.categoryCount(),
                  f.nullCount(),
                  f.preparation()),
          row ->
              new FeatureStatistics(
                  text(row, 1),
                  optionalNumber(row, 2),
                  optionalNumber(row, 3),
                  optionalNumber(row, 4),
                  optionalNumber(row, 5),
                  optionalNumber(row, 6),
                  row.getObject(7, Long.class),
                  row.getLong(8),
                  text(row, 9)));

  static final DetailTable<Weight> WEIGHTS =
      new DetailTable<>(
          "STORED_WEIGHTS",
          List.of("CLASS_LABEL", "PROCESSED_INPUT", "CATEGORY", "WEIGHT_TEXT"),
          w -> values(w.classLabel(), w.processedInput(), w.category(), exact(w.weight())),
          row -> new Weight(row.getString(1), text(row, 2), row.getString(3), number(row, 4)));

  static final DetailTable<CentroidValue> CENTROIDS =
      new DetailTable<>(
          "STORED_CENTROIDS",
          List.of("CENTROID_ID", "FEATURE", "CATEGORY", "COORDINATE_TEXT"),
          c -> values(c.centroidId(), c.feature(), c.category(), exact(c.value())),
          row -> new CentroidValue(row.getInt(1), text(row, 2), row.getString(3), number(row, 4)));

  static final DetailTable<TrainingIteration> ITERATIONS =
      new DetailTable<>(
          "STORED_ITERATIONS",
          List.of(
              "ITERATION", "LOSS_TEXT", "EVAL_LOSS_TEXT", "LEARNING_RATE_TEXT", "DURATION_MILLIS"),
          i ->
              values(
                  i.iteration(),
                  exact(i.loss()),
                  exact(i.evalLoss()),
                  exact(i.learningRate()),
                  i.durationMillis()),
          row ->
              new TrainingIteration(
                  row.getInt(1),
                  number(row, 2),
                  optionalNumber(row, 3),
                  optionalNumber(row, 4),
                  row.getLong(5)));

  static final DetailTable<Metric> METRICS =
      new DetailTable<>(
          "STORED_METRICS",
          List.of("METRIC_NAME", "METRIC_TEXT"),
          m -> values(m.name(), exact(m.value())),
          row -> new Metric(text(row, 1), number(row, 2)));

  static final DetailTable<ConfusionCell> CONFUSION =
      new DetailTable<>(
          "STORED_CONFUSION",
          List.of("EXPECTED_CLASS", "PREDICTED_CLASS", "ROW_COUNT"),
          c -> values(c.expected(), c.predicted(), c.rows()),
          row -> new ConfusionCell(row.getInt(1), row.getInt(2), row.getLong(3)));

  static final DetailTable<RocPoint> ROC =
      new DetailTable<>(
          "STORED_ROC",
          List.of(
              "THRESHOLD_TEXT",
              "RECALL_TEXT",
              "FALSE_POSITIVE_RATE_TEXT",
              "TRUE_POSITIVES",
              "FALSE_POSITIVES",
              "TRUE_NEGATIVES",
              "FALSE_NEGATIVES"),
          r ->
              values(
                  exact(r.threshold()),
                  exact(r.recall()),
                  exact(r.falsePositiveRate()),
                  r.truePositives(),
                  r.falsePositives(),
                  r.trueNegatives(),
                  r.falseNegatives()),
          row ->
              new RocPoint(
                  number(row, 1),
                  number(row, 2),
                  number(row, 3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7)));

  static final DetailTable<VerificationCells.Cell> VERIFICATION =
      new DetailTable<>(
          "STORED_VERIFICATION",
          List.of("ROW_INDEX", "CELL_KIND", "CELL_INDEX", "NUMBER_TEXT", "CELL_TEXT"),
          c -> values(c.row(), c.kind().word(), c.index(), exact(c.number()), c.text()),
          row ->
              new VerificationCells.Cell(
                  row.getInt(1),
                  word(VerificationCells.Kind.class, row.getString(2)),
                  row.getInt(3),
                  optionalNumber(row, 4),
                  row.getString(5)));

  /** All of them: what goes when a version is dropped, but its artifact. */
  static final List<DetailTable<?>> ALL =
      List.of(
          COLUMNS,
          CLASSES,
          OPTIONS,
          PARAMETERS,
          LIBRARIES,
          FEATURES,
          WEIGHTS,
          CENTROIDS,
          ITERATIONS,
          METRICS,
          CONFUSION,
          ROC,
          VERIFICATION);

  private Details() {}

  static List<@Nullable Object> values(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  /** Returns the enum constant that the store calls by its name in any case. */
  static <E extends Enum<E>> E word(Class<E> type, @Nullable String word) {
    String name = String.valueOf(word).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw MlException.of(
        ErrorCode.STORE_DAMAGED,
        String.format(
            Locale.ROOT, "\"%s\" is no %s that this version knows", word, type.getSimpleName()));
  }

  /** Reads a text that cannot be NULL; a database in Oracle mode keeps the empty one as NULL. */
  private static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static @Nullable String exact(@Nullable Double number) {
    return number == null ? null : Double.toString(number);
  }

  private static double number(ResultSet row, int column) throws SQLException {
    Double number = optionalNumber(row, column);
    if (number == null) {
      throw MlException.of(
          ErrorCode.STORE_DAMAGED,
          "column " + row.getMetaData().getColumnName(column) + " is NULL");
    }
    return number;
  }

  private static @Nullable Double optionalNumber(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      return null;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw MlException.of(ErrorCode.STORE_DAMAGED, "\"" + text + "\" is no number").withCause(e);
    }
  }

  private static DetailTable<Map.Entry<String, String>> entries(
      String table, String key, String value) {
    return new DetailTable<>(
        table,
        List.of(key, value),
        entry -> values(entry.getKey(), entry.getValue()),
        row -> Map.entry(text(row, 1), text(row, 2)));
  }
}
