package dev.insitu.test.kernel;

/** How long does a batch take by eight centroids? */
public class ClustersBenchmark extends KernelBenchmark {
  @Override
  BenchModel model() {
    return BenchModel.clusters("clusters", 28, 8);
  }
}
