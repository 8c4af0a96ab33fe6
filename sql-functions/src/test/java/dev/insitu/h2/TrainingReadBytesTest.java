package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.insitu.function.BatchReader;
import dev.insitu.function.InputQuery;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelSignature;
import dev.insitu.score.FeatureBatch;
import dev.insitu.train.Progress;
import dev.insitu.train.TrainingColumns;
import dev.insitu.train.TrainingReader;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.option.TrainingOptions;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What reading a training query allocates: the columns, and no object for a row. Counted are all
 * bytes that the session's thread, which reads alone, allocates for tables of 65,536 and of twice
 * as many rows; their difference is that of the second half of the rows, so that what a reading
 * needs once is not in it. The smallest object has 16 bytes.
 */
class TrainingReadBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A chunk of a growing column, so that twice as many rows are twice as many chunks. */
  private static final int ROWS = 1 << 16;

  private static final int NUMBERS = 11;
  private static final int TEXTS = 1;

  /** For the way through the tree of pages, each of which has some dozens of rows. */
  private static final int PAGES = 4;

  private interface Reading {
    void of(String table) throws SQLException;
  }

  private static void fill(RouteA route) throws SQLException {
    for (int times = 1; times <= 2; times++) {
      route.execute(
          "CREATE TABLE t"
              + times
              + " AS SELECT CAST(MOD(X * 7, 5) AS VARCHAR(5)) AS kind, CAST(X AS INT) AS n, "
              + String.join(
                  ", ",
                  IntStream.range(0, NUMBERS - 1)
                      .mapToObj(i -> "CAST(MOD(X * 31, 101 + " + i + ") AS DOUBLE) AS f" + i)
                      .toList())
              + " FROM SYSTEM_RANGE(1, "
              + times * ROWS
              + ")");
    }
  }

  /**
   * Returns how many bytes a row takes: the least of some readings of each, the last of which are
   * compiled.
   */
  private static double bytesPerRow(Reading reading) throws SQLException {
    long ofOne = Long.MAX_VALUE;
    long ofTwo = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      ofOne = Math.min(ofOne, bytes(reading, "t1"));
      ofTwo = Math.min(ofTwo, bytes(reading, "t2"));
    }
    return (double) (ofTwo - ofOne) / ROWS;
  }

  private static long bytes(Reading reading, String table) throws SQLException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    reading.of(table);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void blocksAreReadWithoutAnObjectForARow() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      fill(route);
      double perRow =
          bytesPerRow(
              table -> {
                InputQuery query = route.session.prepare("SELECT * FROM " + table);
                List<ColumnSpec> columns = query.columns();
                FeatureBatch batch = new FeatureBatch(new ModelSignature(columns, List.of()), 2048);
                List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
                try (BatchReader reader = query.open(List.of(), all, columns)) {
                  int rows = 0;
                  while (reader.read(batch) > 0) {
                    rows += batch.rows();
                  }
                  assertThat(rows).isGreaterThanOrEqualTo(ROWS);
                }
              });
      assertThat(perRow).as("bytes per row").isLessThan(PAGES);
    }
  }

  @Test
  void aTrainingSetTakesItsColumnsAndTheirOrder() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      fill(route);
      TrainingOptions options =
          TrainingOptions.of(Map.of("model_type", new OptionValue.Text("kmeans")));
      double perRow =
          bytesPerRow(
              table -> {
                InputQuery query = route.session.prepare("SELECT * FROM " + table);
                TrainingColumns columns = TrainingColumns.of(query.columns(), options, "M");
                TrainingSet set =
                    new TrainingReader(options.modelType(), columns, TrainingReader.usableHeap())
                        .read(query, List.of(), Progress.NONE);
                assertThat(set.rows()).isGreaterThanOrEqualTo(ROWS);
              });
      // In chunks while it grows, in one array, and in one more in the order of the content.
      double columns = 3 * (NUMBERS * Double.BYTES + TEXTS * Integer.BYTES);
      double order = Long.BYTES + Integer.BYTES;
      assertThat(perRow).as("bytes per row").isBetween(columns + order, columns + order + PAGES);
    }
  }
}
