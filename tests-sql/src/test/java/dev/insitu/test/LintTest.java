package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the house that no compiler checks. */
class LintTest {
  private static final Path ROOT = Path.of("");
  private static final List<String> MODULES =
      List.of("model-store", "scoring-runtime", "sql-functions", "calcite-adapter", "tests-sql");

  /** Codes that no script of the driver raises, each with the test that does. */
  private static final Map<ErrorCode, String> RAISED_IN_JAVA =
      Map.ofEntries(
          Map.entry(
              ErrorCode.REMOTE_SESSION,
              "calcite-adapter/src/test/java/dev/insitu/jdbc/RemoteSessionTest.java"),
          Map.entry(
              ErrorCode.VERSION_NEEDED,
              "calcite-adapter/src/test/java/dev/insitu/jdbc/InstalledCallsTest.java"),
          Map.entry(
              ErrorCode.CONCURRENT_CREATE,
              "model-store/src/test/java/dev/insitu/store/StoreSessionsTest.java"),
          Map.entry(
              ErrorCode.CONCURRENT_CHANGE,
              "model-store/src/test/java/dev/insitu/store/StoreSessionsTest.java"),
          Map.entry(
              ErrorCode.DATABASE_VERSION,
              "sql-functions/src/test/java/dev/insitu/h2/H2VersionTest.java"),
          Map.entry(
              ErrorCode.FUNCTION_EXISTS,
              "tests-sql/src/test/java/dev/insitu/test/NamedFunctionTest.java"),
          Map.entry(
              ErrorCode.FUNCTION_NOT_FOUND,
              "tests-sql/src/test/java/dev/insitu/test/NamedFunctionTest.java"),
          Map.entry(
              ErrorCode.TOO_MANY_FUNCTIONS,
              "tests-sql/src/test/java/dev/insitu/test/NamedFunctionTest.java"),
          Map.entry(
              ErrorCode.IN_USE, "tests-sql/src/test/java/dev/insitu/test/NamedFunctionTest.java"),
          Map.entry(
              ErrorCode.KEPT_COLUMN_BUSY,
              "tests-sql/src/test/java/dev/insitu/test/KeptColumnRaceTest.java"),
          Map.entry(
              ErrorCode.PREDICTED_COLUMN,
              "tests-sql/src/test/java/dev/insitu/test/PredictedColumnTest.java"),
          Map.entry(
              ErrorCode.SCHEDULE,
              "sql-functions/src/test/java/dev/insitu/schedule/SchedulerTest.java"));

  @Test
  void everyScriptEndsWithItsMarkAndRunsEveryStatement() throws IOException {
    for (Path script : files(ScriptTest.SCRIPTS, ".iq")) {
      assertThat(ScriptLint.findings(script.getFileName().toString(), Files.readString(script)))
          .as(script.toString())
          .isEmpty();
    }
  }

  @Test
  void findsWhatAScriptMayNotDo() {
    assertThat(ScriptLint.findings("a.iq", "!use empty\nselect 1;\n!ok\n\n# End a.iq\n")).isEmpty();
    assertThat(ScriptLint.findings("a.iq", "!use empty\nselect 1;\n\n# End a.iq\n"))
        .containsExactly("line 2: the statement is followed by no command and would not run");
    assertThat(ScriptLint.findings("a.iq", "select 1;\n!ok\n"))
        .containsExactly("the last line is not \"# End a.iq\"");
    assertThat(ScriptLint.findings("a.iq", "")).containsExactly("the script is empty");
  }

  @Test
  void everyErrorCodeOfAUserHasAScriptThatRaisesIt() throws IOException {
    List<String> missing = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      Path script = ScriptTest.SCRIPTS.resolve("error/" + code.sqlState() + ".iq");
      String test = RAISED_IN_JAVA.get(code);
      boolean raised =
          test == null
              ? Files.exists(script)
              : Files.readString(ROOT.resolve(test)).contains(code.sqlState())
                  || Files.readString(ROOT.resolve(test)).contains(code.name());
      if (code.kind() == ErrorCode.Kind.USER && !raised) {
        missing.add(code + " (" + script.getFileName() + ")");
      }
    }
    assertThat(missing).isEmpty();
  }

  /** The SQL of a section of the README stands in a script, in the same order. */
  @ParameterizedTest
  @CsvSource({
    "Five minutes, guide/five-minutes",
    "Bring your own model, guide/bring-your-own-model",
    "Use it from plain H2, plain/guide"
  })
  void theSessionsOfTheReadmeAreScripts(String section, String name) throws IOException {
    String script = Files.readString(ScriptTest.SCRIPTS.resolve(name + ".iq"));
    Matcher blocks = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(section(section));
    int position = 0;
    while (blocks.find()) {
      for (String statement : blocks.group(1).split("(?<=;)\n+")) {
        int found = script.indexOf(statement.strip(), position);
        assertThat(found).as(statement).isNotNegative();
        position = found;
      }
    }
    assertThat(position).isPositive();
  }

  @Test
  void thePythonOfTheReadmeIsTheScriptThatMadeTheModel() throws IOException {
    Matcher block =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
            .matcher(section("Bring your own model"));
    assertThat(block.find()).isTrue();
    assertThat(block.group(1))
        .isEqualTo(Files.readString(ROOT.resolve("tests-sql/onnx/species.py")));
  }

  private static String section(String title) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    int from = readme.indexOf("\n## " + title + "\n") + 1;
    assertThat(from).as(title).isPositive();
    int to = readme.indexOf("\n## ", from);
    return readme.substring(from, to < 0 ? readme.length() : to);
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
    for (String module : MODULES) {
      for (String source : List.of("src/main/java", "src/test/java")) {
        for (Path directory : packages(ROOT.resolve(module).resolve(source))) {
          Path info = directory.resolve("package-info.java");
          boolean inMain =
              Files.exists(Path.of(info.toString().replace("src/test/java", "src/main/java")));
          if (source.contains("test") && inMain) {
            continue;
          }
          assertThat(info).exists();
          assertThat(Files.readString(info)).as(info.toString()).contains("@NullMarked", "/**");
        }
      }
    }
  }

  @Test
  void textFilesHaveNoTabsAndNoTrailingBlanks() throws IOException {
    for (String end : List.of(".iq", ".sql", ".md")) {
      for (Path file : files(ROOT, end)) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          String line = lines.get(i);
          boolean resultOfQuidem = end.equals(".iq") && line.startsWith("|");
          assertThat(line.contains("\t") || (line.endsWith(" ") && !resultOfQuidem))
              .as(file + ":" + (i + 1))
              .isFalse();
        }
      }
    }
  }

  @Test
  void noSourceFileIsLongerThanAConceptCanBe() throws IOException {
    for (String module : MODULES) {
      for (Path file : files(ROOT.resolve(module).resolve("src"), ".java")) {
        assertThat(Files.readAllLines(file).size())
            .as(file.toString())
            .isLessThanOrEqualTo(file.toString().contains("/test/") ? 650 : 500);
      }
    }
  }

  private static List<Path> files(Path directory, String end) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(end))
          .filter(file -> !("/" + file).contains("/target/"))
          .sorted()
          .toList();
    }
  }

  private static List<Path> packages(Path source) throws IOException {
    return files(source, ".java").stream().map(Path::getParent).distinct().toList();
  }
}
