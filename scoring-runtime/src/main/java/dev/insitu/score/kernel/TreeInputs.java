package dev.insitu.score.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the bins of what splits ask. Immutable. */
final class TreeInputs {
  private static final Bins.View PLAIN = new Bins.Order(false);

  private final Input[] inputs;

  /** Where the numbers of a source are. */
  private sealed interface Input {}

  /**
   * In a slot.
   *
   * @param first the number of the first view
   * @param views all of its views
   * @param isPlain whether there is one that shows the bins
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Numbers(int slot, Cuts cuts, int first, Bins.View[] views, boolean isPlain)
      implements Input {}

  /**
   * Nowhere: they are 1 where a text has a code, else 0.
   *
   * @param text the text
   * @param first the number of the first view
   * @param no what each view shows of 0
   * @param yes what each view shows of 1
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Flags(int text, int code, int first, int[] no, int[] yes) implements Input {}

  /**
   * Of columns.
   *
   * @param columns the column of each source
   */
  TreeInputs(Bins bins, List<Column> columns) {
    this.inputs = new Input[columns.size()];
    for (int i = 0; i < inputs.length; i++) {
      Bins.Source source = bins.sources().get(i);
      List<Bins.View> views = bins.views().subList(source.first(), source.end());
      inputs[i] =
          columns.get(i).producer instanceof Producer.IsCode flag
              ? new Flags(
                  flag.input(),
                  flag.code(),
                  source.first(),
                  shown(source.cuts(), views, 0),
                  shown(source.cuts(), views, 1))
              : new Numbers(
                  columns.get(i).slot(),
                  source.cuts(),
                  source.first(),
                  views.toArray(new Bins.View[0]),
                  views.equals(List.of(PLAIN)));
    }
  }

  private static int[] shown(Cuts cuts, List<Bins.View> views, double value) {
    int bin = cuts.bin(value);
    return views.stream().mapToInt(view -> view.of(value, bin)).toArray();
  }

  /** Finds for each view the bin of one row. */
  void row(Frame frame, int row, RowWalk.Work work) {
    for (Input input : inputs) {
      if (input instanceof Numbers numbers) {
        double value = frame.columns[numbers.slot][frame.offsets[numbers.slot] + row];
        int bin = numbers.cuts.bin(value);
        if (numbers.isPlain) {
          work.put(numbers.first, bin);
        } else {
          for (int i = 0; i < numbers.views.length; i++) {
            work.put(numbers.first + i, numbers.views[i].of(value, bin));
          }
        }
      } else {
        Flags flags = (Flags) input;
        int[] shown = frame.codes[flags.text][row] == flags.code ? flags.yes : flags.no;
        for (int i = 0; i < shown.length; i++) {
          work.put(flags.first + i, shown[i]);
        }
      }
    }
  }

  /** Returns the cuts of the numbers that are inputs, each by its first view. */
  Map<Integer, Cuts> cuts() {
    Map<Integer, Cuts> byView = new HashMap<>();
    for (Input input : inputs) {
      if (input instanceof Numbers numbers && numbers.views[0].equals(PLAIN)) {
        byView.put(numbers.first, numbers.cuts);
      }
    }
    return byView;
  }

  /** Returns the flags that are inputs, each by its views. */
  Map<Integer, Flags> flags() {
    Map<Integer, Flags> byView = new HashMap<>();
    for (Input input : inputs) {
      if (input instanceof Flags flags) {
        for (int i = 0; i < flags.no.length; i++) {
          byView.put(flags.first + i, flags);
        }
      }
    }
    return byView;
  }

  /**
   * Finds for each view the bins of rows.
   *
   * @param withFlags whether flags are wanted, too
   */
  void rows(Frame frame, int rows, int[][] bins, boolean withFlags) {
    boolean vectors = Vectors.used();
    for (Input input : inputs) {
      if (input instanceof Numbers numbers) {
        fill(numbers, frame, rows, bins, vectors);
      } else if (withFlags) {
        fill((Flags) input, frame, rows, bins);
      }
    }
  }

  private static void fill(Numbers numbers, Frame frame, int rows, int[][] bins, boolean vectors) {
    double[] values = frame.columns[numbers.slot];
    int offset = frame.offsets[numbers.slot];
    int[] found = bins[numbers.first];
    numbers.cuts.bins(values, offset, rows, found, vectors);
    for (int i = numbers.views.length - 1; i >= 0; i--) {
      Bins.View shown = numbers.views[i];
      if (i == 0 && shown.equals(PLAIN)) {
        continue;
      }
      int[] target = bins[numbers.first + i];
      for (int row = 0; row < rows; row++) {
        target[row] = shown.of(values[offset + row], found[row]);
      }
    }
  }

  private static void fill(Flags flags, Frame frame, int rows, int[][] bins) {
    int[] codes = frame.codes[flags.text];
    for (int i = 0; i < flags.no.length; i++) {
      int no = flags.no[i];
      int yes = flags.yes[i];
      int[] target = bins[flags.first + i];
      for (int row = 0; row < rows; row++) {
        target[row] = codes[row] == flags.code ? yes : no;
      }
    }
  }
}
