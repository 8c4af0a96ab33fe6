package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scripts of the functions of plain H2 through every door that has no driver of ours, with
 * equal results: embedded, over TCP, and with PostgreSQL's driver. {@code -Dinsitu.accept=true}
 * writes what the embedded database gives.
 */
class PlainScriptTest {
  static final String FOLDER = "plain";

  /** What H2's server of PostgreSQL's protocol asks of a database. */
  private static final String FOR_POSTGRESQL =
      ";DATABASE_TO_LOWER=TRUE;MODE=PostgreSQL;DEFAULT_NULL_ORDERING=HIGH";

  @TempDir static Path folder;
  private static ServedDatabases served;

  @BeforeAll
  static void serve() throws IOException {
    served = ServedDatabases.start(folder);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  static Stream<Path> scripts() throws IOException {
    Path plain = ScriptTest.SCRIPTS.resolve(FOLDER);
    try (Stream<Path> files = Files.list(plain)) {
      return files.filter(file -> file.toString().endsWith(".iq")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void embedded(Path script) throws Exception {
    String expected = Files.readString(script);
    String actual = run(script, new H2Door("mem:%s"));
    if (!actual.equals(expected) && Boolean.getBoolean("insitu.accept")) {
      Files.writeString(script, actual);
    }
    assertThat(actual).as(script.toString()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void overTcp(Path script) throws Exception {
    assertThat(run(script, new H2Door(served.tcp() + "%s_tcp")))
        .as(script.toString())
        .isEqualTo(Files.readString(script));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void withPostgresqlsDriver(Path script) throws Exception {
    assertThat(alike(run(script, new PostgresqlDoor())))
        .as(script.toString())
        .isEqualTo(alike(Files.readString(script)));
  }

  /** PostgreSQL's own shell, where it is installed. */
  @Test
  void psqlTrainsAndPredicts() throws Exception {
    try (PlainDatabases databases = new PlainDatabases(new PostgresqlDoor(), "psql");
        Connection connection = databases.connect("plain", false)) {
      assertThat(connection.isValid(10)).isTrue();
      Optional<Process> started = psql();
      assumeTrue(started.isPresent(), "psql is not installed");
      Process process = started.get();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said.lines().toList())
          .as(said)
          .contains(
              "public.weight|1|rows_trained|342.0",
              "1|3214",
              "ERROR:  ML010: model \"nobody\" not found")
          .last()
          .isEqualTo("344");
    }
  }

  private static Optional<Process> psql() {
    ProcessBuilder psql =
        new ProcessBuilder(
            "psql",
            "-h",
            "localhost",
            "-p",
            served.pgPort(),
            "-U",
            "SA",
            "-d",
            "psql_pg",
            "-At",
            "-c",
            "CALL INSITU.TRAIN('weight', 'SELECT flipper_length_mm, bill_length_mm, body_mass_g FROM"
                + " penguins', 'body_mass_g', '{\"model_type\": \"linear_reg\"}')",
            "-c",
            "SELECT id, CAST(predicted_body_mass_g AS INTEGER) FROM INSITU.PREDICT('weight', 'SELECT *"
                + " FROM penguins WHERE id = 1')",
            "-c",
            "SELECT * FROM INSITU.WEIGHTS('nobody')",
            "-c",
            "SELECT COUNT(*) FROM INSITU.PREDICT('weight', 'TABLE penguins')");
    psql.environment().put("PGPASSWORD", "sa");
    try {
      return Optional.of(psql.redirectErrorStream(true).start());
    } catch (IOException e) {
      System.err.println("SKIPPED PlainScriptTest.psql, psql is not installed: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String run(Path script, PlainDatabases.Door door) throws Exception {
    String text = Files.readString(script);
    try (PlainDatabases databases = new PlainDatabases(door, script.getFileName().toString())) {
      return ScriptTest.run(text, databases);
    }
  }

  private record H2Door(String pattern) implements PlainDatabases.Door {
    @Override
    public String maker(String database) {
      return "jdbc:h2:" + String.format(Locale.ROOT, pattern, database);
    }

    @Override
    public Connection connect(String database, String user, String password) throws SQLException {
      return DriverManager.getConnection(maker(database), user, password);
    }
  }

  private static final class PostgresqlDoor implements PlainDatabases.Door {
    @Override
    public String maker(String database) {
      return "jdbc:h2:" + served.tcp() + database + "_pg" + FOR_POSTGRESQL;
    }

    @Override
    public Connection connect(String database, String user, String password) throws SQLException {
      return DriverManager.getConnection(served.pg(database + "_pg"), user, password);
    }
  }

  /**
   * Returns a script's text without what the modes of the databases make different: the case of
   * names, how truth is shown, how wide columns are.
   */
  static String alike(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("+-"))
        .map(line -> line.startsWith("|") ? cells(line) : line)
        .map(line -> line.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\n"));
  }

  private static String cells(String line) {
    List<String> cells =
        Arrays.stream(line.split("\\|"))
            .map(String::strip)
            .map(cell -> cell.equals("t") ? "true" : cell.equals("f") ? "false" : cell)
            .toList();
    return String.join("|", cells);
  }
}
