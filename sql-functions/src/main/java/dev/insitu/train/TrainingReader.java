package dev.insitu.train;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.BatchReader;
import dev.insitu.function.InputQuery;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.score.FeatureBatch;
import dev.insitu.train.option.ModelType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a training query, once, into a {@link TrainingSet}. Immutable. */
public final class TrainingReader {
  private static final int BATCH_ROWS = 2048;

  /** What a training needs beside its columns: the order, one column twice, the prepared rows. */
  private static final int EXTRA_BYTES_PER_ROW = 64;

  private final ModelType modelType;
  private final TrainingColumns columns;
  private final long heapBytes;

  /**
   * Makes a reader.
   *
   * @param heapBytes how much of the heap a training may use; {@link #usableHeap()} but in tests
   */
  public TrainingReader(ModelType modelType, TrainingColumns columns, long heapBytes) {
    this.modelType = modelType;
    this.columns = columns;
    this.heapBytes = heapBytes;
  }

  /** Returns three quarters of the largest heap of this process, less in a small one. */
  public static long usableHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    return Math.min(heap / 4 * 3, heap - 2 * FreeHeap.reserve());
  }

  /**
   * Reads all rows.
   *
   * @param parameters one value per {@code ?} of the query
   * @throws MlException NO_ROWS, LABEL_ALL_NULL, LABEL_TYPE, TOO_LARGE
   * @throws SQLException the database's own error
   */
  public TrainingSet read(InputQuery query, List<@Nullable Object> parameters, Progress progress)
      throws SQLException {
    List<ColumnSpec> wanted = new ArrayList<>(columns.features());
    List<Integer> positions = new ArrayList<>(columns.featurePositions());
    int labelInput = -1;
    if (columns.label() != null) {
      labelInput = wanted.size();
      wanted.add(asRead(columns.label()));
      positions.add(columns.labelPosition());
    }
    if (columns.split() != null) {
      wanted.add(columns.split());
      positions.add(columns.splitPosition());
    }
    List<GrowingColumn> grown = new ArrayList<>();
    for (ColumnSpec column : wanted) {
      grown.add(
          TrainingSet.isText(column) ? new GrowingColumn.Texts() : new GrowingColumn.Numbers());
    }
    FeatureBatch batch = new FeatureBatch(new ModelSignature(wanted, List.of()), BATCH_ROWS);
    int kept = 0;
    long read = 0;
    try (BatchReader reader = query.open(parameters, positions, wanted)) {
      while (reader.read(batch) > 0) {
        checkMemory(grown, kept + (long) batch.rows());
        kept = append(grown, batch, labelInput, kept);
        read += batch.rows();
        progress.step("reading", read, -1);
      }
      checkMemory(grown, kept);
    }
    if (read == 0) {
      throw MlException.of(ErrorCode.NO_ROWS);
    }
    if (kept == 0) {
      throw MlException.of(ErrorCode.LABEL_ALL_NULL, labelName(), read);
    }
    return TrainingSet.of(columns, grown, kept, read, query.ordered());
  }

  private ColumnSpec asRead(ColumnSpec label) {
    return modelType.goal() == ModelType.Goal.CLASSIFICATION
        ? new ColumnSpec(label.name(), ColumnType.VARCHAR, label.sqlType(), label.nullable())
        : label;
  }

  private int append(List<GrowingColumn> grown, FeatureBatch batch, int labelInput, int kept) {
    boolean[] skip = new boolean[batch.rows()];
    int rows = 0;
    for (int row = 0; row < skip.length; row++) {
      skip[row] = labelInput >= 0 && labelIsNull(batch, labelInput, row);
      rows += skip[row] ? 0 : 1;
    }
    for (int input = 0; input < grown.size(); input++) {
      int next = kept;
      if (grown.get(input) instanceof GrowingColumn.Texts texts) {
        @Nullable String[] values = batch.texts(input);
        for (int row = 0; row < skip.length; row++) {
          if (!skip[row]) {
            texts.set(next++, values[row]);
          }
        }
      } else if (grown.get(input) instanceof GrowingColumn.Numbers numbers) {
        numbers.setAll(kept, batch.numbers(input), skip);
      }
    }
    return kept + rows;
  }

  private boolean labelIsNull(FeatureBatch batch, int input, int row) {
    if (batch.isText(input)) {
      return batch.texts(input)[row] == null;
    }
    double label = batch.numbers(input)[row];
    if (Double.isInfinite(label)) {
      throw MlException.of(
          ErrorCode.LABEL_TYPE,
          labelName(),
          "infinite in some row",
          modelType.word(),
          "finite numbers");
    }
    return Double.isNaN(label);
  }

  private String labelName() {
    return columns.label() == null ? "" : columns.label().name();
  }

  private void checkMemory(List<GrowingColumn> grown, long rows) {
    long perRow = EXTRA_BYTES_PER_ROW;
    long bytes = 0;
    for (GrowingColumn column : grown) {
      perRow += column.bytesPerRow();
      bytes += column.dictionaryBytes();
    }
    bytes += rows * perRow;
    if (bytes > heapBytes || rows > Integer.MAX_VALUE - GrowingColumn.CHUNK) {
      throw MlException.of(ErrorCode.TOO_LARGE, bytes >> 20, heapBytes >> 20)
          .withHint(
              "The first "
                  + rows
                  + " rows need that much; train on fewer rows or columns, or start Java with a"
                  + " larger -Xmx.");
    }
  }
}
