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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of functions says what there is. */
class CatalogueTest {
  private static final Path REFERENCE = Path.of("sql-functions/FUNCTIONS.md");

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
