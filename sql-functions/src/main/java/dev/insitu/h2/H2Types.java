package dev.insitu.h2;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import org.h2.command.Prepared;
import org.h2.command.query.Query;
import org.h2.engine.SessionLocal;
import org.h2.result.ResultInterface;
import org.h2.table.Column;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.h2.value.Value;

/** H2's types and ours. */
final class H2Types {
  private H2Types() {}

  /** Returns the type of a column as models see it. */
  static ColumnType columnType(TypeInfo type) {
    return switch (type.getValueType()) {
      case Value.BOOLEAN -> ColumnType.BOOLEAN;
      case Value.TINYINT -> ColumnType.TINYINT;
      case Value.SMALLINT -> ColumnType.SMALLINT;
      case Value.INTEGER -> ColumnType.INTEGER;
      case Value.BIGINT -> ColumnType.BIGINT;
      case Value.NUMERIC -> ColumnType.DECIMAL;
      case Value.REAL -> ColumnType.REAL;
      case Value.DOUBLE -> ColumnType.DOUBLE;
      case Value.DECFLOAT -> ColumnType.DECFLOAT;
      case Value.CHAR -> ColumnType.CHAR;
      case Value.VARCHAR, Value.VARCHAR_IGNORECASE -> ColumnType.VARCHAR;
      case Value.CLOB -> ColumnType.CLOB;
      case Value.ENUM -> ColumnType.ENUM;
      case Value.DATE -> ColumnType.DATE;
      case Value.TIME -> ColumnType.TIME;
      case Value.TIME_TZ -> ColumnType.TIME_WITH_TIME_ZONE;
      case Value.TIMESTAMP -> ColumnType.TIMESTAMP;
      case Value.TIMESTAMP_TZ -> ColumnType.TIMESTAMP_WITH_TIME_ZONE;
      case Value.BINARY, Value.VARBINARY, Value.BLOB -> ColumnType.BINARY;
      case Value.ARRAY -> isNumbers(type) ? ColumnType.ARRAY : ColumnType.OTHER;
      default -> ColumnType.OTHER;
    };
  }

  private static boolean isNumbers(TypeInfo array) {
    return array.getExtTypeInfo() instanceof TypeInfo element
        && columnType(element).form() == ColumnType.Form.NUMBER;
  }

  /** Returns the columns of a result by JDBC's column labels. */
  static ColumnSpec[] columns(ResultInterface meta) {
    ColumnSpec[] columns = new ColumnSpec[meta.getVisibleColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      TypeInfo type = meta.getColumnType(i);
      columns[i] =
          new ColumnSpec(
              meta.getAlias(i),
              columnType(type),
              type.getSQL(HasSQL.DEFAULT_SQL_FLAGS),
              meta.getNullable(i) != Column.NOT_NULLABLE);
    }
    return columns;
  }

  /** Returns H2's type for a type as DDL writes it. */
  static TypeInfo parse(SessionLocal session, String sqlType) {
    Prepared prepared = session.prepare("SELECT CAST(NULL AS " + sqlType + ")");
    return ((Query) prepared).getExpressions().get(0).getType();
  }
}
