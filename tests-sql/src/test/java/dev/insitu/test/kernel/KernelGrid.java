package dev.insitu.test.kernel;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Where are kernels faster than ONNX Runtime, and where not? A grid of trees, depths, features and
 * rows a batch, and trees over the flags of texts. A command: {@code mvn -Dquick -Pbench -pl
 * tests-sql -am test -Dtest=KernelGrid -Dsurefire.failIfNoSpecifiedTests=false}; the whole grid
 * with {@code -Dinsitu.grid.trees=1,10,100,500,2000 -Dinsitu.grid.depths=3,6,8,10,0
 * -Dinsitu.grid.features=10, 28,100,500 -Dinsitu.grid.rows=1,64,1024,16384}. Depth 0 is trees of
 * 512 leaves that grow leaf by leaf.
 */
class KernelGrid {
  private static final int LEAVES = 512;

  @Test
  void grid() {
    StringBuilder table = new StringBuilder(Machine.line()).append(Paired.head());
    for (int features : numbers("features", "28")) {
      for (int depth : numbers("depths", "3,6,10,0")) {
        for (int trees : numbers("trees", "1,100,500")) {
          RandomForest forest =
              depth == 0
                  ? RandomForest.byLeaf(trees, LEAVES, features, 7)
                  : RandomForest.complete(trees, depth, features, 7);
          String name =
              trees
                  + " × depth "
                  + (depth == 0 ? forest.depth() + " (" + LEAVES + " leaves)" : depth)
                  + ", "
                  + features
                  + " features";
          table.append(lines(BenchModel.trees(name, forest, true)));
        }
      }
    }
    table.append(
        lines(BenchModel.flagTrees("100 × depth 6, 4 texts one-hot, 200 flags", 4, 50, 100, 6)));
    Machine.report(table.toString());
  }

  private static String lines(BenchModel model) {
    StringBuilder lines = new StringBuilder();
    for (int rows : numbers("rows", "1,1024")) {
      try (Paired paired = new Paired(model, rows)) {
        lines.append(paired.measure());
      }
    }
    return lines.toString();
  }

  private static int[] numbers(String name, String usually) {
    return Arrays.stream(System.getProperty("insitu.grid." + name, usually).split(","))
        .mapToInt(number -> Integer.parseInt(number.strip()))
        .toArray();
  }
}
