package dev.insitu.jdbc;

import dev.insitu.model.ModelVersion;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerCache;
import dev.insitu.score.ScorerSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * The scorers of one database, shared with all its connections in this process, that count the rows
 * of one connection.
 */
record CountedScorers(ScorerCache cache, String database, LongAdder rows) implements ScorerSource {
  @Override
  public Scorer scorer(ModelVersion version) {
    return new CountedScorer(cache.scorer(database, version), rows);
  }

  @Override
  public void dropped(long versionId) {
    cache.forget(database, versionId);
  }
}
