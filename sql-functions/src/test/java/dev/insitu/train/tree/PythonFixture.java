package dev.insitu.train.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** The rows of make_fixtures.py, and what Python's XGBoost and scikit-learn gave for them. */
public final class PythonFixture {
  private PythonFixture() {}

  /** Returns rows with labels of so many classes, 1 for a number. */
  public static DenseRows rows(int first, int last, int classes) {
    double[][] rows = new double[last - first][5];
    double[] labels = new double[last - first];
    for (int i = first; i < last; i++) {
      double[] x = rows[i - first];
      for (int j = 0; j < 5; j++) {
        x[j] = (i * 37 + j * 101 + i * j * 7) % 997 / 7.0;
      }
      double raw = x[0] + 2 * (x[1] > 70 ? 1 : 0) * x[2] - x[3] / 2;
      labels[i - first] =
          switch (classes) {
            case 1 -> raw;
            case 2 -> raw > 60 ? 1 : 0;
            default -> (raw > 20 ? 1 : 0) + (raw > 150 ? 1 : 0);
          };
    }
    return DenseRows.of(rows, labels);
  }

  /** Returns the rows with whole numbers, few of them. */
  public static DenseRows few(int first, int last, int classes) {
    DenseRows rows = rows(first, last, classes);
    double[][] values = new double[last - first][5];
    double[] labels = new double[last - first];
    for (int i = 0; i < labels.length; i++) {
      rows.fill(i, values[i], 0);
      for (int j = 0; j < 5; j++) {
        values[i][j] = Math.floor(values[i][j] / 6);
      }
      labels[i] = rows.label(i);
    }
    return DenseRows.of(values, labels);
  }

  /** Returns the numbers of a name. */
  public static double[] numbers(String name) throws IOException {
    try (InputStream stream =
        PythonFixture.class.getResourceAsStream("/dev/insitu/train/xgboost/fixtures.txt")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.US_ASCII);
      String line = text.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
      return Arrays.stream(line.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
