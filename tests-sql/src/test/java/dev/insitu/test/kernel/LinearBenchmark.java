package dev.insitu.test.kernel;

/** How long does a batch take by a logistic regression with one-hot inputs? */
public class LinearBenchmark extends KernelBenchmark {
  @Override
  BenchModel model() {
    return BenchModel.logistic("logistic", 8, 10, 50, 120, 500);
  }
}
