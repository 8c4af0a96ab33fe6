package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Producer.IsCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over columns: of weighted values, or of squared differences. The flags of a text's codes
 * together are one look-up in a table.
 */
final class SumStep implements Step {
  private final int target;
  private final double start;
  private final int[] slots;

  /** The weights, or the centers. */
  private final double[] factors;

  private final boolean squared;
  private final int[] texts;
  private final double[][] tables;

  private SumStep(
      int target,
      double start,
      int[] slots,
      double[] factors,
      boolean squared,
      int[] texts,
      double[][] tables) {
    this.target = target;
    this.start = start;
    this.slots = slots;
    this.factors = factors;
    this.squared = squared;
    this.texts = texts;
    this.tables = tables;
  }

  static SumStep weighted(Producer.Weighted sum, int target) {
    return of(sum.columns(), sum.weights(), false, target);
  }

  static SumStep squared(Producer.SquaredDistance distance, int target) {
    return of(distance.columns(), distance.centers(), true, target);
  }

  private static SumStep of(
      List<Column> columns, List<Double> factors, boolean squared, int target) {
    double start = 0;
    List<Integer> slots = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    Map<Integer, Map<Integer, Double>> byText = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      double factor = factors.get(i);
      if (columns.get(i).producer instanceof IsCode flag) {
        double no = squared ? factor * factor : 0;
        double yes = squared ? (1 - factor) * (1 - factor) : factor;
        start += no;
        byText
            .computeIfAbsent(flag.input(), text -> new TreeMap<>())
            .merge(flag.code(), yes - no, Double::sum);
      } else {
        slots.add(columns.get(i).slot());
        kept.add(factor);
      }
    }
    double[][] tables = new double[byText.size()][];
    int number = 0;
    for (Map<Integer, Double> codes : byText.values()) {
      // Code c is at c + 1: what has no column has the code -1.
      double[] table = new double[codes.keySet().stream().mapToInt(c -> c + 2).max().orElse(1)];
      codes.forEach((code, value) -> table[code + 1] = value);
      tables[number++] = table;
    }
    return new SumStep(
        target,
        start,
        slots.stream().mapToInt(Integer::intValue).toArray(),
        kept.stream().mapToDouble(Double::doubleValue).toArray(),
        squared,
        byText.keySet().stream().mapToInt(Integer::intValue).toArray(),
        tables);
  }

  @Override
  public void run(Frame frame, int rows) {
    double[] sum = frame.columns[target];
    Arrays.fill(sum, 0, rows, start);
    for (int i = 0; i < slots.length; i++) {
      double[] x = frame.columns[slots[i]];
      int offset = frame.offsets[slots[i]];
      if (squared) {
        addSquares(sum, x, offset, rows, factors[i]);
      } else {
        add(sum, x, offset, rows, factors[i]);
      }
    }
    for (int i = 0; i < texts.length; i++) {
      int[] codes = frame.codes[texts[i]];
      double[] table = tables[i];
      for (int row = 0; row < rows; row++) {
        int place = codes[row] + 1;
        sum[row] += place < table.length ? table[place] : 0;
      }
    }
  }

  private static void add(double[] sum, double[] x, int offset, int rows, double weight) {
    for (int row = 0; row < rows; row++) {
      sum[row] += x[offset + row] * weight;
    }
  }

  private static void addSquares(double[] sum, double[] x, int offset, int rows, double center) {
    for (int row = 0; row < rows; row++) {
      double difference = x[offset + row] - center;
      sum[row] += difference * difference;
    }
  }
}
