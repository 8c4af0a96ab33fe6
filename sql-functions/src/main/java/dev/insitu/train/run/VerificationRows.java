package dev.insitu.train.run;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.VerificationRow;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.prepare.Preparation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the rows that are replayed when a scorer is opened, with the trainer's own answers. */
final class VerificationRows {
  private static final int TYPICAL = 24;
  private static final double[] NUMBERS = {
    Double.NaN, 0, -1, 1e9 + 0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private VerificationRows() {}

  /**
   * Returns rows of the training set evenly apart, then rows of NULLs, extremes and unseen texts.
   */
  static List<VerificationRow> of(TrainingSet set, Preparation preparation, FittedModel model) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int step = Math.max(1, set.rows() / TYPICAL);
    for (int row = 0; row < set.rows() && rows.size() < TYPICAL; row += step) {
      rows.add(raw(set, row, preparation.inputs().size()));
    }
    for (double number : NUMBERS) {
      rows.add(
          odd(
              preparation.inputs(),
              number,
              Double.isNaN(number) ? null : "no such text \uD83D\uDC27"));
    }
    rows.add(odd(preparation.inputs(), 1, ""));
    PreparedRows prepared = preparation.rows(rows);
    double[] scores = model.predict(prepared, 0, rows.size());
    int width = scores.length / rows.size();
    List<VerificationRow> verification = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Double> expected = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        expected.add(scores[row * width + i]);
      }
      verification.add(new VerificationRow(rows.get(row), expected));
    }
    return verification;
  }

  private static List<@Nullable Object> raw(TrainingSet set, int row, int inputs) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int input = 0; input < inputs; input++) {
      TrainingSet.Column column = set.feature(input);
      if (column.isText()) {
        values.add(column.code(row) < 0 ? null : column.texts().get(column.code(row)));
      } else {
        values.add(column.number(row));
      }
    }
    return Collections.unmodifiableList(values);
  }

  private static List<@Nullable Object> odd(
      List<ColumnSpec> inputs, double number, @Nullable String text) {
    List<@Nullable Object> values = new ArrayList<>();
    for (ColumnSpec input : inputs) {
      if (input.type().form() == ColumnType.Form.TEXT) {
        values.add(text);
      } else {
        values.add(number);
      }
    }
    return Collections.unmodifiableList(values);
  }
}
