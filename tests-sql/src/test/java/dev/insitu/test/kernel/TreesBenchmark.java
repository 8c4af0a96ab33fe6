package dev.insitu.test.kernel;

import org.openjdk.jmh.annotations.Param;

/** How long does a batch take by trees of depth 6 over 28 columns? */
public class TreesBenchmark extends KernelBenchmark {
  /** How many trees. */
  @Param({"100", "500"})
  public int trees;

  @Override
  BenchModel model() {
    return BenchModel.trees("trees", RandomForest.complete(trees, 6, 28, 1), true);
  }
}
