package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.engine.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is opened by H2 alone, in a process that has no class of ours. */
class ForgottenJarTest {
  private static final boolean NEWER = Constants.VERSION.startsWith("2.5.");

  /** What H2 2.5.252 says; the README quotes it. */
  private static final String VIEW =
      "View \"PUBLIC.SCORED\" is invalid: \"Class \"\"dev.insitu.plain";

  private static final String TABLE = "Table \"GENERATED\" not found";
  private static final String TRIGGER = "Error creating or initializing trigger \"INSITU$";

  /** What H2 2.4.240 says when it opens a database with such an expression. */
  private static final String CLASS = "Class \"dev.insitu.plain.number.Text\" not found";

  /** What it says from then on, with our jar too. */
  private static final String DAMAGED = "Concurrent update in table \"SYS\"";

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("shop");
  }

  @Test
  void theReadmeSaysWhatH2Says() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (String words :
        List.of("View \"PUBLIC.SCORED\" is invalid", TABLE, TRIGGER, CLASS, DAMAGED)) {
      assertThat(readme).contains(words);
    }
  }

  @Test
  void plainTablesViewsAndKeptColumnsDoNotKeepADatabaseFromOpening() throws Exception {
    try (PlainDatabase made = PlainDatabase.inFile(file())) {
      made.execute("CREATE TABLE plain AS SELECT x AS id FROM SYSTEM_RANGE(1, 3)");
      made.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
      made.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
      made.execute(
          "CREATE VIEW scored AS SELECT id, PREDICT_CHURN(age, income, region) p FROM customers");
      made.execute(
          "CALL INSITU.SCHEDULE('churn', 'SELECT * FROM customers', '{\"every\": \"1 day\"}')");
    }
    String said =
        alone(
            "SELECT 'plain', COUNT(*) FROM plain;",
            "SELECT 'kept', COUNT(score) FROM customers;",
            "SELECT 'models', COUNT(*) FROM INSITU.MODELS;",
            "SELECT * FROM scored;",
            "UPDATE customers SET age = 1 WHERE id = 1;");
    assertThat(said).contains("plain | 3", "kept | 200", "models | 1", VIEW, TRIGGER);
    try (PlainDatabase opened = PlainDatabase.open(file())) {
      assertThat(opened.rows("SELECT * FROM scored")).hasSize(200);
      opened.execute("UPDATE customers SET age = 1 WHERE id = 1");
    }
  }

  @Test
  void expressionsOfTablesAreMissedOrSkippedOrKeepItClosed() throws Exception {
    try (PlainDatabase made = PlainDatabase.inFile(file())) {
      made.execute("CREATE TABLE plain AS SELECT x AS id FROM SYSTEM_RANGE(1, 3)");
      made.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'PREDICT_CHURN')");
      made.execute("CREATE TABLE checked (age INT, CONSTRAINT c CHECK (" + call() + " <> 'x'))");
      made.execute(
          "CREATE TABLE generated (age INT, p VARCHAR(3) GENERATED ALWAYS AS (" + call() + "))");
      made.execute("CREATE TABLE given (age INT, p VARCHAR(3) DEFAULT PREDICT_CHURN(1, 2, 'x'))");
      made.execute("CREATE TABLE again (age INT, p VARCHAR(3) ON UPDATE PREDICT_CHURN(1, 2, 'x'))");
      made.execute("INSERT INTO generated (age) VALUES (30)");
    }
    String said =
        alone(
            "SELECT 'plain', COUNT(*) FROM plain;",
            "INSERT INTO checked VALUES (1);",
            "SELECT * FROM generated;",
            "SELECT * FROM given;",
            "SELECT * FROM again;");
    if (NEWER) {
      assertThat(said)
          .contains(
              "plain | 3",
              "(Update count: 1",
              TABLE,
              "Table \"GIVEN\" not found",
              "Table \"AGAIN\" not found");
    } else {
      assertThat(said).contains(CLASS).doesNotContain("plain | 3");
      isReadOnlyFromNowOn();
      return;
    }
    try (PlainDatabase opened = PlainDatabase.open(file())) {
      assertThat(opened.rows("SELECT age FROM generated")).containsExactly(List.of(30));
      assertThat(opened.rows("SELECT * FROM given")).isEmpty();
    }
  }

  /** H2 2.4.240 leaves the file of a failed opening so that it opens for reading alone. */
  private void isReadOnlyFromNowOn() throws SQLException {
    String url = "jdbc:h2:" + file().toAbsolutePath();
    assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", "").close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(90131))
        .hasMessageContaining(DAMAGED);
    try (Connection reading = DriverManager.getConnection(url + ";ACCESS_MODE_DATA=r", "sa", "")) {
      assertThat(ImportedDoorsTest.rows(reading, "SELECT age FROM generated"))
          .containsExactly(List.of(30));
      Path script = directory.resolve("saved.sql");
      PlainDatabase.execute(reading, "SCRIPT TO '" + script.toAbsolutePath() + "'");
      assertThat(script).isNotEmptyFile();
    }
  }

  private static String call() {
    return "PREDICT_CHURN(age, 1000, 'north')";
  }

  @Test
  void detachedItIsWholeWithoutTheJarAndComesBackWithIt() throws Exception {
    List<List<Object>> scored;
    List<List<Object>> restored;
    try (PlainDatabase made = PlainDatabase.inFile(file())) {
      made.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'PREDICT_CHURN')");
      made.execute(
          "CALL INSITU.MATERIALIZE('churn', 'customers', 'score', '{\"class\": \"yes\"}')");
      made.execute("CREATE USER reader PASSWORD 'p'");
      made.execute(
          "CREATE VIEW scored AS SELECT id, PREDICT_CHURN(age, income, region) p FROM customers");
      made.execute("CREATE VIEW counted AS SELECT p, COUNT(*) n FROM scored GROUP BY p");
      made.execute("CREATE VIEW most AS SELECT MAX(n) m FROM counted");
      made.execute("GRANT SELECT ON scored TO reader");
      made.execute("GRANT SELECT ON most TO reader");
      made.execute(
          "CREATE TABLE generated (age INT, p VARCHAR(3) GENERATED ALWAYS AS ("
              + call()
              + "),"
              + " d VARCHAR(3) DEFAULT PREDICT_CHURN(1, 2, 'x'),"
              + " u VARCHAR(3) ON UPDATE PREDICT_CHURN(1, 2, 'x'),"
              + " CONSTRAINT c CHECK ("
              + call()
              + " <> 'x'))");
      made.execute("INSERT INTO generated (age) VALUES (30)");
      made.execute(
          "CREATE DOMAIN answer AS VARCHAR(3) DEFAULT PREDICT_CHURN(1, 2, 'x')"
              + " ON UPDATE PREDICT_CHURN(1, 2, 'x')"
              + " CONSTRAINT known CHECK (VALUE <> PREDICT_CHURN(1, 2, 'x') || 'x')");
      scored = made.rows("SELECT * FROM scored ORDER BY id");
      restored = made.rows("SELECT * FROM INSITU.DETACH()");
      assertThat(restored)
          .extracting(row -> row.get(0) + ": " + row.get(2))
          .containsExactlyInAnyOrder(
              "PUBLIC.CUSTOMERS.SCORE: an ordinary column with its values",
              "PUBLIC.SCORED: a table of its rows",
              "PUBLIC.GENERATED.P: an ordinary column with its values",
              "PUBLIC.GENERATED.D: dropped",
              "PUBLIC.GENERATED.U: dropped",
              "PUBLIC.GENERATED.C: dropped",
              "PUBLIC.ANSWER: dropped",
              "PUBLIC.ANSWER: dropped",
              "PUBLIC.ANSWER.KNOWN: dropped");
      made.execute("CALL INSITU.UNINSTALL()");
      try (Connection reader =
          DriverManager.getConnection("jdbc:h2:" + made.name(), "reader", "p")) {
        assertThat(ImportedDoorsTest.rows(reader, "SELECT COUNT(*) FROM scored")).hasSize(1);
        assertThat(ImportedDoorsTest.rows(reader, "SELECT m FROM most")).hasSize(1);
        assertThatThrownBy(() -> ImportedDoorsTest.rows(reader, "SELECT * FROM counted"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(90096));
      }
    }
    assertThat(
            alone(
                "SELECT 'scored', COUNT(*) FROM scored;",
                "SELECT 'most', COUNT(m) FROM most;",
                "INSERT INTO generated (age, p) VALUES (1, 'own');",
                "SELECT 'generated', COUNT(p) FROM generated;",
                "UPDATE customers SET age = 1, score = 0 WHERE id = 1;",
                "SELECT 'kept', COUNT(score) FROM customers;"))
        .contains("scored | 200", "most | 1", "generated | 2", "kept | 200")
        .doesNotContain("Error", "Exception");
    try (PlainDatabase opened = PlainDatabase.open(file())) {
      opened.execute(PlainDatabases.INSTALL);
      opened.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'PREDICT_CHURN')");
      opened.execute("UPDATE customers SET age = 55 WHERE id = 1");
      for (List<Object> row : restored) {
        opened.execute(
            ((String) row.get(3))
                .replace(
                    "DROP TABLE \"PUBLIC\".\"SCORED\"",
                    "DROP TABLE \"PUBLIC\".\"SCORED\" CASCADE"));
      }
      assertThat(opened.rows("SELECT * FROM scored ORDER BY id")).hasSameSizeAs(scored);
      assertThat(opened.rows("SELECT * FROM INSITU.PREDICTED_COLUMNS")).hasSize(1);
      assertThat(opened.rows("SELECT COUNT(*) FROM INSITU.DETACH()")).containsExactly(List.of(9L));
    }
  }

  @Test
  void onlyAdministratorsDetach() throws Exception {
    try (PlainDatabase made = PlainDatabase.inMemory()) {
      made.execute("CREATE USER reader PASSWORD 'p'");
      try (Connection reader =
          DriverManager.getConnection("jdbc:h2:" + made.name(), "reader", "p")) {
        assertThatThrownBy(() -> PlainDatabase.execute(reader, "CALL INSITU.DETACH()"))
            .hasMessageContaining("ML005: DETACH needs ADMIN rights");
      }
    }
  }

  /** Returns what H2's own shell prints for statements, in a process with H2's jar alone. */
  private String alone(String... statements) throws Exception {
    Path jar = Path.of(Constants.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new java.util.ArrayList<>();
    command.addAll(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp"));
    command.addAll(
        List.of(
            jar.toString(),
            "org.h2.tools.Shell",
            "-url",
            "jdbc:h2:" + file().toAbsolutePath(),
            "-user",
            "sa",
            "-password",
            ""));
    Path input = directory.resolve("input.sql");
    Path output = directory.resolve("output.txt");
    Files.writeString(input, String.join("\n", statements) + "\nquit\n");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8).replaceAll(" +", " ");
  }
}
