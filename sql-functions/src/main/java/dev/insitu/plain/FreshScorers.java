package dev.insitu.plain;

import dev.insitu.model.ModelVersion;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerSource;
import dev.insitu.score.verify.Scorers;

/** Opens a scorer whenever one is wanted and keeps none: functions here do not predict. */
enum FreshScorers implements ScorerSource {
  INSTANCE;

  @Override
  public Scorer scorer(ModelVersion version) {
    return Scorers.open(version);
  }

  @Override
  public void dropped(long versionId) {}
}
