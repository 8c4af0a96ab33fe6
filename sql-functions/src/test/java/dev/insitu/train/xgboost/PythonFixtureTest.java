package dev.insitu.train.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import dev.insitu.train.tree.PythonFixture;
import dev.insitu.train.xgboost.BoosterSettings.Growth;
import dev.insitu.train.xgboost.BoosterSettings.Sampling;
import dev.insitu.train.xgboost.BoosterSettings.Stopping;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares with what Python's XGBoost gave; make_fixtures.py wrote it down. */
@RequiresXGBoost
class PythonFixtureTest {
  private static final int ROWS = 1000;
  private static final int TRAINING = 800;
  private static final BoosterSettings BOOSTED =
      new BoosterSettings(
          12, 1, 0.3, new Growth(4, 0, 1, 0, 1, "hist", 256), Sampling.NONE, Stopping.NEVER, 1, 1);

  @Test
  void boostedTreesPredictAsThoseOfPython() throws IOException {
    assertThat(predict(new BoosterTrainer(BOOSTED), 1))
        .containsExactly(PythonFixture.numbers("boosted_regressor"), within(1e-4));
    double[] two = predict(new BoosterTrainer(BOOSTED), 2);
    assertThat(IntStream.range(0, ROWS - TRAINING).mapToDouble(i -> two[2 * i + 1]).toArray())
        .containsExactly(PythonFixture.numbers("boosted_two"), within(1e-6));
    assertThat(predict(new BoosterTrainer(BOOSTED), 3))
        .containsExactly(PythonFixture.numbers("boosted_three"), within(1e-6));
  }

  private static double[] predict(Trainer trainer, int classes) {
    Task task = BoosterTrainerTest.task(classes);
    FittedModel model =
        trainer.train(
            task, PythonFixture.rows(0, TRAINING, classes), Optional.empty(), Progress.NONE);
    return model.predict(PythonFixture.rows(TRAINING, ROWS, classes), 0, ROWS - TRAINING);
  }
}
