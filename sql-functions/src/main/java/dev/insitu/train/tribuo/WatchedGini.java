package dev.insitu.train.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import dev.insitu.train.Progress;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.dtree.impurity.LabelImpurity;

/** Gini's impurity that asks whether to stop: Tribuo's CART has no other place to. */
final class WatchedGini implements LabelImpurity {
  private final GiniIndex gini = new GiniIndex();
  private final Watch watch;

  WatchedGini(Progress progress) {
    this.watch = new Watch(progress);
  }

  @Override
  public double impurityNormed(double[] shares) {
    watch.tick();
    return gini.impurityNormed(shares);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return gini.getProvenance();
  }

  /** Counts calls and reports each 1024th. Confined to one thread. */
  static final class Watch {
    private static final long CALLS_A_STEP = 1024;

    private final Progress progress;
    private long calls;

    Watch(Progress progress) {
      this.progress = progress;
    }

    void tick() {
      if (calls++ % CALLS_A_STEP == 0) {
        progress.step("training", calls / CALLS_A_STEP, -1);
      }
    }
  }
}
