package dev.insitu.train;

import dev.insitu.function.BatchReader;
import dev.insitu.function.InputQuery;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.score.FeatureBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A query over rows in memory: numbers as {@link Number} or {@link Boolean}, texts, null. */
public final class Rows implements InputQuery {
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private boolean ordered;

  public static ColumnSpec column(String name, ColumnType type) {
    return new ColumnSpec(name, type, type.name().replace('_', ' '), true);
  }

  public Rows with(String name, ColumnType type) {
    columns.add(column(name, type));
    return this;
  }

  public Rows row(@Nullable Object... values) {
    rows.add(values.clone());
    return this;
  }

  public Rows ordered(boolean ordered) {
    this.ordered = ordered;
    return this;
  }

  public Rows shuffled(long seed) {
    Rows copy = new Rows();
    copy.columns.addAll(columns);
    copy.rows.addAll(rows);
    Collections.shuffle(copy.rows, new Random(seed));
    return copy;
  }

  public List<@Nullable Object[]> rows() {
    return rows;
  }

  @Override
  public List<ColumnSpec> columns() {
    return columns;
  }

  @Override
  public int parameterCount() {
    return 0;
  }

  @Override
  public boolean ordered() {
    return ordered;
  }

  @Override
  public BatchReader open(
      List<@Nullable Object> parameters, List<Integer> positions, List<ColumnSpec> wanted) {
    return new BatchReader() {
      private int next;

      @Override
      public int read(FeatureBatch batch) {
        int count = 0;
        for (; count < batch.capacity() && next < rows.size(); count++, next++) {
          for (int i = 0; i < positions.size(); i++) {
            Object value = rows.get(next)[positions.get(i)];
            if (batch.isText(i)) {
              batch.texts(i)[count] = value == null ? null : text(value);
            } else {
              batch.numbers(i)[count] = number(value);
            }
          }
        }
        batch.setRows(count);
        return count;
      }

      @Override
      public void close() {}
    };
  }

  private static String text(Object value) {
    return value instanceof Boolean truth ? (truth ? "TRUE" : "FALSE") : value.toString();
  }

  private static double number(@Nullable Object value) {
    return value instanceof Boolean truth
        ? (truth ? 1 : 0)
        : value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  @Override
  public String toString() {
    return rows.stream().map(Arrays::toString).toList().toString();
  }
}
