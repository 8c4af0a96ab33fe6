package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.onnx.ForeignSession;
import dev.insitu.score.onnx.RawOutput;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a graph on made-up rows, to see what it really answers: declared shapes are hints only (some
 * classifiers declare [1] and give [N]).
 *
 * <p>Row 0 is all zeros and empty texts, row 1 ones and "a", row 2 halves (ones where whole numbers
 * are wanted) and "b"; texts that become tokens have three lengths, pictures are black, white and
 * striped; where an encoder of the graph lists the values that it knows, the first of these.
 */
final class Trial implements AutoCloseable {
  /** How many made-up rows there are. */
  static final int ROWS = 3;

  private static final int MOST_TRIED = 1000;

  private final InputPlan plan;
  private final ModelSignature signature;
  private final ForeignSession session;
  private final Cancellation cancellation;

  private Trial(
      InputPlan plan, ModelSignature signature, ForeignSession session, Cancellation cancellation) {
    this.plan = plan;
    this.signature = signature;
    this.session = session;
    this.cancellation = cancellation;
  }

  /** Opens the graph with all NULLs allowed. */
  static Trial open(
      ForeignModel model,
      InputPlan plan,
      List<OutputBinding> outputs,
      int rowsPerRun,
      ImportOptions options,
      Cancellation cancellation) {
    // The outputs are the session's own business; a signature must have some.
    ModelSignature signature = new ModelSignature(plan.columns(), plan.columns());
    List<NullRule> nulls =
        plan.columns().stream()
            .map(c -> c.type().form() == ColumnType.Form.TEXT ? NullRule.text("") : NullRule.NAN)
            .toList();
    GraphBinding binding =
        new GraphBinding(
            plan.bindings(),
            outputs,
            nulls,
            rowsPerRun,
            1,
            options.runMillis(),
            options.runBytes(),
            plan.text());
    return new Trial(
        plan,
        signature,
        ForeignSession.open(model, binding, signature, plan.tokenizer(), cancellation),
        cancellation);
  }

  /** Returns the made-up rows. */
  FeatureBatch rows() {
    FeatureBatch batch = new FeatureBatch(signature, ROWS);
    for (int input = 0; input < plan.columns().size(); input++) {
      for (int row = 0; row < ROWS; row++) {
        put(plan, batch, input, row, row);
      }
    }
    batch.setRows(ROWS);
    return batch;
  }

  /** Returns one of the made-up rows. */
  static FeatureBatch row(InputPlan plan, ModelSignature signature, int row) {
    FeatureBatch batch = new FeatureBatch(signature, 1);
    for (int input = 0; input < plan.columns().size(); input++) {
      put(plan, batch, input, 0, row);
    }
    batch.setRows(1);
    return batch;
  }

  private static void put(InputPlan plan, FeatureBatch batch, int input, int at, int row) {
    List<String> known = plan.samples().get(input);
    String sample = known.isEmpty() ? null : known.get(Math.min(row, known.size() - 1));
    double number = row == 0 ? 0 : row == 1 || isWhole(plan, input) ? 1 : 0.5;
    if (batch.isText(input)) {
      batch.texts(input)[at] = sample != null ? sample : row == 0 ? "" : row == 1 ? "a" : "b";
    } else if (batch.isBytes(input)) {
      batch.bytes(input)[at] = picture(plan, input, row);
    } else if (batch.isVector(input)) {
      double[] vector = new double[vectorWidth(plan, input)];
      Arrays.fill(vector, number);
      batch.vectors(input)[at] = vector;
    } else {
      batch.numbers(input)[at] = isNumber(sample) ? Double.parseDouble(sample) : number;
    }
  }

  private static boolean isNumber(@Nullable String text) {
    return text != null && text.matches("-?[0-9]{1,18}");
  }

  private static boolean isWhole(InputPlan plan, int input) {
    return plan.bindings().stream()
        .filter(InputBinding.Columns.class::isInstance)
        .map(InputBinding.Columns.class::cast)
        .anyMatch(c -> c.columns().contains(input) && c.element().family() != Element.Family.REAL);
  }

  private static byte[] picture(InputPlan plan, int input, int row) {
    return plan.bindings().stream()
        .filter(InputBinding.Image.class::isInstance)
        .map(InputBinding.Image.class::cast)
        .filter(image -> image.column() == input)
        .map(image -> MadeUpPicture.png(image.pictureWidth(), image.pictureHeight(), row))
        .findFirst()
        .orElseThrow();
  }

  private static int vectorWidth(InputPlan plan, int input) {
    return plan.bindings().stream()
        .filter(InputBinding.Vector.class::isInstance)
        .map(InputBinding.Vector.class::cast)
        .filter(v -> v.column() == input)
        .mapToInt(InputBinding.Vector::width)
        .findFirst()
        .orElseThrow();
  }

  List<RawOutput> run(FeatureBatch rows, int first, int count) {
    // A run of a few milliseconds is over before anybody looks.
    if (cancellation.isCancelled()) {
      throw new CancellationException();
    }
    return session.run(rows, first, count, cancellation);
  }

  /** A graph that was stopped is not tried again with other rows. */
  static void stopAtLimit(MlException e) {
    if (e.code() == ErrorCode.SCORING_LIMIT) {
      throw e;
    }
  }

  /**
   * Returns for each column whether a NaN there leaves every answer a number. A column that is no
   * real number takes none. Of very many columns either all do or none.
   */
  boolean[] takesNaN() {
    int width = plan.columns().size();
    boolean[] takes = new boolean[width];
    int[] real =
        IntStream.range(0, width)
            .filter(i -> isReal(plan.columns().get(i)) && !isWhole(plan, i))
            .toArray();
    FeatureBatch batch = row(plan, signature, 0);
    if (real.length > MOST_TRIED) {
      for (int input : real) {
        batch.numbers(input)[0] = Double.NaN;
      }
      boolean all = answersNumbers(batch);
      for (int input : real) {
        takes[input] = all;
      }
      return takes;
    }
    for (int input : real) {
      double before = batch.numbers(input)[0];
      batch.numbers(input)[0] = Double.NaN;
      takes[input] = answersNumbers(batch);
      batch.numbers(input)[0] = before;
    }
    return takes;
  }

  private boolean answersNumbers(FeatureBatch row) {
    try {
      return run(row, 0, 1).stream()
          .noneMatch(output -> Arrays.stream(output.numbers()).anyMatch(Double::isNaN));
    } catch (MlException e) {
      stopAtLimit(e);
      return false;
    }
  }

  private static boolean isReal(ColumnSpec column) {
    return column.type().form() == ColumnType.Form.NUMBER;
  }

  @Override
  public void close() {
    session.close();
  }
}
