package dev.insitu.jdbc;

import dev.insitu.model.ModelVersion;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerSource;
import java.util.concurrent.atomic.LongAdder;

/** The scorers of a database, which count the rows of one connection. */
record CountedScorers(ScorerSource scorers, LongAdder rows) implements ScorerSource {
  @Override
  public Scorer scorer(ModelVersion version) {
    return new CountedScorer(scorers.scorer(version), rows);
  }

  @Override
  public void dropped(long versionId) {
    scorers.dropped(versionId);
  }
}
