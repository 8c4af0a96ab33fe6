package dev.insitu.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.catalogue.FunctionCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our functions come into a database, are upgraded, and go. */
class InstallationTest {
  private static final String SCRIPT = "RUNSCRIPT FROM 'classpath:dev/insitu/h2/install.sql'";
  private static final String ALIASES =
      "SELECT COUNT(DISTINCT ROUTINE_NAME) FROM INFORMATION_SCHEMA.ROUTINES WHERE EXTERNAL_NAME LIKE 'dev.insitu.%'";
  private static final int ALL = FunctionCatalogue.get().entries().size();

  @TempDir Path folder;
  private final String memory = "mem:" + UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";DATABASE_TO_LOWER=TRUE",
        ";DATABASE_TO_UPPER=FALSE",
        ";DATABASE_TO_LOWER=TRUE;MODE=PostgreSQL;DEFAULT_NULL_ORDERING=HIGH"
      })
  void theScriptInstallsUnderEveryFolding(String settings) throws SQLException {
    try (Connection connection = open(memory + settings)) {
      for (int i = 0; i < 2; i++) {
        execute(connection, SCRIPT);
        assertThat(one(connection, ALIASES)).isEqualTo((long) ALL);
        assertThat(one(connection, "SELECT COUNT(*) FROM INSITU.STORED_INSTALLATIONS"))
            .isEqualTo(1L);
      }
      assertThat((String) one(connection, "CALL INSITU.HELP('help')")).startsWith("INSITU.HELP(");
      execute(connection, "CALL INSITU.UNINSTALL()");
      assertThat(one(connection, ALIASES)).isEqualTo(0L);
    }
  }

  @Test
  void anUpgradeAddsWhatIsMissingAndKeepsWhatIsUsed() throws SQLException {
    try (Connection connection = open(memory)) {
      FunctionCatalogue older =
          new FunctionCatalogue("0.0.9", FunctionCatalogue.get().entries().subList(0, 3));
      assertThat(Installation.installations(connection, older).install())
          .isEqualTo("Insitu 0.0.9: 3 functions, 3 of them new");
      execute(connection, "CREATE VIEW helped AS SELECT INSITU.HELP('HELP') AS text");
      assertThat((String) one(connection, "CALL INSITU.INSTALL()"))
          .endsWith(": " + ALL + " functions, " + (ALL - 3) + " of them new");
      assertThat((String) one(connection, "SELECT text FROM helped")).contains("HELP");
      assertThat(rows(connection, "SELECT VERSION FROM INSITU.STORED_INSTALLATIONS ORDER BY ID"))
          .containsExactly("0.0.9", FunctionCatalogue.get().version());
    }
  }

  @Test
  void aNewerVersionIsLeftAlone() throws SQLException {
    try (Connection connection = open(memory)) {
      FunctionCatalogue newer =
          new FunctionCatalogue("99.0.1", FunctionCatalogue.get().entries().subList(0, 3));
      assertThat(Installation.installations(connection, newer).install()).startsWith("Insitu 99");
      assertThatThrownBy(() -> execute(connection, "CALL INSITU.INSTALL()"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML026"))
          .hasMessageContaining("99.0.1")
          .hasMessageContaining(FunctionCatalogue.get().version());
      assertThat(one(connection, ALIASES)).isEqualTo(3L);
    }
  }

  @Test
  void whatSomebodyElseHasThereIsNotReplaced() throws SQLException {
    try (Connection connection = open(memory)) {
      execute(connection, "CREATE SCHEMA INSITU");
      execute(connection, "CREATE ALIAS INSITU.PREDICT FOR 'java.lang.Math.abs(double)'");
      assertThatThrownBy(() -> execute(connection, SCRIPT))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML026"))
          .hasMessageContaining("java.lang.Math.abs");
      assertThat(one(connection, ALIASES)).isEqualTo(1L); // INSTALL itself
    }
  }

  @Test
  void theCallersTransactionGoesOn() throws SQLException {
    try (Connection connection = open(memory)) {
      execute(connection, SCRIPT);
      execute(connection, "CREATE TABLE t (a INTEGER)");
      execute(connection, "DROP ALIAS INSITU.HELP");
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO t VALUES (1)");
      assertThat((String) one(connection, "CALL INSITU.INSTALL()")).endsWith("1 of them new");
      connection.rollback();
      assertThat(one(connection, "SELECT COUNT(*) FROM t")).isEqualTo(0L);
      assertThat(one(connection, ALIASES)).isEqualTo((long) ALL);
      execute(connection, "INSERT INTO t VALUES (2)");
      execute(connection, "CALL INSITU.UNINSTALL()");
      connection.rollback();
      assertThat(one(connection, "SELECT COUNT(*) FROM t")).isEqualTo(0L);
      assertThat(one(connection, ALIASES)).isEqualTo(0L);
    }
  }

  @Test
  void sessionsThatInstallAtOnceBothHaveIt() throws Exception {
    try (Connection first = open(memory);
        Connection second = open(memory)) {
      // Two CREATE … IF NOT EXISTS of the same name at once can fail in H2 itself.
      execute(first, "CREATE SCHEMA INSITU");
      execute(first, "CREATE ALIAS INSITU.INSTALL FOR 'dev.insitu.plain.Installation.install'");
      CountDownLatch go = new CountDownLatch(1);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Future<?>> both = new ArrayList<>();
        for (Connection connection : List.of(first, second)) {
          both.add(
              threads.submit(
                  () -> {
                    go.await();
                    execute(connection, "CALL INSITU.INSTALL()");
                    return null;
                  }));
        }
        go.countDown();
        for (Future<?> each : both) {
          each.get(60, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(one(first, ALIASES)).isEqualTo((long) ALL);
    }
  }

  @Test
  void anUninstalledDatabaseIsReadByH2Alone() throws Exception {
    String file = folder.resolve("left").toString();
    try (Connection connection = open(file)) {
      execute(connection, SCRIPT);
      execute(
          connection,
          "CREATE TABLE t AS SELECT CAST(x AS DOUBLE PRECISION) AS a, 2.0 * x AS y FROM SYSTEM_RANGE(1, 50)");
      execute(
          connection,
          "CALL INSITU.TRAIN('m', 'SELECT a, y FROM t', 'y', '{\"model_type\": \"linear_reg\"}')");
      execute(
          connection,
          "CREATE TABLE predicted AS SELECT * FROM INSITU.PREDICT('m', 'SELECT * FROM t')");
      execute(connection, "CALL INSITU.UNINSTALL()");
      assertThat(one(connection, "SELECT COUNT(*) FROM INSITU.MODELS")).isEqualTo(1L);
    }
    String said =
        h2Alone(
            file,
            "SELECT 'rows ' || COUNT(*), (SELECT COUNT(*) FROM INSITU.MODELS) FROM predicted");
    assertThat(said).contains("rows 50");
    try (Connection connection = open(file)) {
      execute(connection, SCRIPT);
      assertThat(one(connection, "SELECT COUNT(*) FROM INSITU.PREDICT('m', 'TABLE t')"))
          .isEqualTo(50L);
    }
  }

  /** Runs a query in a process that has H2 and nothing of ours, and returns what it said. */
  private static String h2Alone(String file, String sql) throws Exception {
    Path h2 = Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                h2.toString(),
                "org.h2.tools.Shell",
                "-url",
                "jdbc:h2:" + file,
                "-user",
                "sa",
                "-password",
                "",
                "-sql",
                sql)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static Connection open(String database) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + database, "sa", "");
  }

  private static Object one(Connection connection, String sql) throws SQLException {
    return rows(connection, sql).get(0);
  }

  private static List<Object> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<Object> first = new ArrayList<>();
      while (rows.next()) {
        first.add(rows.getObject(1));
      }
      return first;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
