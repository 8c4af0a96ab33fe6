import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the classes whose methods H2 calls for each row. It hands over so many values for half of
 * what it does for an array of them, and finds a method by the number of its parameters
 * (DECISIONS.md, Plain 8): so each of these functions has a method for each number of inputs, and
 * they differ in nothing else. What they do is written by hand: {@code plain.row.Rows} and {@code
 * plain.number.Entries}.
 *
 * <p>The build runs it before it compiles: {@code java EntryPoints.java DIRECTORY}. A file that is
 * as it should be is left alone, so that nothing is compiled again for it.
 */
final class EntryPoints {
  /** With more inputs than these, the others come in an array. */
  private static final int INPUTS = 15;

  /** How many functions there are of a kind: {@code FunctionKind.MOST}. */
  private static final int NUMBERS = 64;

  private EntryPoints() {}

  /**
   * A function of H2.
   *
   * @param name of its methods
   * @param parameters those before the inputs, as they are declared
   * @param call what a method calls, up to the inputs
   */
  private record Function(String name, String parameters, String call) {
    static Function numbered(int number, String entry) {
      return new Function(
          "f" + number,
          "Connection connection",
          "Entries." + entry + "(" + number + ", connection");
    }

    static Function ofModel(String name) {
      return new Function(
          name,
          "Connection connection, @Nullable String model",
          "Rows." + name + "(connection, model");
    }

    static Function ofClass(String name) {
      return new Function(
          name,
          "Connection connection, @Nullable String model, @Nullable String classText",
          "Rows." + name + "(connection, model, classText");
    }

    Stream<String> methods(String returned) {
      return IntStream.rangeClosed(0, INPUTS + 1).mapToObj(inputs -> method(returned, inputs));
    }

    private String method(String returned, int inputs) {
      String declared =
          IntStream.rangeClosed(1, inputs).mapToObj(i -> ", Value v" + i).collect(joined());
      String handed = IntStream.rangeClosed(1, inputs).mapToObj(i -> ", v" + i).collect(joined());
      if (inputs > INPUTS) {
        declared += ", Value... more";
        handed = ", Inputs.of(more" + handed + ")";
      }
      return """

            public static %s %s(%s%s) throws SQLException {
              return %s%s);
            }
          """
          .formatted(returned, name, parameters, declared, call, handed);
    }
  }

  /** A class, all of whose functions return the same type. */
  private record Entries(String path, String text, String returned, List<Function> functions) {
    static Entries numbered(String name, String sqlType, String returned, String entry) {
      return new Entries(
          "dev/insitu/plain/number/" + name,
          "The numbered functions that return " + sqlType,
          returned,
          IntStream.rangeClosed(1, NUMBERS)
              .mapToObj(number -> Function.numbered(number, entry))
              .toList());
    }

    static Entries row(String name, String function, String returned, Function only) {
      return new Entries(
          "dev/insitu/plain/row/" + name,
          "{@code " + function + "} of plain H2",
          returned,
          List.of(only));
    }

    String source() {
      int slash = path.lastIndexOf('/');
      return """
          package %s;

          import dev.insitu.plain.Inputs;
          import java.sql.Connection;
          import java.sql.SQLException;
          import org.h2.value.Value;
          import org.jspecify.annotations.Nullable;

          /** %s, for each number of inputs. Databases refer to these names. */
          public final class %s {
            private %<s() {}
          %s}
          """
          .formatted(
              path.substring(0, slash).replace('/', '.'),
              text,
              path.substring(slash + 1),
              functions.stream().flatMap(each -> each.methods(returned)).collect(joined()));
    }
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }

  public static void main(String[] arguments) throws IOException {
    for (Entries each :
        List.of(
            Entries.numbered("Text", "VARCHAR", "@Nullable String", "text"),
            Entries.numbered("Whole", "INTEGER", "@Nullable Integer", "whole"),
            Entries.numbered("BigWhole", "BIGINT", "@Nullable Long", "bigWhole"),
            Entries.numbered("DoubleNumber", "DOUBLE PRECISION", "@Nullable Double", "number"),
            Entries.numbered("Decimal", "NUMERIC", "java.math.@Nullable BigDecimal", "decimal"),
            Entries.numbered("Truth", "BOOLEAN", "@Nullable Boolean", "truth"),
            Entries.numbered("Day", "DATE", "java.time.@Nullable LocalDate", "day"),
            Entries.numbered("Moment", "TIMESTAMP", "java.time.@Nullable LocalDateTime", "moment"),
            Entries.numbered("Vector", "DOUBLE PRECISION ARRAY", "Double @Nullable []", "vector"),
            Entries.row(
                "PredictedText",
                "PREDICTION(model, ...)",
                "@Nullable String",
                Function.ofModel("text")),
            Entries.row(
                "PredictedNumber",
                "PREDICTION_NUMBER(model, ...)",
                "@Nullable Double",
                Function.ofModel("number")),
            Entries.row(
                "PredictedVector",
                "PREDICTION_VECTOR(model, ...)",
                "Double @Nullable []",
                Function.ofModel("vector")),
            Entries.row(
                "PredictedProbability",
                "PREDICTION_PROBABILITY(model, class, ...)",
                "@Nullable Double",
                Function.ofClass("probability")))) {
      write(Path.of(arguments[0], each.path() + ".java"), each.source());
    }
  }

  private static void write(Path file, String source) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(source)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
  }
}
