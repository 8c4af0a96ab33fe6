package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every script under {@code src/test/resources/sql}: the correct output of a script is the
 * script itself.
 *
 * <p>After a wanted change {@code mvn -pl tests-sql -am test -Dtest=ScriptTest
 * -Dinsitu.accept=true} writes the new output over the scripts; read the difference before
 * committing it.
 */
class ScriptTest {
  static final Path SCRIPTS = Path.of("tests-sql/src/test/resources/sql");

  static Stream<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      List<Path> scripts = files.filter(file -> file.toString().endsWith(".iq")).sorted().toList();
      return scripts.stream()
          .map(SCRIPTS::relativize)
          .filter(script -> !script.startsWith(PlainScriptTest.FOLDER)); // without the driver
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void givesItsOwnTextAsOutput(Path script) throws Exception {
    Path file = SCRIPTS.resolve(script);
    String expected = Files.readString(file);
    String actual = run(expected, script.toString());
    if (!actual.equals(expected)) {
      Path output = Path.of("tests-sql/target/scripts").resolve(script);
      Files.createDirectories(output.getParent());
      Files.writeString(output, actual);
      if (Boolean.getBoolean("insitu.accept")) {
        Files.writeString(file, actual);
      }
    }
    assertThat(actual).as(script.toString()).isEqualTo(expected);
  }

  @AfterAll
  static void removeWhatTheGuideExports() throws IOException {
    Files.deleteIfExists(Path.of("species.onnx"));
  }

  static String run(String text, String name) throws Exception {
    try (ScriptDatabases databases = new ScriptDatabases(name)) {
      return run(text, databases);
    }
  }

  static String run(String text, Quidem.ConnectionFactory databases) throws Exception {
    StringWriter output = new StringWriter();
    Quidem.Config config =
        Quidem.configBuilder()
            .withReader(new StringReader(text))
            .withWriter(output)
            .withConnectionFactory(databases)
            .withCommandHandler(
                (lines, content, line) ->
                    switch (line) {
                      case "fails" -> new FailsCommand(lines);
                      case "runs" -> new RunsCommand(lines);
                      default -> null;
                    })
            .withEnv(variable -> null)
            .build();
    new Quidem(config).execute();
    return output.toString();
  }
}
