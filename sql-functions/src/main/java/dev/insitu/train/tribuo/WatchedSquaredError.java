package dev.insitu.train.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import dev.insitu.train.Progress;
import java.util.List;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.rtree.impurity.RegressorImpurity;

/** The mean squared error that asks whether to stop: Tribuo's CART has no other place to. */
final class WatchedSquaredError implements RegressorImpurity {
  private final MeanSquaredError error = new MeanSquaredError();
  private final WatchedGini.Watch watch;

  WatchedSquaredError(Progress progress) {
    this.watch = new WatchedGini.Watch(progress);
  }

  @Override
  public double impurity(float[] targets, float[] weights) {
    watch.tick();
    return error.impurity(targets, weights);
  }

  @Override
  public ImpurityTuple impurityTuple(int[] indices, int size, float[] targets, float[] weights) {
    watch.tick();
    return error.impurityTuple(indices, size, targets, weights);
  }

  @Override
  public ImpurityTuple impurityTuple(List<int[]> indices, float[] targets, float[] weights) {
    watch.tick();
    return error.impurityTuple(indices, targets, weights);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return error.getProvenance();
  }
}
