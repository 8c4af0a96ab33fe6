package dev.insitu.test.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.kernel.KernelScorer;
import dev.insitu.score.kernel.NotCovered;
import dev.insitu.score.onnx.OnnxRuntimeScorer;
import java.util.List;
import java.util.Set;

/** A scorer of ours over columns: kernels, or ONNX Runtime with reused direct buffers. */
final class ScorerContender implements Contender {
  private final String name;
  private final Scorer scorer;
  private final List<FeatureBatch> rows;
  private final int inputs;
  private final PredictionBatch scores;

  /** Where single rows are written to, as a statement does that is executed again and again. */
  private final FeatureBatch reused;

  /** The numbers of single rows. */
  private final double[][] compact;

  private ScorerContender(String name, Scorer scorer, BenchModel model, List<FeatureBatch> rows) {
    this.name = name;
    this.scorer = scorer;
    this.rows = rows;
    this.inputs = model.numbers() + model.categories().length;
    this.scores = new PredictionBatch(rows.get(0).capacity(), model.width());
    this.reused = model.rows(1, 1).get(0);
    boolean single = rows.get(0).rows() == 1;
    this.compact = new double[single ? rows.size() : 0][model.numbers()];
    for (int row = 0; row < compact.length; row++) {
      for (int i = 0; i < model.numbers(); i++) {
        compact[row][i] = rows.get(row).numbers(i)[0];
      }
    }
  }

  static ScorerContender kernel(BenchModel model, List<FeatureBatch> rows) {
    Scorer scorer = kernel(model);
    return new ScorerContender(scorer.engine(), scorer, model, rows);
  }

  static ScorerContender onnx(BenchModel model, List<FeatureBatch> rows) {
    Scorer scorer = onnx(model);
    return new ScorerContender(scorer.engine() + ", columns", scorer, model, rows);
  }

  /** Makes a model ready, from its bytes. */
  static Scorer kernel(BenchModel model) {
    try {
      EdgeSplit edge = EdgeSplit.of(model.graph(), model.output());
      return KernelScorer.compile(edge, model.width(), Set.of());
    } catch (NotCovered e) {
      throw new IllegalStateException("no kernel: " + e.reason(), e);
    }
  }

  /** Makes a model ready, from its bytes. */
  static Scorer onnx(BenchModel model) {
    EdgeSplit edge = EdgeSplit.of(model.graph(), model.output());
    return OnnxRuntimeScorer.open(edge, model.signature(), model.width());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(int batch) {
    if (compact.length == 0) {
      scorer.score(rows.get(batch), scores);
      return;
    }
    double[] row = compact[batch];
    for (int i = 0; i < row.length; i++) {
      reused.numbers(i)[0] = row[i];
    }
    for (int i = row.length; i < inputs; i++) {
      reused.texts(i)[0] = rows.get(batch).texts(i)[0];
    }
    scorer.score(reused, scores);
  }

  @Override
  public double[] scores() {
    return scores.scores();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
