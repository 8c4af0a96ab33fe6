package dev.insitu.train.tree;

import dev.insitu.train.FreeHeap;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared rows as trees are grown from them: column by column, 2 bytes a row. A number is the
 * rank of its value among the values of its feature. Flags of one input of which no row has two, as
 * one-hot columns are, share one column, which says which of them a row has: a text of a hundred
 * values costs as much as a number. Immutable.
 */
final class TreeColumns {
  private static final int STEP = 16_384;

  /** Features with more values than {@link TreeSettings#EXACT} whose numbers are held at once. */
  private static final int HELD_AT_ONCE = 8;

  /** A distinct value, its count, its bin. */
  private static final int BYTES_A_VALUE = Double.BYTES + 2 * Integer.BYTES;

  /**
   * One column.
   *
   * <p>Of a number, code c stands for the values from {@code lows[c]} to {@code highs[c]} of {@code
   * features[0]}. Of flags, code c stands for the value {@code lows[c]} of {@code features[c]} and
   * 0 of the others, code 0 for 0 of all.
   */
  static final class Column {
    final boolean flags;
    final char[] codes;
    final int[] features;
    final double[] lows;
    final double[] highs;

    Column(boolean flags, char[] codes, int[] features, double[] lows, double[] highs) {
      this.flags = flags;
      this.codes = codes;
      this.features = features;
      this.lows = lows;
      this.highs = highs;
    }

    int size() {
      return lows.length;
    }

    /** Returns whether the rows that have a flag go left: those whose value is the smaller one. */
    boolean flagGoesLeft(int code) {
      return lows[code] < 0;
    }

    /** Returns the split between the rows that have a flag and all others. */
    Cut flag(int code) {
      return new Cut(code, lows[code] / 2);
    }

    /**
     * Returns the split midway between the values of two codes. Values between them are of other
     * nodes, or of rows that are not learnt from; a bin of them stays whole.
     */
    Cut between(int low, int high) {
      double threshold = middle(highs[low], lows[high]);
      int last = Arrays.binarySearch(highs, low, high, threshold);
      int code = last >= 0 ? last : Math.max(low, -last - 2);
      return lows[code + 1] <= threshold
          ? new Cut(code, middle(highs[code], lows[code + 1]))
          : new Cut(code, threshold);
    }

    private static double middle(double low, double high) {
      double middle = low / 2 + high / 2;
      return middle >= low && middle < high ? middle : low;
    }
  }

  /**
   * Where a column is split.
   *
   * @param code the last code on the left; of flags, the flag
   * @param threshold the greatest value that goes left
   */
  record Cut(int code, double threshold) {}

  private final List<Column> columns;

  private TreeColumns(List<Column> columns) {
    this.columns = columns;
  }

  List<Column> columns() {
    return columns;
  }

  /**
   * Reads the columns, and what is not there as columns by rows, three times.
   *
   * @param maxBins values that are told apart at most
   */
  static TreeColumns of(PreparedRows rows, int maxBins, Progress progress) {
    return new Reader(rows, maxBins, progress).read();
  }

  private static final class Reader {
    /** Instead of a column of flags: a number. */
    private static final int NUMBER = -1;

    /** Instead of a column of flags: nothing to be found in the rows. */
    private static final int ELSEWHERE = -2;

    private final PreparedRows rows;
    private final int maxBins;
    private final Progress progress;
    private final int width;
    private final int[] indices;
    private final double[] values;

    /** Non-zero values of each feature, and the one they all have, else NaN. */
    private final int[] nonZero;

    private final double[] only;

    /** The column of flags that a feature belongs to, or one of the two, and its code there. */
    private final int[] flagColumn;

    private final int[] flagCode;

    private boolean byRows;
    private @Nullable SortedValues sorter;
    private @Nullable SteppedValues stepper;

    Reader(PreparedRows rows, int maxBins, Progress progress) {
      this.rows = rows;
      this.maxBins = maxBins;
      this.progress = progress;
      this.width = rows.features().size();
      this.indices = new int[width];
      this.values = new double[width];
      this.nonZero = new int[width];
      this.only = new double[width];
      this.flagColumn = new int[width];
      this.flagCode = new int[width];
      Arrays.fill(flagColumn, NUMBER);
    }

    TreeColumns read() {
      List<Column> columns = new ArrayList<>(direct());
      if (byRows) {
        columns.addAll(readByRows());
      }
      return new TreeColumns(List.copyOf(columns));
    }

    /** Makes the columns of features that need no going through the rows. */
    private List<Column> direct() {
      List<Column> columns = new ArrayList<>();
      FreeHeap.require((long) rows.rows() * Double.BYTES);
      double[] values = new double[rows.rows()];
      for (int j = 0; j < width; j++) {
        progress.step("preparing", j, width);
        if (rows.column(j, values)) {
          flagColumn[j] = ELSEWHERE;
          FreeHeap.require((long) rows.rows() * Character.BYTES);
          columns.add(sorted(j, values, new char[rows.rows()]));
        } else {
          byRows = true;
        }
      }
      return columns;
    }

    private List<Column> readByRows() {
      List<List<Integer>> flags = look();
      int numbers = (int) Arrays.stream(flagColumn).filter(column -> column == NUMBER).count();
      FreeHeap.require((long) rows.rows() * Character.BYTES * (numbers + flags.size()));
      char[][] flagCodes = new char[flags.size()][rows.rows()];
      char[][] numberCodes = new char[width][];
      @Nullable ValueCodes[] known = new ValueCodes[width];
      for (int j = 0; j < width; j++) {
        if (flagColumn[j] == NUMBER) {
          numberCodes[j] = new char[rows.rows()];
          known[j] = new ValueCodes();
          int zeros = rows.rows() - nonZero[j];
          if (zeros > 0) {
            known[j].addMore(known[j].add(0), zeros - 1);
          }
        }
      }
      for (int row = 0; row < rows.rows(); row++) {
        int count = next(row, 1);
        for (int i = 0; i < count; i++) {
          int j = indices[i];
          ValueCodes codes = known[j];
          if (flagColumn[j] >= 0) {
            flagCodes[flagColumn[j]][row] = (char) flagCode[j];
          } else if (codes != null) {
            int code = codes.add(values[i]);
            if (code < 0) {
              known[j] = null; // too many values: another reading
            }
            numberCodes[j][row] = (char) code;
          }
        }
      }
      List<Column> columns = new ArrayList<>();
      List<Integer> again = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        if (flagColumn[j] == NUMBER) {
          ValueCodes codes = known[j];
          if (codes == null) {
            again.add(j);
          } else {
            columns.add(numbers(j, numberCodes[j], codes.bins(maxBins)));
          }
        }
      }
      for (int i = 0; i < again.size(); i += HELD_AT_ONCE) {
        columns.addAll(
            sorted(again.subList(i, Math.min(again.size(), i + HELD_AT_ONCE)), numberCodes));
      }
      for (int i = 0; i < flags.size(); i++) {
        columns.add(flags(flags.get(i), flagCodes[i]));
      }
      return columns;
    }

    /** Finds out which features are flags, and which of those share a column. */
    private List<List<Integer>> look() {
      Map<String, Integer> groupOf = new HashMap<>();
      int[] group = new int[width];
      for (int j = 0; j < width; j++) {
        PreparedFeature feature = rows.features().get(j);
        String name = feature.category() == null ? "number " + j : "flags " + feature.input();
        group[j] = groupOf.computeIfAbsent(name, key -> groupOf.size());
      }
      boolean[] apart = new boolean[groupOf.size()];
      int[] lastRow = new int[groupOf.size()];
      Arrays.fill(lastRow, -1);
      for (int row = 0; row < rows.rows(); row++) {
        int count = next(row, 0);
        for (int i = 0; i < count; i++) {
          int j = indices[i];
          only[j] = nonZero[j]++ == 0 || only[j] == values[i] ? values[i] : Double.NaN;
          apart[group[j]] |= lastRow[group[j]] == row;
          lastRow[group[j]] = row;
        }
      }
      for (int j = 0; j < width; j++) {
        apart[group[j]] |= nonZero[j] > 0 && Double.isNaN(only[j]);
      }
      List<List<Integer>> flags = new ArrayList<>();
      int[] columnOf = new int[groupOf.size()];
      Arrays.fill(columnOf, -1);
      for (int j = 0; j < width; j++) {
        if (nonZero[j] == 0) {
          flagColumn[j] = ELSEWHERE; // tells nothing: no column
        } else if (flagColumn[j] == NUMBER
            && rows.features().get(j).category() != null
            && !Double.isNaN(only[j])) {
          int column = apart[group[j]] ? -1 : columnOf[group[j]];
          if (column < 0 || flags.get(column).size() + 1 >= maxBins) {
            column = flags.size();
            flags.add(new ArrayList<>());
            columnOf[group[j]] = column;
          }
          flags.get(column).add(j);
          flagColumn[j] = column;
          flagCode[j] = flags.get(column).size();
        }
      }
      return flags;
    }

    private int next(int row, int reading) {
      if (row % STEP == 0) {
        progress.step("preparing", reading * (long) rows.rows() + row, 2L * rows.rows());
      }
      return rows.fillSparse(row, indices, values);
    }

    private static Column numbers(int feature, char[] codes, ValueCodes.Bins bins) {
      int[] binOf = bins.binOf;
      for (int row = 0; row < codes.length; row++) {
        codes[row] = (char) binOf[codes[row]];
      }
      return new Column(false, codes, new int[] {feature}, bins.lows, bins.highs);
    }

    private List<Column> sorted(List<Integer> features, char[][] codes) {
      FreeHeap.require((long) features.size() * rows.rows() * Double.BYTES);
      double[][] held = new double[features.size()][rows.rows()];
      int[] place = new int[width];
      Arrays.fill(place, -1);
      for (int i = 0; i < features.size(); i++) {
        place[features.get(i)] = i;
      }
      for (int row = 0; row < rows.rows(); row++) {
        int count = next(row, 1);
        for (int i = 0; i < count; i++) {
          if (place[indices[i]] >= 0) {
            held[place[indices[i]]][row] = values[i];
          }
        }
      }
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < features.size(); i++) {
        columns.add(sorted(features.get(i), held[i], codes[features.get(i)]));
      }
      return columns;
    }

    private Column sorted(int feature, double[] values, char[] codes) {
      if (SteppedValues.suits(rows.rows(), maxBins)) {
        if (stepper == null) {
          FreeHeap.require((long) rows.rows() * SteppedValues.BYTES_A_ROW);
          stepper = new SteppedValues(rows.rows());
        }
        ValueCodes.Bins bins = stepper.bins(values, maxBins, codes);
        if (bins != null) {
          return new Column(false, codes, new int[] {feature}, bins.lows, bins.highs);
        }
      }
      if (sorter == null) {
        FreeHeap.require((long) rows.rows() * (SortedValues.BYTES_A_ROW + BYTES_A_VALUE));
        sorter = new SortedValues(rows.rows());
      }
      sorter.sort(values);
      double[] distinct = new double[values.length];
      int[] counts = new int[values.length];
      int size = 0;
      for (int place = 0; place < values.length; place++) {
        if (!sorter.repeats(place)) {
          distinct[size++] = sorter.value(place);
        }
        counts[size - 1]++;
      }
      ValueCodes.Bins bins = ValueCodes.Bins.of(distinct, counts, size, maxBins);
      int value = -1;
      for (int place = 0; place < values.length; place++) {
        value += sorter.repeats(place) ? 0 : 1;
        codes[sorter.row(place)] = (char) bins.binOf[value];
      }
      return new Column(false, codes, new int[] {feature}, bins.lows, bins.highs);
    }

    private Column flags(List<Integer> features, char[] codes) {
      int[] ofCode = new int[features.size() + 1];
      double[] values = new double[features.size() + 1];
      ofCode[0] = -1;
      for (int i = 0; i < features.size(); i++) {
        ofCode[i + 1] = features.get(i);
        values[i + 1] = only[features.get(i)];
      }
      return new Column(true, codes, ofCode, values, values);
    }
  }
}
