package dev.insitu.test.kernel;

import org.openjdk.jmh.annotations.Param;

/** How long does a single row take by trees of depth 6 over 28 columns? */
public class OneRowBenchmark extends KernelBenchmark {
  /** How many trees. */
  @Param({"100", "500"})
  public int trees;

  @Override
  int rows() {
    return 1;
  }

  @Override
  BenchModel model() {
    return BenchModel.trees("trees", RandomForest.complete(trees, 6, 28, 1), true);
  }
}
