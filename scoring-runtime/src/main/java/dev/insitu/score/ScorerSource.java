package dev.insitu.score;

import dev.insitu.model.ModelVersion;

/** Where the scorers of one database come from. */
public interface ScorerSource {
  /**
   * Opens or finds the scorer of a version; it needs no closing.
   *
   * @throws dev.insitu.error.MlException of the opener
   */
  Scorer scorer(ModelVersion version);

  /** Says that a version has been dropped: its scorer is closed once no batch is under way. */
  void dropped(long versionId);
}
