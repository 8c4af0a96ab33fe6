package dev.insitu.score.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KernelStartTest {
  @Test
  void theTreesScore() throws Exception {
    double[] scores = KernelStart.open("first-trees.onnx", "prediction", 1);

    assertThat(scores).hasSize(2);
    assertThat(scores[0]).isBetween(0.0, 2.0);
  }

  @Test
  void theLinearModelScores() throws Exception {
    double[] scores = KernelStart.open("first-linear.onnx", "probabilities", 2);

    assertThat(scores[0] + scores[1]).isCloseTo(1, within(1e-12));
    assertThat(scores[0]).isBetween(0.01, 0.99);
  }
}
