package dev.insitu.test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;

/**
 * A generated table like the Higgs data: 28 correlated Gaussian numbers, all different, and one of
 * two classes that depends on products of them and on chance. Fixed by its seed.
 */
final class HiggsTable {
  static final int WIDTH = 28;
  static final long SEED = 28;
  private static final int BATCH = 1000;

  /** Row by row. */
  final double[] values;

  /** 1 for a signal, 0 for background. */
  final double[] labels;

  HiggsTable(int rows, SplittableRandom random) {
    this.values = new double[Math.multiplyExact(rows, WIDTH)];
    this.labels = new double[rows];
    for (int row = 0; row < rows; row++) {
      int at = row * WIDTH;
      for (int column = 0; column < WIDTH; column++) {
        // Correlated with the column before it.
        double before = column == 0 ? 0 : values[at + column - 1] / 2;
        values[at + column] = before + random.nextGaussian();
      }
      double uniform = random.nextDouble();
      double chance = Math.log(uniform / (1 - uniform));
      labels[row] = score(at) + chance > 0.5 ? 1 : 0;
    }
  }

  private double score(int at) {
    return values[at] * values[at + 1]
        + Math.abs(values[at + 2])
        - 0.7 * values[at + 3] * values[at + 4]
        + 0.5 * values[at + 5]
        + 0.3 * Math.sin(3 * values[at + 6]) * values[at + 7];
  }

  /** Returns the columns f0 to f27, as a query lists them. */
  static String columns() {
    StringBuilder columns = new StringBuilder();
    for (int column = 0; column < WIDTH; column++) {
      columns.append(column == 0 ? "f" : ", f").append(column);
    }
    return columns.toString();
  }

  /** Makes a table of these rows: f0 to f27 and {@code label}, 's' or 'b'. */
  void write(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + table
              + " ("
              + columns().replace(",", " DOUBLE PRECISION,")
              + " DOUBLE PRECISION, label VARCHAR(1))");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table + " VALUES (" + "?, ".repeat(WIDTH) + "?)")) {
      for (int row = 0; row < labels.length; row++) {
        for (int column = 0; column < WIDTH; column++) {
          insert.setDouble(column + 1, values[row * WIDTH + column]);
        }
        insert.setString(WIDTH + 1, labels[row] == 1 ? "s" : "b");
        insert.addBatch();
        if ((row + 1) % BATCH == 0 || row + 1 == labels.length) {
          insert.executeBatch();
        }
      }
    }
  }
}
