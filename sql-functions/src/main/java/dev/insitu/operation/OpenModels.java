package dev.insitu.operation;

import dev.insitu.model.ModelVersion;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerCache;
import dev.insitu.score.ScorerSource;
import dev.insitu.score.verify.Scorers;
import dev.insitu.store.VersionCache;

/**
 * The models that this process has open, one copy of each: the driver's connections and the
 * functions that plain H2 calls share them. A database is told by {@code
 * PredictionSession.identity()}.
 */
public final class OpenModels {
  private static final ScorerCache SCORERS = Scorers.cache();
  private static final VersionCache VERSIONS = new VersionCache(256, 64L << 20);

  private OpenModels() {}

  /** Returns what scores, by database and version. */
  public static ScorerCache scorers() {
    return SCORERS;
  }

  /** Returns what is known of versions, by database and name. */
  public static VersionCache versions() {
    return VERSIONS;
  }

  /** Returns the scorers of one database. */
  public static ScorerSource scorersOf(String database) {
    return new DatabaseScorers(database);
  }

  /** Lets go of everything of a database that is closed. */
  public static void forget(String database) {
    SCORERS.forget(database);
    VERSIONS.forget(database);
  }

  private record DatabaseScorers(String database) implements ScorerSource {
    @Override
    public Scorer scorer(ModelVersion version) {
      return SCORERS.scorer(database, version);
    }

    @Override
    public void dropped(long versionId) {
      SCORERS.forget(database, versionId);
    }
  }
}
