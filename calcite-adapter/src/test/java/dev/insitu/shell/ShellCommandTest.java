package dev.insitu.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellCommandTest {
  private static final String PEOPLE =
      "CREATE TABLE people(id INT, name VARCHAR, weight DOUBLE);"
          + "INSERT INTO people VALUES (1, 'Ann', 61.23456789), (2, NULL, NULL), (30, '', 1e-9),"
          + " (4, '日本', 7);";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private int shell(String input, int width, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--url")) {
      all.addAll(0, List.of("--url", "jdbc:h2:mem:"));
    }
    out.reset();
    err.reset();
    return ShellCommand.run(
        all.toArray(String[]::new),
        new ShellStreams(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            false,
            width),
        ProgressSource.DRIVER);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  @Test
  void printsATableWithNumbersToTheRightAndVisibleNulls() {
    int status = shell("", 0, "-e", PEOPLE + "SELECT * FROM people ORDER BY id", "--quiet");
    assertThat(status).isZero();
    assertThat(err()).isEmpty();
    assertThat(out())
        .isEqualTo(
            """
            ID | NAME |    WEIGHT
            ---+------+----------
             1 | Ann  | 61.234568
             2 | NULL |      NULL
             4 | 日本 |       7.0
            30 |      |    1.0E-9
            """);
  }

  @Test
  void printsRowCountsAndTimesUnlessQuiet() {
    shell("", 0, "-e", PEOPLE + "DELETE FROM people WHERE id = 99");
    assertThat(out()).containsPattern("4 rows changed \\(\\d+\\.\\d\\d s\\)");
    assertThat(out()).contains("0 rows changed (").contains("done (");
  }

  @Test
  void printsNothingButDataAsQuietCsv() {
    int status =
        shell(
            "",
            0,
            "--quiet",
            "--format",
            "csv",
            "-e",
            PEOPLE + "SELECT name, weight, 'a,\"b\"' AS \"q,\" FROM people ORDER BY id");
    assertThat(status).isZero();
    assertThat(err()).isEmpty();
    assertThat(out())
        .isEqualTo(
            """
            NAME,WEIGHT,"q,"
            Ann,61.23456789,"a,""b""\"
            ,,"a,""b""\"
            日本,7.0,"a,""b""\"
            "",1.0E-9,"a,""b""\"
            """);
  }

  @Test
  void csvComesBackThroughCsvread() throws IOException {
    shell(
        "",
        0,
        "--quiet",
        "--format",
        "csv",
        "-e",
        PEOPLE + "SELECT id, name FROM people ORDER BY id");
    Path file = Files.write(folder.resolve("names.csv"), out.toByteArray());
    shell(
        "",
        0,
        "--quiet",
        "--format",
        "json",
        "-e",
        "SELECT * FROM CSVREAD('" + file + "', NULL, 'charset=UTF-8')");
    assertThat(out())
        .isEqualTo(
            """
            [
            {"ID":"1","NAME":"Ann"},
            {"ID":"2","NAME":null},
            {"ID":"4","NAME":"日本"},
            {"ID":"30","NAME":""}
            ]
            """);
  }

  @Test
  void printsJsonWithItsTypes() {
    shell(
        "",
        0,
        "--quiet",
        "--format",
        "JSON",
        "-e",
        "SELECT 1 AS a, 2.50 AS a, TRUE AS b, CAST('NaN' AS DOUBLE) AS n, DATE '2013-10-01' AS d,"
            + " X'00ff' AS x, JSON '{\"k\": [1]}' AS j; SELECT 1 AS a WHERE FALSE");
    assertThat(out())
        .isEqualTo(
            """
            [
            {"A":1,"A_1":2.50,"B":true,"N":"NaN","D":"2013-10-01","X":"00ff","J":{"k":[1]}}
            ]
            []
            """);
  }

  @Test
  void printsRecordByRecordWhatIsWiderThanTheTerminal() {
    shell("", 15, "--quiet", "-e", "SELECT 1 AS id, 'a long text\nof two lines' AS description");
    assertThat(out())
        .isEqualTo(
            """
            -- row 1 -----------
            ID          | 1
            DESCRIPTION | a long text
                        | of two lines
            """);
  }

  @Test
  void stopsAtAnErrorWithCodeFileAndLine() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("a.sql"),
            "CREATE TABLE t(i INT);SELECT 1;\n-- next\nSELECT *\nFROM nope;\nSELECT 2;");
    int status = shell("", 0, "--quiet", "--format", "csv", "-f", script.toString());
    assertThat(status).isEqualTo(1);
    assertThat(out()).isEqualTo("1\n1\n");
    assertThat(err())
        .isEqualTo(
            "Error in "
                + script
                + " line 3: 42S02: Table \"NOPE\" not found\n"
                    .replace("\n", System.lineSeparator()));
  }

  @Test
  void readsStandardInputWhenThereIsNoTerminal() {
    assertThat(shell("SELECT 'grün' AS c;", 0, "--quiet", "--format", "csv")).isZero();
    assertThat(out()).isEqualTo("C\ngrün\n");
    assertThat(shell("SELECT nope;", 0, "-f", "-")).isEqualTo(1);
    assertThat(err()).startsWith("Error in standard input line 1: 42S22: Column \"NOPE\"");
  }

  @Test
  void echoesCommentsAndStatements() {
    shell("-- # One\nSELECT 1 AS a;", 0, "--echo", "--quiet");
    assertThat(out()).isEqualTo("# One\n\nSELECT 1 AS a;\nA\n-\n1\n");
  }

  @Test
  void namesWhatIsWrongWithTheCommandLine() {
    assertThat(shell("", 0, "--fromat", "csv")).isEqualTo(1);
    assertThat(err()).contains("Unknown option");
    assertThat(shell("", 0, "-f", "nowhere.sql")).isEqualTo(1);
    assertThat(err()).isEqualTo("Error: no such file: nowhere.sql" + System.lineSeparator());
    assertThat(shell("", 0, "--url", "jdbc:nobody:x", "-e", "SELECT 1")).isEqualTo(1);
  }

  @Test
  void speaksToOurOwnDriver() {
    int status = shell("", 0, "--url", "jdbc:insitu:h2:mem:", "--quiet", "-e", "SELECT 5 AS n");
    assertThat(err()).isEmpty();
    assertThat(status).isZero();
    assertThat(out()).isEqualTo("N\n-\n5\n");
  }

  @Test
  void cancelsTheRunningStatementAndLeavesTheConnectionUsable() throws Exception {
    Cancellation cancellation = new Cancellation();
    ShellStreams streams =
        new ShellStreams(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            false,
            0);
    try (java.sql.Connection connection = java.sql.DriverManager.getConnection("jdbc:h2:mem:")) {
      StatementRunner statements =
          new StatementRunner(
              connection,
              ResultFormat.CSV,
              true,
              streams,
              cancellation,
              new ProgressView(streams.err(), false));
      Thread user =
          new Thread(
              () -> {
                try {
                  Thread.sleep(300);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                cancellation.request();
              });
      user.start();
      String endless =
          "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b;SELECT 1;";
      int status =
          new ScriptRunner(statements, streams, cancellation, false)
              .run(new java.io.StringReader(endless), "");
      user.join();
      assertThat(status).isEqualTo(130);
      assertThat(err()).isEqualTo("Cancelled in line 1" + System.lineSeparator());
      cancellation.reset();
      statements.run("SELECT 7 AS still", 0);
      assertThat(out()).isEqualTo("STILL\n7\n");
    }
  }
}
