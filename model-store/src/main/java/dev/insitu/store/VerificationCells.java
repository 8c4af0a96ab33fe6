package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.VerificationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Verification rows, taken apart into cells and put together again. */
final class VerificationCells {
  private VerificationCells() {}

  /** What a cell holds. */
  enum Kind {
    /** A numeric or NULL input. */
    INPUT,
    /** A text input; its own kind, since a database in Oracle mode keeps the empty text as NULL. */
    TEXT,
    /** An expected score. */
    EXPECTED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A cell: a number, or text, or neither for NULL. */
  record Cell(int row, Kind kind, int index, @Nullable Double number, @Nullable String text) {}

  static List<Cell> of(List<VerificationRow> rows) {
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<@Nullable Object> inputs = rows.get(row).inputs();
      for (int i = 0; i < inputs.size(); i++) {
        Object input = inputs.get(i);
        if (input instanceof String text) {
          cells.add(new Cell(row, Kind.TEXT, i, null, text));
        } else if (input == null || input instanceof Double) {
          cells.add(new Cell(row, Kind.INPUT, i, (Double) input, null));
        } else {
          throw new IllegalArgumentException("a verification input of " + input.getClass());
        }
      }
      List<Double> expected = rows.get(row).expected();
      for (int i = 0; i < expected.size(); i++) {
        cells.add(new Cell(row, Kind.EXPECTED, i, expected.get(i), null));
      }
    }
    return cells;
  }

  /** Puts rows together; every row must have {@code width} inputs and at least one score. */
  static List<VerificationRow> rows(List<Cell> cells, int width) {
    List<VerificationRow> rows = new ArrayList<>();
    int at = 0;
    while (at < cells.size()) {
      int row = rows.size();
      List<@Nullable Object> inputs = new ArrayList<>();
      List<Double> expected = new ArrayList<>();
      for (; at < cells.size() && cells.get(at).row() == row; at++) {
        add(cells.get(at), inputs, expected);
      }
      if (inputs.size() != width || expected.isEmpty()) {
        throw damaged(row);
      }
      rows.add(new VerificationRow(inputs, expected));
    }
    return rows;
  }

  private static void add(Cell cell, List<@Nullable Object> inputs, List<Double> expected) {
    switch (cell.kind()) {
      case INPUT -> inputs.add(cell.number());
      case TEXT -> inputs.add(cell.text() == null ? "" : cell.text());
      case EXPECTED -> {
        Double number = cell.number();
        if (number == null) {
          throw damaged(cell.row());
        }
        expected.add(number);
      }
    }
  }

  private static MlException damaged(int row) {
    return MlException.of(
        ErrorCode.STORE_DAMAGED,
        "verification row " + row + " is not whole in STORED_VERIFICATION");
  }
}
