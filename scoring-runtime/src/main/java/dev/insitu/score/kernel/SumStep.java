package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Producer.IsCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over columns: of weighted values, or of squared differences. The flags of a text's codes
 * together are one look-up in a table. A sum of float32 is rounded after each addition, and the
 * number that stands beside the columns comes last, as in the matrix products of ONNX Runtime.
 */
final class SumStep implements Step {
  private final int target;
  private final double start;
  private final boolean single;
  private final Term[] terms;

  /** Slots and weights of the terms, where all are products of float64. */
  private final int[] slots;

  private final double[] weights;

  /** What is added. */
  private sealed interface Term {}

  /** A column times a weight. */
  private record Product(int slot, double weight) implements Term {}

  /** The square of a column's difference to a center. */
  private record Square(int slot, double center) implements Term {}

  /** What stands in a table at the code of a text, the code -1 first. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Table(int text, double[] values) implements Term {}

  private SumStep(int target, double start, boolean single, List<Term> terms) {
    this.target = target;
    this.start = start;
    this.single = single;
    this.terms = terms.toArray(new Term[0]);
    this.slots = slots(single, this.terms);
    this.weights = new double[slots.length];
    for (int i = 0; i < slots.length; i++) {
      weights[i] = ((Product) this.terms[i]).weight;
    }
  }

  static SumStep weighted(Producer.Weighted sum, int target) {
    List<Term> terms = new ArrayList<>();
    Map<Integer, Map<Integer, Double>> byText = new LinkedHashMap<>();
    for (int i = 0; i < sum.columns().size(); i++) {
      Column column = sum.columns().get(i);
      double weight = sum.weights()[i];
      if (column.producer instanceof IsCode flag) {
        add(terms, byText, flag, weight);
      } else {
        terms.add(new Product(column.slot(), weight));
      }
    }
    return new SumStep(target, sum.start(), sum.single(), filled(terms, byText));
  }

  static SumStep squared(Producer.SquaredDistance distance, int target) {
    double start = 0;
    List<Term> terms = new ArrayList<>();
    Map<Integer, Map<Integer, Double>> byText = new LinkedHashMap<>();
    for (int i = 0; i < distance.columns().size(); i++) {
      Column column = distance.columns().get(i);
      double center = distance.centers().get(i);
      if (column.producer instanceof IsCode flag) {
        start += center * center;
        add(terms, byText, flag, (1 - center) * (1 - center) - center * center);
      } else {
        terms.add(new Square(column.slot(), center));
      }
    }
    return new SumStep(target, start, false, filled(terms, byText));
  }

  /** The flags of a text are added where the first of them stands. */
  private static void add(
      List<Term> terms, Map<Integer, Map<Integer, Double>> byText, IsCode flag, double value) {
    Map<Integer, Double> codes = byText.get(flag.input());
    if (codes == null) {
      codes = new TreeMap<>();
      byText.put(flag.input(), codes);
      terms.add(new Table(flag.input(), new double[0]));
    }
    codes.merge(flag.code(), value, Double::sum);
  }

  private static List<Term> filled(List<Term> terms, Map<Integer, Map<Integer, Double>> byText) {
    List<Term> filled = new ArrayList<>();
    for (Term term : terms) {
      if (term instanceof Table table) {
        Map<Integer, Double> codes = byText.getOrDefault(table.text, Map.of());
        double[] values = new double[codes.keySet().stream().mapToInt(c -> c + 2).max().orElse(1)];
        codes.forEach((code, value) -> values[code + 1] = value);
        filled.add(new Table(table.text, values));
      } else {
        filled.add(term);
      }
    }
    return filled;
  }

  /** The slots of terms that are products of float64, all of them; else nothing. */
  private static int[] slots(boolean single, Term... terms) {
    int[] slots = new int[terms.length];
    for (int i = 0; i < slots.length; i++) {
      if (single || !(terms[i] instanceof Product product)) {
        return new int[0];
      }
      slots[i] = product.slot;
    }
    return slots;
  }

  /** Adds up one row, in the order of the loops. */
  private double row(Frame frame) {
    double sum = start;
    for (int i = 0; i < slots.length; i++) {
      sum += frame.columns[slots[i]][frame.offsets[slots[i]]] * weights[i];
    }
    return sum;
  }

  @Override
  public void run(Frame frame, int rows) {
    double[] sum = frame.columns[target];
    if (rows == 1 && slots.length > 0) {
      sum[0] = row(frame);
      return;
    }
    Arrays.fill(sum, 0, rows, single ? 0 : start);
    for (Term term : terms) {
      if (term instanceof Product product) {
        double[] x = frame.columns[product.slot];
        if (single) {
          addSingle(sum, x, frame.offsets[product.slot], rows, product.weight);
        } else {
          add(sum, x, frame.offsets[product.slot], rows, product.weight);
        }
      } else if (term instanceof Square square) {
        addSquares(
            sum, frame.columns[square.slot], frame.offsets[square.slot], rows, square.center);
      } else if (term instanceof Table table) {
        addTable(sum, frame.codes[table.text], rows, table.values);
      }
    }
    if (single) {
      for (int row = 0; row < rows; row++) {
        sum[row] = (float) (sum[row] + start);
      }
    }
  }

  private static void add(double[] sum, double[] x, int offset, int rows, double weight) {
    for (int row = 0; row < rows; row++) {
      sum[row] += x[offset + row] * weight;
    }
  }

  /** The product of two float32 is exact in float64. */
  private static void addSingle(double[] sum, double[] x, int offset, int rows, double weight) {
    for (int row = 0; row < rows; row++) {
      sum[row] = (float) (sum[row] + x[offset + row] * weight);
    }
  }

  private static void addSquares(double[] sum, double[] x, int offset, int rows, double center) {
    for (int row = 0; row < rows; row++) {
      double difference = x[offset + row] - center;
      sum[row] += difference * difference;
    }
  }

  private void addTable(double[] sum, int[] codes, int rows, double[] table) {
    for (int row = 0; row < rows; row++) {
      int place = codes[row] + 1;
      double value = place < table.length ? table[place] : 0;
      sum[row] = single ? (float) (sum[row] + value) : sum[row] + value;
    }
  }
}
