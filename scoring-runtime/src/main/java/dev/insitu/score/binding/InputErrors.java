package dev.insitu.score.binding;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.score.FeatureBatch;

/** What is said of a value that a graph cannot take: its column and row, and what helps. */
public record InputErrors(ModelSignature signature) {
  /** Of a NULL that no rule replaces. */
  public MlException isNull(String graphInput, int input, FeatureBatch features, int row) {
    String column = signature.inputs().get(input).name();
    MlException error =
        MlException.of(ErrorCode.NULL_INPUT, column, features.firstRow() + row + 1, graphInput);
    ColumnType.Form form = signature.inputs().get(input).type().form();
    if (form == ColumnType.Form.BYTES) {
      return error.withHint("Leave such rows out: WHERE " + column + " IS NOT NULL.");
    }
    String value = form == ColumnType.Form.TEXT ? "''" : "0";
    return error.withHint(
        "Write COALESCE("
            + column
            + ", "
            + value
            + ") AS "
            + column
            + ", or import the model with OPTIONS (missing = MAP['"
            + column
            + "', "
            + value
            + "]).");
  }

  /** Of any other value. */
  public MlException wrong(int input, FeatureBatch features, int row, String reason) {
    return MlException.of(
        ErrorCode.INPUT_VALUE,
        signature.inputs().get(input).name(),
        features.firstRow() + row + 1,
        reason);
  }

  /** Of a number that a graph of whole numbers does not take. */
  public MlException unfit(int input, FeatureBatch features, int row, String reason) {
    return wrong(input, features, row, reason)
        .withHint("Write CAST(… AS " + signature.inputs().get(input).sqlType() + ").");
  }
}
