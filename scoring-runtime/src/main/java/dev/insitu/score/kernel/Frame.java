package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a block of rows are while a program runs: an array a slot, and where in it
 * the block begins. The slots of inputs are the batch's own arrays. Confined to one thread.
 */
final class Frame {
  /** How many rows go through the loops at once, a multiple of 64. */
  final int rows;

  final double[][] columns;

  /** Where in its column each slot begins: all inputs at the same row, all others at 0. */
  final int[] offsets;

  /** The arrays of slots that are no inputs. */
  private final double[][] own;

  /** Whether slots show the columns of others. */
  private boolean shared;

  /** The codes of each text input, by its position among {@link Intake#codes()}. */
  final int[][] codes;

  private final Intake intake;

  /** The batch whose arrays the slots of inputs still are, from its first row on. */
  private @Nullable FeatureBatch kept;

  private final int[] numbers;
  private final float[][] words;
  private final Object[] scratch;

  Frame(Intake intake, int slots, int scratches, int rows) {
    this.rows = rows;
    this.intake = intake;
    this.numbers = intake.numbers().stream().mapToInt(Integer::intValue).toArray();
    this.columns = new double[slots][];
    this.offsets = new int[slots];
    this.own = new double[slots][];
    this.codes = new int[intake.codes().size()][rows];
    this.words = new float[intake.words().size()][];
    this.scratch = new Object[scratches];
    for (int slot = intake.numbers().size(); slot < slots; slot++) {
      own[slot] = new double[rows];
      columns[slot] = own[slot];
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = new float[Math.multiplyExact(rows, intake.words().get(i).words().width())];
    }
  }

  /** Lets a slot show the column of another, which is the same and begins at 0. */
  void share(int slot, int of) {
    columns[slot] = columns[of];
    shared = true;
  }

  /** Returns the array of a slot that is to be filled. */
  double[] own(int slot) {
    columns[slot] = own[slot];
    return own[slot];
  }

  /** Takes a block of rows: the slots of the inputs, codes and words. */
  void load(FeatureBatch features, int first, int count) {
    if (features != kept || first != 0) {
      for (int i = 0; i < numbers.length; i++) {
        columns[i] = features.numbers(numbers[i]);
        offsets[i] = first;
      }
      kept = null;
    }
    for (int i = 0; i < codes.length; i++) {
      EdgeSplit.CodeInput input = intake.codes().get(i);
      @Nullable String[] texts = features.texts(input.input());
      int[] target = codes[i];
      for (int row = 0; row < count; row++) {
        target[row] = (int) input.codes().of(texts[first + row]);
      }
    }
    for (int i = 0; i < words.length; i++) {
      EdgeSplit.WordInput input = intake.words().get(i);
      @Nullable String[] texts = features.texts(input.input());
      FloatBuffer target = FloatBuffer.wrap(words[i]);
      for (int row = 0; row < count; row++) {
        input.words().count(texts[first + row], target, row * input.words().width());
      }
    }
  }

  /**
   * Lets go of the batch's arrays, but for those of a batch of one row: who predicts row by row
   * comes with the same one again.
   */
  void unload(FeatureBatch features) {
    if (features.capacity() == 1) {
      kept = features;
      return;
    }
    kept = null;
    for (int i = 0; i < numbers.length; i++) {
      columns[i] = NONE;
    }
    for (int slot = numbers.length; shared && slot < own.length; slot++) {
      own(slot);
    }
    shared = false;
  }

  private static final double[] NONE = {};

  /** Returns the word counts of a text input, row-major. */
  float[] words(int input) {
    return words[input];
  }

  /** Returns what a step keeps between blocks, made when it is first asked for. */
  <T> T scratch(int number, Class<T> type, java.util.function.Supplier<T> made) {
    Object kept = scratch[number];
    if (kept == null) {
      kept = made.get();
      scratch[number] = kept;
    }
    return type.cast(kept);
  }
}
