package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.jdbc.InsituConnection;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What the optimizer saves on the flights: CPU time of this thread with and without it, medians of
 * alternating runs, written to {@code tests-sql/target/optimizer-times.txt}. {@code
 * -Dinsitu.flights=336776} for all of them.
 */
class OptimizerTimesTest {
  private static final int ROWS = Integer.getInteger("insitu.flights", 4000);
  private static final int RUNS = 5;

  @Test
  void theSameRowsForLessTime() throws Exception {
    List<String> report = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f AS SELECT CAST(\"MONTH\" AS INT) AS m, CAST(\"DAY\" AS INT) AS d,"
              + " CAST(\"HOUR\" AS INT) AS h, CAST(CARRIER AS VARCHAR(2)) AS carrier,"
              + " CAST(ORIGIN AS VARCHAR(3)) AS origin, CAST(DEST AS VARCHAR(3)) AS dest,"
              + " CAST(DISTANCE AS INT) AS distance, CAST(ARR_DELAY AS DOUBLE PRECISION) > 15 AS"
              + " late FROM CSVREAD('zip:tests-sql/data/nycflights13.zip!/flights.csv') LIMIT "
              + ROWS);
      statement.execute(
          "CREATE MODEL late OPTIONS (model_type = 'logistic_reg', input_label_cols = ['late'],"
              + " data_split_method = 'no_split') AS SELECT * FROM f LIMIT 20000");
      String f = " FROM PREDICT(MODEL => 'late', DATA => TABLE f)";
      for (String query :
          List.of(
              "SELECT COUNT(*), SUM(predicted_late_probability)"
                  + f
                  + " WHERE origin = 'JFK' AND m IN (1, 12)",
              "SELECT COUNT(*)" + f,
              "SELECT carrier, COUNT(*)" + f + " GROUP BY carrier ORDER BY carrier",
              "SELECT SUM(predicted_late_probability)" + f)) {
        List<Long> with = new ArrayList<>();
        List<Long> without = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
          assertThat(run(connection, query, true, with))
              .isEqualTo(run(connection, query, false, without));
        }
        report.add(
            String.format(
                Locale.ROOT,
                "%.1f ms with, %.1f ms without: %s",
                median(with) / 1e6,
                median(without) / 1e6,
                query));
      }
    }
    Files.createDirectories(Path.of("tests-sql/target"));
    Files.write(Path.of("tests-sql/target/optimizer-times.txt"), report);
  }

  private static long median(List<Long> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  private static String run(
      Connection connection, String query, boolean optimizing, List<Long> times)
      throws SQLException {
    connection.unwrap(InsituConnection.class).setOptimizing(optimizing);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(rows.getString(i)).append('|');
        }
      }
    }
    times.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    return text.toString();
  }
}
