package dev.insitu.test.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What an average of predictions over a table allocates: no object for a row. Counted are all bytes
 * that the session's thread allocates for tables of 3,000 and of twice as many rows, which are too
 * few for another thread to score; their difference is that of 3,000 rows. The smallest object has
 * 16 bytes, a row of the twelve columns as objects has 250.
 */
class ScanBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROWS = 3_000;
  private static final int COLUMNS = 12;
  private static final int TIMES = 15;

  /** For the way through the tree of pages, each of which has some dozens of rows. */
  private static final double PAGES = 4;

  @Test
  void averagesAreTakenWithoutAnObjectForARow() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:insitu:h2:mem:scan_bytes", "sa", "")) {
      make(connection);
      PreparedStatement one = average(connection, "t1");
      PreparedStatement two = average(connection, "t2");
      double again = bytesPerRow(connection, one, two, "SELECT 1");
      double first =
          bytesPerRow(connection, one, two, "UPDATE t1 SET f0 = f0 + 1; UPDATE t2 SET f0 = f0 + 1");
      assertThat(again).as("bytes per row whose score is known").isBetween(0.0, PAGES);
      // The score is kept, those of a page together.
      assertThat(first)
          .as("bytes per row that is scored")
          .isBetween((double) Double.BYTES, Double.BYTES + 3 * PAGES);
    }
  }

  /** The least that each statement has needed, when all is loaded and compiled. */
  private static double bytesPerRow(
      Connection connection, PreparedStatement one, PreparedStatement two, String before)
      throws SQLException {
    long ofOne = Long.MAX_VALUE;
    long ofTwo = Long.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      execute(connection, before);
      ofOne = Math.min(ofOne, bytes(one));
      ofTwo = Math.min(ofTwo, bytes(two));
    }
    return (double) (ofTwo - ofOne) / ROWS;
  }

  private static PreparedStatement average(Connection connection, String table)
      throws SQLException {
    return connection.prepareStatement(
        "SELECT AVG(predicted_y) FROM PREDICT(MODEL => 'm', DATA => TABLE " + table + ")");
  }

  private static long bytes(PreparedStatement statement) throws SQLException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (ResultSet row = statement.executeQuery()) {
      assertThat(row.next()).isTrue();
      assertThat(row.getDouble(1)).isFinite();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void make(Connection connection) throws SQLException {
    String columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(i -> "CAST(MOD(X * 31, 101 + " + i + ") AS DOUBLE PRECISION) AS f" + i)
            .collect(Collectors.joining(", "));
    for (int times = 1; times <= 2; times++) {
      execute(
          connection,
          "CREATE TABLE t"
              + times
              + " AS SELECT "
              + columns
              + " FROM SYSTEM_RANGE(1, "
              + times * ROWS
              + ")");
    }
    execute(
        connection,
        "CREATE MODEL m OPTIONS (model_type = 'boosted_tree_regressor', input_label_cols = ['y'],"
            + " max_iterations = 10, data_split_method = 'no_split') AS SELECT *, f0 * f1 AS y FROM"
            + " t1");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
