package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Constant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a name of a graph stands for. */
sealed interface Value {
  /**
   * Numbers.
   *
   * @param columns one for each place behind the rows, row-major
   * @param shape the dimensions behind the rows; of a constant all of them
   * @param kind what the numbers are
   * @param fixed whether it is a constant, without rows
   */
  record Matrix(List<Column> columns, List<Integer> shape, Kind kind, boolean fixed)
      implements Value {
    /** A value [rows, columns]. */
    static Matrix of(List<Column> columns, Kind kind) {
      return new Matrix(columns, List.of(columns.size()), kind, false);
    }

    /** Other columns of the same shape. */
    Matrix with(List<Column> others, Kind other) {
      return new Matrix(others, shape, other, fixed);
    }

    Matrix shaped(List<Integer> other) {
      return new Matrix(columns, other, kind, fixed);
    }

    boolean isSingle() {
      return kind == Kind.SINGLE;
    }

    /** Returns how many dimensions there are. */
    int rank() {
      return shape.size() + (fixed ? 0 : 1);
    }
  }

  /** The code of a text for each row. */
  record Code(int input) implements Value {}

  /** For each row and tree the row of a table to which its leaf leads. */
  record Gathered(Constant table, List<Column> leaves) implements Value {}

  /**
   * Columns of texts, as they came.
   *
   * @param shape the dimensions behind the rows
   */
  record Texts(List<Text> columns, List<Integer> shape) implements Value {}

  /**
   * A column of texts of the batch.
   *
   * @param input its position among the inputs of the signature
   * @param ofNull what a NULL becomes, if it may be there
   */
  record Text(int input, @Nullable String ofNull) {}

  /**
   * For each row one of some texts.
   *
   * @param index which
   * @param shape the dimensions behind the rows, all of them 1
   */
  record Names(Column index, List<String> names, List<Integer> shape) implements Value {}

  /** A value of one number or text a row that lies [1, rows], as ArrayFeatureExtractor has it. */
  record Across(Value of) implements Value {}
}
