package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.catalogue.Argument;
import dev.insitu.catalogue.FunctionCatalogue;
import dev.insitu.catalogue.FunctionEntry;
import dev.insitu.error.ErrorCode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of functions says what there is. */
class CatalogueTest {
  private static final Path REFERENCE = Path.of("sql-functions/FUNCTIONS.md");

  private static final Pattern FUNCTION = Pattern.compile("INSITU\\.([A-Z_]+)");

  static Stream<FunctionEntry> entries() {
    return FunctionCatalogue.get().entries().stream();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyFunctionHasAMethodForEveryNumberOfArguments(FunctionEntry entry) throws Exception {
    int dot = entry.method().lastIndexOf('.');
    String name = entry.method().substring(dot + 1);
    List<Method> methods =
        Arrays.stream(Class.forName(entry.method().substring(0, dot)).getMethods())
            .filter(method -> method.getName().equals(name))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .toList();
    int most = (int) entry.arguments().stream().filter(argument -> !argument.repeated()).count();
    int least = (int) entry.arguments().stream().filter(argument -> !argument.isOptional()).count();
    for (int i = least; i <= most; i++) {
      int given = i;
      assertThat(methods)
          .as(entry.name() + " of " + given)
          .anyMatch(method -> takes(method, given));
    }
    boolean repeated = entry.arguments().stream().anyMatch(Argument::repeated);
    assertThat(methods.stream().anyMatch(method -> takes(method, most + 3))).isEqualTo(repeated);
  }

  /** Errors that no script raises, each with a test that does, if by a function beside it. */
  private static final Map<String, String> RAISED_IN_JAVA =
      Map.of(
          "INSTALL ML026", "InstallationTest",
          "INSTALL ML051", "StoreSchemaTest",
          "CREATE_FUNCTION ML085", "NamedFunctionTest",
          "PREDICTION_VECTOR ML020", "PlainScalarTest",
          "PREDICTION_VECTOR ML021", "PlainScalarTest");

  @ParameterizedTest
  @MethodSource("entries")
  void everyErrorOfAFunctionIsRaisedByAScript(FunctionEntry entry) throws IOException {
    Set<String> raised = new HashSet<>(RAISED_IN_JAVA.keySet());
    for (String script : List.of(entry.script(), "plain/errors.iq")) {
      raised.addAll(raised(ScriptTest.SCRIPTS.resolve(script)));
    }
    assertThat(raised)
        .containsAll(entry.errors().stream().map(code -> entry.name() + " " + code).toList());
  }

  /** Returns the functions of statements of a script, each with the code of its error. */
  private static Set<String> raised(Path script) throws IOException {
    Set<String> raised = new HashSet<>();
    StringBuilder statement = new StringBuilder();
    for (String line : Files.readAllLines(script)) {
      if (line.matches("ML[0-9]{3}: .*")) {
        String code = line.substring(0, 5);
        FUNCTION.matcher(statement).results().forEach(f -> raised.add(f.group(1) + " " + code));
      }
      if (line.startsWith("!")) {
        statement.setLength(0);
      } else {
        statement.append(line).append(' ');
      }
    }
    return raised;
  }

  private static boolean takes(Method method, int given) {
    int parameters =
        (int)
            Arrays.stream(method.getParameterTypes())
                .filter(type -> type != Connection.class)
                .count();
    return method.isVarArgs() ? given >= parameters - 1 : given == parameters;
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyFunctionHasAScriptWithItsExample(FunctionEntry entry) throws IOException {
    assertThat(Files.readString(ScriptTest.SCRIPTS.resolve(entry.script())))
        .contains(entry.example());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyErrorIsACode(FunctionEntry entry) {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState))
        .containsAll(entry.errors());
    assertThat(entry.errors()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void noTwoFunctionsHaveOneNameAndScriptsBelongToFunctions() throws IOException {
    assertThat(entries().map(FunctionEntry::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Z_]+"));
    assertThat(entries().map(FunctionEntry::script)).allMatch(name -> name.startsWith("plain/"));
  }

  @Test
  void theCatalogueIsOfThisVersion() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<version>" + FunctionCatalogue.get().version() + "-SNAPSHOT</version>");
  }

  @Test
  void theReferenceIsMadeFromTheCatalogue() throws IOException {
    String made = FunctionCatalogue.get().reference();
    if (Boolean.getBoolean("insitu.accept")) {
      Files.writeString(REFERENCE, made);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(made);
  }
}
