package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that somebody made to do harm ({@code tests-sql/onnx/hostile}), imported in a process of
 * their own: each ends in an error with a code, and the process lives.
 */
class HostileModelsTest {
  private static final Path FOLDER = Path.of("tests-sql/onnx/hostile");

  /**
   * Nothing is wrong with what these answer: of two constants of one name one counts, and a
   * declared type of an output is not believed.
   */
  private static final Set<String> HARMLESS =
      Set.of("initializers_duplicate.onnx", "converted_double_trees.onnx");

  @Test
  void filesThatAreWrongAreRefusedWithACode() throws Exception {
    Map<String, String> stages = stages();
    List<String> said = run(stages.keySet());
    assertThat(said).as("what the process said").endsWith("end").hasSize(stages.size() + 1);
    for (String line : said.subList(0, said.size() - 1)) {
      String file = line.substring(0, line.indexOf('\t'));
      assertThat(line)
          .as(file)
          .matches(".*\t(imported .*|ML0(26|61|7[0-9]): .*|ML0(26|61|7[0-9]) .*)")
          .doesNotContain("null", ImportTry.ESCAPED);
      if ("load".equals(stages.get(file))) {
        assertThat(line).as(file).doesNotContain("\timported");
      }
    }
  }

  /** What a fuzz run has found, and what was done about it. */
  @Test
  void filesThatOnceDidHarmDoNone() throws Exception {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(FOLDER.resolve("corpus"))) {
      all.filter(f -> f.toString().endsWith(".onnx")).sorted().forEach(f -> files.add(f + ""));
    }
    assertThat(files).isNotEmpty();
    List<String> said = run(files);
    assertThat(said).as("what the process said").endsWith("end").hasSize(files.size() + 1);
    assertThat(said).allSatisfy(line -> assertThat(line).doesNotContain(ImportTry.ESCAPED));
  }

  /** Returns where each file shows what is wrong with it, by its path. */
  private static Map<String, String> stages() throws Exception {
    Map<String, String> stages = new LinkedHashMap<>();
    for (JsonNode entry :
        JsonMapper.builder().build().readTree(FOLDER.resolve("hostile.json").toFile())) {
      String file = entry.get("file").asText();
      String stage = HARMLESS.contains(file) ? "harmless" : entry.get("stage").asText();
      stages.put(FOLDER.resolve(file).toString(), stage);
    }
    return stages;
  }

  private static List<String> run(Collection<String> files) throws Exception {
    List<String> command = ChildProcess.java("-Xmx512m");
    command.add(HostileImports.class.getName());
    command.addAll(files);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said.lines().toList();
  }

  @Test
  void aGraphThatFillsTheMemoryIsStopped() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/statm")), "only Linux tells what a process holds");
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        var statement = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "CREATE MODEL m FROM FILE 'tests-sql/onnx/hostile/memory_doubling.onnx'"
                          + " OPTIONS (max_memory_bytes = 200000000)"))
          .hasMessageContaining("ML079")
          .hasMessageContaining("one run took more than 200,000,000 bytes");
    }
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
