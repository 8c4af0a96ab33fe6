package dev.insitu.test.kernel;

import dev.insitu.score.FeatureBatch;
import java.util.List;

/** Who else can score a model. Found as a service: rivals with native code are not always there. */
public interface Rivals {
  /** Opens those that can score a model, with the rows that they will be asked for. */
  List<Contender> of(BenchModel model, List<FeatureBatch> rows);
}
