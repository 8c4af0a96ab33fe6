package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import org.h2.result.ResultInterface;
import org.h2.table.Column;
import org.h2.value.TypeInfo;

/**
 * The columns of an input query as H2 reports them. Immutable.
 *
 * @param specs as models see them
 * @param types H2's own types of the same columns
 */
record InputColumns(List<ColumnSpec> specs, List<TypeInfo> types) {
  static InputColumns of(ResultInterface meta) {
    List<TypeInfo> types = new ArrayList<>();
    for (int i = 0; i < meta.getVisibleColumnCount(); i++) {
      types.add(meta.getColumnType(i));
    }
    return new InputColumns(List.of(H2Types.columns(meta)), List.copyOf(types));
  }

  /** Returns a new column object of H2. */
  Column column(int i) {
    return new Column(specs.get(i).name(), types.get(i));
  }

  /** Throws if a prepared prediction would read other columns than it was bound to. */
  void check(ResultInterface now) {
    if (!equals(of(now))) {
      throw MlException.of(
              ErrorCode.CANNOT_RUN,
              "the prepared prediction",
              "the columns of its input have changed")
          .withHint("Prepare the statement again.");
    }
  }
}
