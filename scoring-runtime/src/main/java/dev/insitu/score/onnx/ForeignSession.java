package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Attachment;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.ExecutableGraph;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputErrors;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.text.TextTokenizer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * A graph of others, open in ONNX Runtime and fed from columns. Thread-safe; {@link #close()} frees
 * the session once no run is under way.
 */
public final class ForeignSession implements AutoCloseable {
  private final GraphBinding binding;
  private final int block;
  private final InputErrors errors;
  private final OrtSession session;
  private final @Nullable TextTokenizer tokenizer;
  private final Usage usage = new Usage(this::free);
  private final Deque<InputFeeds> pool = new ConcurrentLinkedDeque<>();

  private ForeignSession(
      GraphBinding binding,
      int block,
      ModelSignature signature,
      OrtSession session,
      @Nullable TextTokenizer tokenizer) {
    this.binding = binding;
    this.block = block;
    this.errors = new InputErrors(signature);
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /**
   * Opens a session.
   *
   * @param tokenizer the tokenizer's file, if the binding wants tokens
   * @throws MlException ENGINE, OPERATOR_SET_TOO_NEW, OPERATOR_NOT_SUPPORTED, NATIVE_LIBRARY,
   *     TOKENIZER, UNSAFE_MODEL, SCORING_LIMIT
   * @throws CancellationException if it was cancelled
   */
  public static ForeignSession open(
      ForeignModel model,
      GraphBinding binding,
      ModelSignature signature,
      Optional<Attachment> tokenizer,
      Cancellation cancellation) {
    int block = BlockRows.of(model, binding);
    byte[] graph =
        ExecutableGraph.write(model, binding.feeds(), binding.fetches(), binding.runBytes());
    TextTokenizer opened = tokenizer(binding, tokenizer);
    boolean open = false;
    try {
      ForeignSession session =
          new ForeignSession(
              binding,
              block,
              signature,
              SessionOpening.open(graph, binding.threads(), cancellation, limits(binding)),
              opened);
      open = true;
      return session;
    } catch (OrtException e) {
      throw limits(binding).exceeded(e).orElseGet(() -> LoadErrors.of(model, e));
    } finally {
      if (!open && opened != null) {
        opened.close();
      }
    }
  }

  private static @Nullable TextTokenizer tokenizer(
      GraphBinding binding, Optional<Attachment> file) {
    TextStep text = binding.text();
    if (text == null) {
      return null;
    }
    Attachment attachment =
        file.orElseThrow(
            () ->
                MlException.of(
                    ErrorCode.STORE_DAMAGED, "attachment " + TextTokenizer.ATTACHMENT + " lacks"));
    return TextTokenizer.open(
        "\"" + attachment.name() + "\"", attachment.bytes(), text.maxLength());
  }

  private static RunWatch.Limits limits(GraphBinding binding) {
    return new RunWatch.Limits(binding.runMillis(), binding.runBytes());
  }

  /** Returns how many rows one run takes at most. */
  public int rowsPerRun() {
    return block;
  }

  /**
   * Runs the graph once.
   *
   * @param first the first row
   * @param count how many, at most {@link #rowsPerRun()}
   * @return each wanted output; of a graph of a fixed number of rows with as many rows as that
   * @throws MlException NULL_INPUT, INPUT_VALUE, ENGINE, SCORING_LIMIT
   * @throws CancellationException if it was cancelled
   */
  public List<RawOutput> run(
      FeatureBatch features, int first, int count, Cancellation cancellation) {
    int padded = binding.rowsPerRun() == 0 ? count : binding.rowsPerRun();
    usage.begin();
    try {
      InputFeeds feeds = feeds(padded);
      List<RawOutput> outputs = run(feeds, features, first, count, padded, cancellation);
      if (padded <= rowsPerRun()) {
        pool.push(feeds); // those of a run that failed are not used again
      }
      return outputs;
    } catch (OrtException e) {
      throw limits(binding).exceeded(e).orElseGet(() -> OnnxRuntime.failure("score a batch", e));
    } finally {
      usage.end();
    }
  }

  private List<RawOutput> run(
      InputFeeds feeds,
      FeatureBatch features,
      int first,
      int count,
      int padded,
      Cancellation cancellation)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      feeds.fill(tensors, features, first, count, padded);
      try (RunWatch.Run run = RunWatch.begin(cancellation, limits(binding))) {
        try (OrtSession.Result result = session.run(tensors, run.options())) {
          List<RawOutput> outputs = new ArrayList<>();
          for (int i = 0; i < binding.outputs().size(); i++) {
            String name = binding.fetches().get(i).name();
            OutputBinding wanted = binding.outputs().get(i);
            RawOutput raw = output((OnnxTensor) result.get(name).orElseThrow(), wanted.carrier());
            outputs.add(Pooled.of(wanted, raw, feeds.tokens(), count));
          }
          return outputs;
        } catch (OrtException e) {
          if (run.reason() != RunWatch.Reason.NONE) {
            throw limits(binding).error(run.reason(), "one run");
          }
          throw e;
        }
      }
    } finally {
      OnnxValue.close(tensors);
    }
  }

  private static RawOutput output(OnnxTensor tensor, Carrier carrier) throws OrtException {
    TensorInfo info = tensor.getInfo();
    double[] numbers = {};
    long[] integers = {};
    String[] texts = {};
    if (carrier == Carrier.TEXT) {
      texts = texts(tensor.getValue());
    } else if (carrier == Carrier.INT64) {
      LongBuffer buffer = tensor.getLongBuffer();
      integers = new long[buffer.remaining()];
      buffer.get(integers);
    } else {
      numbers = numbers(tensor, carrier);
    }
    return new RawOutput(carrier, info.getShape(), numbers, integers, texts);
  }

  private static double[] numbers(OnnxTensor tensor, Carrier carrier) {
    if (carrier == Carrier.FLOAT16) {
      FloatBuffer halves = tensor.getFloatBuffer();
      double[] numbers = new double[halves.remaining()];
      Arrays.setAll(numbers, halves::get);
      return numbers;
    }
    DoubleBuffer buffer = tensor.getDoubleBuffer();
    double[] numbers = new double[buffer.remaining()];
    buffer.get(numbers);
    return numbers;
  }

  private static String[] texts(Object value) {
    List<String> texts = new ArrayList<>();
    collect(value, texts);
    return texts.toArray(String[]::new);
  }

  private static void collect(Object value, List<String> texts) {
    if (value instanceof Object[] several) {
      for (Object one : several) {
        collect(one, texts);
      }
    } else {
      texts.add((String) value);
    }
  }

  private InputFeeds feeds(int rows) {
    InputFeeds pooled = pool.poll();
    return pooled != null
        ? pooled
        : InputFeeds.of(binding, errors, tokenizer, Math.max(rows, rowsPerRun()));
  }

  @Override
  public void close() {
    usage.close();
  }

  private void free() {
    pool.clear();
    if (tokenizer != null) {
      tokenizer.close();
    }
    try {
      session.close();
    } catch (OrtException e) {
      throw OnnxRuntime.failure("close a session", e);
    }
  }
}
