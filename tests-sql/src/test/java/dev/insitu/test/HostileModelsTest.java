package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Files that somebody made to do harm ({@code tests-sql/onnx/hostile}), imported in a process of
 * their own: each ends in an error with a code, and the process lives.
 */
class HostileModelsTest {
  private static final Path FOLDER = Path.of("tests-sql/onnx/hostile");

  /**
   * Sound graphs in which an operator of ONNX Runtime 1.28 ends the process for some values, or
   * that fill the memory of the machine: only a process of its own defends against that.
   */
  private static final Set<String> FATAL =
      Set.of(
          "divide_overflow.onnx",
          "topk_of_nothing.onnx",
          "converted_neighbours_imputer.onnx",
          "memory_doubling.onnx");

  /** ONNX Runtime takes them, and nothing is wrong with what they answer. */
  private static final Set<String> HARMLESS = Set.of("initializers_duplicate.onnx");

  @Test
  void filesThatAreWrongAreRefusedWithACode() throws Exception {
    List<String> said = run(files(Set.of("load", "columns", "run")));
    assertThat(said).as("what the process said").endsWith("end");
    for (String line : said.subList(0, said.size() - 1)) {
      String file = line.substring(0, line.indexOf('\t'));
      if (!line.endsWith("\timported")) {
        assertThat(line).as(file).matches(".*\t(ML026|ML061|ML07[0-9]) .*").doesNotContain("null");
      }
    }
    List<String> imported =
        said.stream()
            .filter(line -> line.endsWith("\timported"))
            .map(line -> line.substring(line.lastIndexOf('/') + 1, line.indexOf('\t')))
            .toList();
    assertThat(imported).doesNotContainAnyElementsOf(files(Set.of("load")));
  }

  private static List<String> files(Set<String> stages) throws Exception {
    List<String> files = new ArrayList<>();
    for (JsonNode entry :
        JsonMapper.builder().build().readTree(FOLDER.resolve("hostile.json").toFile())) {
      String file = entry.get("file").asText();
      if (stages.contains(entry.get("stage").asText())
          && !FATAL.contains(file)
          && !HARMLESS.contains(file)) {
        files.add(stages.size() == 1 ? file : FOLDER.resolve(file).toString());
      }
    }
    return files;
  }

  private static List<String> run(List<String> files) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:ErrorFile=" + Path.of("tests-sql/target/hs_err_pid%p.log").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                HostileImports.class.getName()));
    command.addAll(files);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said.lines().toList();
  }

  @Test
  void cancellingStopsAGraphThatDoesNotEnd() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      long start = System.nanoTime();
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "CREATE MODEL m FROM FILE 'tests-sql/onnx/hostile/endless_loop.onnx'"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }
  }
}
