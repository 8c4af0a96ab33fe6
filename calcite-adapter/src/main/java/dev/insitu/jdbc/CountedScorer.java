package dev.insitu.jdbc;

import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.ScoreMemo;
import dev.insitu.score.Scorer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A scorer that counts its rows. */
record CountedScorer(Scorer scorer, LongAdder rows) implements Scorer {
  @Override
  public int width() {
    return scorer.width();
  }

  @Override
  public String engine() {
    return scorer.engine();
  }

  @Override
  public Set<Integer> unusedInputs() {
    return scorer.unusedInputs();
  }

  @Override
  public @Nullable ScoreMemo memo(List<Integer> columns) {
    return scorer.memo(columns);
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions) {
    score(features, predictions, Cancellation.NEVER);
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
    rows.add(features.rows());
    scorer.score(features, predictions, cancellation);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
