package dev.insitu.score.verify;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphValue;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.kernel.KernelScorer;
import dev.insitu.score.kernel.NotCovered;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads what opens a model of ours, once per process, on a second processor: while the first
 * statement of a process is read and its model fetched, two models of a few rows are opened and
 * scored. Who opens a model meanwhile does not wait, but for a class that is being initialised.
 */
public final class KernelStart {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private KernelStart() {}

  /** Begins, if nobody has and there is a processor for it. */
  public static void begin() {
    if (BEGUN.compareAndSet(false, true) && Runtime.getRuntime().availableProcessors() > 1) {
      new Loading().start();
    }
  }

  /** No lambda, whose linking would be the statement's time that began it. */
  private static final class Loading extends Thread {
    Loading() {
      super("insitu-kernel-start");
      setDaemon(true);
      setContextClassLoader(KernelStart.class.getClassLoader());
    }

    @Override
    public void run() {
      try {
        open("first-trees.onnx", "prediction", 1);
        open("first-linear.onnx", "probabilities", 2);
      } catch (IOException | NotCovered | RuntimeException | Error e) {
        System.getLogger(KernelStart.class.getName())
            .log(System.Logger.Level.DEBUG, "loading the kernels failed", e);
      }
    }
  }

  /** Opens a model and scores two rows. */
  static double[] open(String name, String output, int width) throws IOException, NotCovered {
    try (InputStream resource = KernelStart.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException("there is no " + name);
      }
      EdgeSplit edge = EdgeSplit.of(resource.readAllBytes(), output);
      List<ColumnSpec> inputs = new ArrayList<>();
      for (GraphValue input : edge.inputs()) {
        boolean text = input.type() == ElementType.STRING;
        inputs.add(
            new ColumnSpec(
                input.name(),
                text ? ColumnType.VARCHAR : ColumnType.DOUBLE,
                text ? "VARCHAR" : "DOUBLE",
                true));
      }
      KernelScorer scorer = KernelScorer.compile(edge, width, edge.unusedInputs());
      FeatureBatch features = new FeatureBatch(new ModelSignature(inputs, List.of()), 2);
      features.setRows(2);
      PredictionBatch predictions = new PredictionBatch(2, width);
      scorer.score(features, predictions);
      return predictions.scores().clone();
    }
  }
}
