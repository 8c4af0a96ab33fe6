package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcException;
import org.h2.message.DbException;
import org.h2.table.Column;
import org.h2.value.ExtTypeInfoRow;
import org.h2.value.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a call of a table function declares: {@code 'id INT, predicted_y DOUBLE
 * PRECISION'}. Immutable.
 */
final class DeclaredColumns {
  private final List<Column> columns;

  private DeclaredColumns(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * Reads a list as the database reads the fields of a ROW, so that names fold and types are named
   * as there; nothing is executed.
   *
   * @throws MlException ARGUMENT
   */
  static DeclaredColumns parse(SessionLocal session, String text) {
    TypeInfo type;
    try {
      type = H2Types.parse(session, "ROW(" + text + ")");
    } catch (DbException e) {
      String why =
          e.getSQLException() instanceof JdbcException known
              ? known.getOriginalMessage()
              : e.getSQLException().getMessage();
      throw wrong(text, why).withCause(e);
    }
    if (!(type.getExtTypeInfo() instanceof ExtTypeInfoRow row)) {
      throw wrong(text, "it is no list of columns");
    }
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, TypeInfo> field : row.getFields()) {
      columns.add(new Column(field.getKey(), field.getValue()));
    }
    return new DeclaredColumns(List.copyOf(columns));
  }

  private static MlException wrong(String text, @Nullable String why) {
    return MlException.of(ErrorCode.ARGUMENT, "columns", "cannot read '" + text + "': " + why)
        .withHint("Write 'id INT, predicted_y DOUBLE PRECISION'.");
  }

  List<Column> columns() {
    return columns;
  }

  /** Returns the type of a column. */
  TypeInfo type(int i) {
    return columns.get(i).getType();
  }

  /** Returns the name of a column. */
  String name(int i) {
    return columns.get(i).getName();
  }

  /**
   * Returns where each column stands among those that a function has, by name: the exact one, else
   * one that differs in case.
   *
   * @throws MlException ARGUMENT with the nearest name
   */
  int[] places(List<Column> actual) {
    return columns.stream().mapToInt(column -> place(column.getName(), actual)).toArray();
  }

  private static int place(String name, List<Column> actual) {
    int found = -1;
    for (int i = 0; i < actual.size(); i++) {
      if (actual.get(i).getName().equals(name)) {
        return i;
      }
      if (found < 0 && actual.get(i).getName().equalsIgnoreCase(name)) {
        found = i;
      }
    }
    if (found >= 0) {
      return found;
    }
    List<String> names = actual.stream().map(Column::getName).toList();
    MlException error =
        MlException.of(ErrorCode.ARGUMENT, "columns", "there is no column \"" + name + "\"");
    throw NearestName.of(name, names)
        .map(near -> error.withHint("Did you mean \"" + near + "\"?"))
        .orElse(
            error.withHint(
                "There are " + names.stream().collect(Collectors.joining("\", \"", "\"", "\"."))));
  }
}
