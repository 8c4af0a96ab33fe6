package dev.insitu.test.kernel;

/** How long does a batch take by 100 trees of 31 leaves, grown leaf by leaf? */
public class LeavesBenchmark extends KernelBenchmark {
  @Override
  BenchModel model() {
    return BenchModel.trees("leaves", RandomForest.byLeaf(100, 31, 28, 2), false);
  }
}
