package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one jar that people put beside their application: it brings nothing into its way, has all
 * platforms and no debug symbols, and says nothing that it is not asked.
 *
 * <p>The jar is made by Maven's phase {@code package}, so {@code mvn verify} runs this and {@code
 * mvn test} does not.
 */
class DriverJarTest {
  private static final Path JAR = Path.of("calcite-adapter/target/insitu-jdbc.jar");

  /** Ours, H2, and what cannot have another name: native code knows its classes by theirs. */
  private static final Set<String> ROOTS =
      Set.of(
          "ai/onnx",
          "ai/djl/huggingface/tokenizers/jni",
          "ai/onnxruntime",
          "com/oracle",
          "dev/insitu",
          "ml/dmlc",
          "org/codehaus",
          "org/h2",
          "org/jline",
          "org/jspecify",
          "org/pentaho",
          "org/tribuo",
          "picocli");

  @TempDir Path folder;

  @BeforeAll
  static void theJarIsBuilt() {
    boolean built = Files.exists(JAR);
    if (!built) {
      System.err.println("SKIPPED DriverJarTest, " + JAR + " is made by mvn package");
    }
    assumeTrue(built, "not built");
  }

  @Test
  void nothingThatAnApplicationHasItselfIsInItsWay() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Set<String> strangers =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
              .filter(name -> ROOTS.stream().noneMatch(root -> name.startsWith(root + "/")))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(strangers).isEmpty();
      try (InputStream drivers =
          jar.getInputStream(jar.getEntry("META-INF/services/java.sql.Driver"))) {
        assertThat(new String(drivers.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .containsIgnoringWhitespaces("dev.insitu.jdbc.InsituDriver org.h2.Driver");
      }
    }
  }

  @Test
  void h2IsAsItsMakersBuiltIt() throws Exception {
    Path original =
        Path.of(JdbcConnection.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile ours = new JarFile(JAR.toFile());
        JarFile theirs = new JarFile(original.toFile())) {
      List<JarEntry> classes =
          theirs.stream().filter(entry -> entry.getName().startsWith("org/h2/")).toList();
      assertThat(classes).hasSizeGreaterThan(800);
      for (JarEntry entry : classes) {
        JarEntry copy = ours.getJarEntry(entry.getName());
        assertThat(copy).as(entry.getName()).isNotNull();
        assertThat(copy.getCrc()).as(entry.getName()).isEqualTo(entry.getCrc());
      }
    }
  }

  @Test
  void itRunsOnFourPlatformsAndCarriesNoDebugSymbols() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Set<String> names = jar.stream().map(JarEntry::getName).collect(Collectors.toSet());
      assertThat(names)
          .contains(
              "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
              "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
              "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib",
              "ai/onnxruntime/native/win-x64/onnxruntime.dll",
              "native/lib/linux-x86_64/cpu/libtokenizers.so",
              "native/lib/linux-aarch64/cpu/libtokenizers.so",
              "native/lib/osx-aarch64/cpu/libtokenizers.dylib",
              "native/lib/win-x86_64/cpu/tokenizers.dll");
      assertThat(names).noneMatch(name -> name.contains(".dSYM/") || name.endsWith(".pdb"));
    }
  }

  /**
   * As in an application server. What keeps the loaders is a shutdown hook of ONNX Runtime, nothing
   * of ours, of H2 or of Calcite: the process takes it away to see that.
   */
  @Test
  void twoClassLoadersHaveItAtOnceAndNothingOfOursKeepsThem() throws Exception {
    Path output = folder.resolve("loaders.txt");
    Path tests =
        Path.of(TwoLoaders.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path sine = Files.write(folder.resolve("sine.onnx"), SmallGraphs.sine());
    // JDK 25 remembers classes softly.
    List<String> command =
        ChildProcess.javaWith(
            tests.toString(),
            "-Xmx512m",
            "-Dinsitu.sine=" + sine,
            "-XX:SoftRefLRUPolicyMSPerMB=0",
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED");
    command.addAll(List.of(TwoLoaders.class.getName(), JAR.toString(), tests.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(said.lines().filter(LoadedApplication.ANSWER::equals)).as(said).hasSize(2);
    assertThat(said).contains("unloaded beside ONNX Runtime's hooks: 0", "unloaded: 2");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void itTrainsPredictsAndExplainsWithoutAWordOnStandardError() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("script.sql"),
            """
            CREATE TABLE t AS SELECT CAST(x AS DOUBLE PRECISION) AS a, x * 2.0 AS y, CAST(MOD(x, 2) AS BOOLEAN) AS odd
            FROM SYSTEM_RANGE(1, 1000);
            CREATE MODEL line OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT a, y FROM t;
            CREATE MODEL tree OPTIONS (model_type = 'decision_tree_classifier', input_label_cols = ['odd']) AS SELECT a, odd FROM t;
            CREATE MODEL groups OPTIONS (model_type = 'kmeans', num_clusters = 2) AS SELECT a FROM t;
            EXPLAIN PLAN FOR SELECT a, predicted_y FROM PREDICT(MODEL => 'line', DATA => TABLE t) WHERE a > 3;
            SELECT 'rows ' || COUNT(*) AS counted FROM PREDICT(MODEL => 'line', DATA => TABLE t) WHERE ABS(predicted_y - y) < 0.001;
            SELECT COUNT(DISTINCT centroid_id) AS centroids FROM PREDICT(MODEL => 'groups', DATA => TABLE t);
            """);
    File output = folder.resolve("output.txt").toFile();
    File errors = folder.resolve("errors.txt").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                JAR.toString(),
                "--url",
                "jdbc:insitu:h2:mem:jar",
                "--quiet",
                "-f",
                script.toString())
            .redirectOutput(output)
            .redirectError(errors)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(errors.toPath())).isEmpty();
    assertThat(Files.readString(output.toPath())).contains("rows 1000").contains("Predict(");
    assertThat(process.exitValue()).isZero();
  }
}
