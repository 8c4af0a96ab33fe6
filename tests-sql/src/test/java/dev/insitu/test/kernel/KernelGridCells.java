package dev.insitu.test.kernel;

import dev.insitu.test.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The program that {@link KernelGrid} runs for the models of one kind, width and depth. */
final class KernelGridCells {
  static final String HEAD =
      "inputs,features,trees,depth,rows,contender,rows_per_cpu_second,kernel_is_faster,"
          + "least,greatest,scores,machine";

  /** Names in the file of those that a kernel is compared with. */
  static final List<String> RIVALS =
      List.of("ONNX Runtime matrix", "ONNX Runtime columns", "XGBoost");

  private static final int LEAVES = 512;

  /** For a number of flags how many texts they are of, as many categories each. */
  private static final Map<Integer, Integer> TEXTS = Map.of(10, 2, 28, 4, 100, 4, 500, 10);

  private final Path csv;
  private final String kind;
  private final int features;
  private final int depth;
  private final String mark = Machine.mark().replace(',', ' ');

  private KernelGridCells(Path csv, String kind, int features, int depth) {
    this.csv = csv;
    this.kind = kind;
    this.features = features;
    this.depth = depth;
  }

  public static void main(String[] arguments) throws IOException {
    KernelGridCells cells =
        new KernelGridCells(
            Path.of(arguments[0]),
            arguments[1],
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    for (int trees : numbers(arguments[4])) {
      cells.run(trees, numbers(arguments[5]));
    }
  }

  private static int[] numbers(String list) {
    return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private void run(int trees, int[] rows) throws IOException {
    List<String> known = Files.readAllLines(csv);
    int[] missing =
        Arrays.stream(rows)
            .filter(count -> known.stream().noneMatch(line -> line.startsWith(cell(trees, count))))
            .toArray();
    if (missing.length == 0) {
      return;
    }
    RandomForest forest = forest(trees);
    BenchModel model =
        kind.equals("flags")
            ? BenchModel.flagTrees("flags", texts(), features / texts(), forest)
            : BenchModel.trees("numbers", forest, true);
    for (int count : missing) {
      List<String> lines = new ArrayList<>();
      try (Paired paired = new Paired(model, count)) {
        for (Paired.Result result : paired.results()) {
          lines.add(
              cell(trees, count)
                  + String.format(
                      Locale.ROOT,
                      "%s,%.0f,%.2f,%.2f,%.2f,%s,%s",
                      name(result.contender()),
                      1e6 / result.micros(),
                      result.ratio(),
                      result.least(),
                      result.greatest(),
                      result.agreement(),
                      mark));
        }
      }
      Files.write(csv, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
  }

  private RandomForest forest(int trees) {
    boolean flags = kind.equals("flags");
    if (depth == 0) {
      return flags
          ? RandomForest.byLeafOfFlags(trees, LEAVES, features, 7)
          : RandomForest.byLeaf(trees, LEAVES, features, 7);
    }
    return flags
        ? RandomForest.completeOfFlags(trees, depth, features, 7)
        : RandomForest.complete(trees, depth, features, 7);
  }

  private int texts() {
    return TEXTS.getOrDefault(features, 1);
  }

  private String cell(int trees, int rows) {
    return kind + "," + features + "," + trees + "," + depth + "," + rows + ",";
  }

  /** Versions are the machine's. */
  private static String name(String contender) {
    if (contender.startsWith("ONNX Runtime")) {
      return contender.endsWith("columns") ? RIVALS.get(1) : RIVALS.get(0);
    }
    return contender.startsWith("xgboost4j") ? RIVALS.get(2) : contender;
  }
}
