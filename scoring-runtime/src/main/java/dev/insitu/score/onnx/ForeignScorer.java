package dev.insitu.score.onnx;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Attachment;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.OutputBinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores by a graph that somebody else made. Thread-safe. */
public final class ForeignScorer implements Scorer {
  private final ForeignSession session;
  private final GraphBinding binding;
  private final String engine;

  /** For each output that is a label, the index of the class by what the graph answers. */
  private final Map<OutputBinding, Map<String, Integer>> classes = new HashMap<>();

  private ForeignScorer(ForeignSession session, GraphBinding binding, String why) {
    this.engine = OnnxRuntime.engine(why);
    this.session = session;
    this.binding = binding;
    for (OutputBinding output : binding.outputs()) {
      if (output instanceof OutputBinding.Label label) {
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < label.classes().size(); i++) {
          indices.put(label.classes().get(i), i);
        }
        classes.put(output, indices);
      }
    }
  }

  /**
   * Opens a scorer.
   *
   * @param tokenizer the tokenizer's file, if the binding wants tokens
   * @throws MlException ENGINE, OPERATOR_SET_TOO_NEW, OPERATOR_NOT_SUPPORTED, NATIVE_LIBRARY,
   *     TOKENIZER
   */
  public static ForeignScorer open(
      ForeignModel model,
      GraphBinding binding,
      ModelSignature signature,
      Optional<Attachment> tokenizer,
      Cancellation cancellation) {
    return open(model, binding, signature, tokenizer, "", cancellation);
  }

  /**
   * Opens a scorer.
   *
   * @param tokenizer the tokenizer's file, if the binding wants tokens
   * @param why why not another engine, empty if nobody asks
   */
  public static ForeignScorer open(
      ForeignModel model,
      GraphBinding binding,
      ModelSignature signature,
      Optional<Attachment> tokenizer,
      String why,
      Cancellation cancellation) {
    return new ForeignScorer(
        ForeignSession.open(model, binding, signature, tokenizer, cancellation), binding, why);
  }

  @Override
  public int width() {
    return binding.width();
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions) {
    score(features, predictions, Cancellation.NEVER);
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
    if (predictions.width() != width()) {
      throw new IllegalArgumentException(
          "a batch of width " + predictions.width() + " cannot take rows of " + width());
    }
    int rows = features.rows();
    int step = session.rowsPerRun();
    for (int first = 0; first < rows; first += step) {
      int count = Math.min(step, rows - first);
      List<RawOutput> outputs = session.run(features, first, count, cancellation);
      int score = 0;
      int text = 0;
      int integer = 0;
      for (int i = 0; i < outputs.size(); i++) {
        OutputBinding output = binding.outputs().get(i);
        RawOutput raw = outputs.get(i);
        if (output instanceof OutputBinding.Numbers numbers) {
          expect(output, raw, count, numbers.width());
          copy(raw, numbers.width(), predictions, first, count, score);
        } else if (output instanceof OutputBinding.Classes several) {
          expect(output, raw, count, several.width());
          Probabilities.write(several, raw, predictions, first, count, score);
        } else if (output instanceof OutputBinding.Texts) {
          expect(output, raw, count, 1);
          System.arraycopy(raw.texts(), 0, predictions.texts(text++), first, count);
        } else if (output instanceof OutputBinding.Integers) {
          expect(output, raw, count, 1);
          System.arraycopy(raw.integers(), 0, predictions.integers(integer++), first, count);
        } else if (output instanceof OutputBinding.Label label) {
          expect(output, raw, count, 1);
          label(label, raw, predictions, first, count);
        }
        score += output.scores();
      }
    }
    predictions.setRows(rows);
  }

  private static void copy(
      RawOutput raw, int width, PredictionBatch predictions, int first, int count, int score) {
    double[] target = predictions.scores();
    for (int row = 0; row < count; row++) {
      int at = (first + row) * predictions.width() + score;
      for (int j = 0; j < width; j++) {
        target[at + j] = raw.number(row * width + j);
      }
    }
  }

  private void label(
      OutputBinding.Label label, RawOutput raw, PredictionBatch predictions, int first, int count) {
    Map<String, Integer> indices = classes.getOrDefault(label, Map.of());
    int[] target = predictions.labels();
    for (int row = 0; row < count; row++) {
      Integer index = indices.get(raw.text(row));
      if (index == null) {
        throw label.unknown(raw.text(row));
      }
      target[first + row] = index;
    }
  }

  private void expect(OutputBinding output, RawOutput raw, int count, int width) {
    int rows = binding.rowsPerRun() == 0 ? count : binding.rowsPerRun();
    if (raw.size() != rows * width) {
      throw MlException.of(
          ErrorCode.ENGINE,
          "score a batch",
          "output \""
              + output.value()
              + "\" is "
              + raw
              + ", not "
              + width
              + " for each of "
              + rows
              + " rows");
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
