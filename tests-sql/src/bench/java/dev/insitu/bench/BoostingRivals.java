package dev.insitu.bench;

import dev.insitu.score.FeatureBatch;
import dev.insitu.test.kernel.BenchModel;
import dev.insitu.test.kernel.Contender;
import dev.insitu.test.kernel.RandomForest;
import dev.insitu.test.kernel.Rivals;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.IOException;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost for trees in float32, LightGBM for trees in float64. */
public final class BoostingRivals implements Rivals {
  /** A larger model is gigabytes while XGBoost reads its text. */
  private static final int MOST_NODES = 1_100_000;

  @Override
  public List<Contender> of(BenchModel model, List<FeatureBatch> rows) {
    RandomForest forest = model.forest();
    if (forest == null || forest.nodes() > MOST_NODES) {
      return List.of();
    }
    try {
      return List.of(
          model.single()
              ? new XgboostContender(forest, rows)
              : new LightgbmContender(forest, rows));
    } catch (XGBoostError | LGBMException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the numbers of a batch, row by row. */
  static float[] matrix(FeatureBatch batch, int columns) {
    float[] matrix = new float[batch.rows() * columns];
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = 0; i < columns; i++) {
        matrix[row * columns + i] = (float) batch.numbers(i)[row];
      }
    }
    return matrix;
  }
}
