package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many rows in a small heap, and a slow reader beside a writer.
 *
 * <p>Ten million rows: {@code mvn -pl sql-functions -am test -Dtest=RouteALargeTest
 * -Dinsitu.stress.rows=10000000 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RouteALargeTest {
  @Test
  void manyRowsFitIntoASmallHeap(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LargeRun.class.getName(),
                System.getProperty("insitu.stress.rows", "1000000"),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).as(Files.readString(output)).isZero();
  }

  @Test
  void aSlowReaderKeepsItsRowsBesideAWriter(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("busy");
    AtomicBoolean reading = new AtomicBoolean(true);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (RouteA route = RouteA.open(url)) {
      route.execute(
          "CREATE TABLE t (x BIGINT PRIMARY KEY, s VARCHAR) AS SELECT x, RPAD('', 100, 'a') AS s FROM SYSTEM_RANGE(1, 200000)");
      Future<Long> commits = writer.submit(() -> write(url, reading));
      long rows = 0;
      try (StatementTable table = route.predict("SELECT x, s FROM t", 0);
          AutoCloseable lazy = route.session.lazily();
          Statement statement = route.connection.createStatement()) {
        table.beginExecution(List.of());
        try (ResultSet result = statement.executeQuery("SELECT * FROM " + table.sqlName())) {
          while (result.next()) {
            if (++rows % 5000 == 0) {
              Thread.sleep(100);
            }
          }
        }
      } finally {
        reading.set(false);
      }
      assertThat(rows).isEqualTo(200_000);
      assertThat(commits.get()).as("commits beside the reader").isGreaterThan(10);
    } finally {
      writer.shutdownNow();
    }
    assertThat(new File(folder.toFile(), "busy.mv.db")).exists();
  }

  private static long write(String url, AtomicBoolean reading) throws Exception {
    long commits = 0;
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE t SET s = RPAD('', 100, ?) WHERE x BETWEEN ? AND ?")) {
      while (reading.get()) {
        update.setString(1, Long.toString(commits % 10));
        long first = commits * 7919 % 199_000;
        update.setLong(2, first);
        update.setLong(3, first + 999);
        update.executeUpdate();
        commits++;
      }
    }
    return commits;
  }
}
