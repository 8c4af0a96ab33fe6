package dev.insitu.imported;

import dev.insitu.score.Cancellation;
import dev.insitu.train.Progress;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an import or an evaluation has been cancelled or has timed out, asked by another thread
 * while an engine is busy. The database tells so once, so the answer is kept.
 */
public final class ImportStop implements Cancellation {
  private final Progress progress;
  private volatile @Nullable CancellationException reason;

  /** Makes one that asks a run. */
  public ImportStop(Progress progress) {
    this.progress = progress;
  }

  @Override
  public boolean isCancelled() {
    if (reason == null) {
      try {
        progress.check();
      } catch (CancellationException e) {
        reason = e;
      }
    }
    return reason != null;
  }

  /** Returns what stopped the graph. */
  public CancellationException reason(CancellationException otherwise) {
    CancellationException known = reason;
    return known == null ? otherwise : known;
  }
}
