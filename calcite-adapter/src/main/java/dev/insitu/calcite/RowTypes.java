package dev.insitu.calcite;

import dev.insitu.model.ColumnSpec;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** Columns as Calcite's types. Precision only matters where plans show it: of DECIMAL. */
final class RowTypes {
  private static final Pattern DECIMAL =
      Pattern.compile("[A-Z]+\\((\\d+)(?:\\s*,\\s*(\\d+))?\\).*");

  private RowTypes() {}

  static RelDataType row(RelDataTypeFactory types, List<ColumnSpec> columns) {
    RelDataTypeFactory.Builder builder = types.builder();
    for (ColumnSpec column : columns) {
      builder.add(column.name(), type(types, column));
    }
    return builder.build();
  }

  static RelDataType type(RelDataTypeFactory types, ColumnSpec column) {
    return types.createTypeWithNullability(notNull(types, column), column.nullable());
  }

  private static RelDataType notNull(RelDataTypeFactory types, ColumnSpec column) {
    return switch (column.type()) {
      case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
      case TINYINT -> types.createSqlType(SqlTypeName.TINYINT);
      case SMALLINT -> types.createSqlType(SqlTypeName.SMALLINT);
      case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
      case DECIMAL -> decimal(types, column.sqlType());
      case REAL -> types.createSqlType(SqlTypeName.REAL);
      case DOUBLE, DECFLOAT -> types.createSqlType(SqlTypeName.DOUBLE);
      case CHAR, VARCHAR, CLOB, ENUM -> types.createSqlType(SqlTypeName.VARCHAR);
      case DATE -> types.createSqlType(SqlTypeName.DATE);
      case TIME, TIME_WITH_TIME_ZONE -> types.createSqlType(SqlTypeName.TIME);
      case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> types.createSqlType(SqlTypeName.TIMESTAMP);
      case BINARY, ARRAY, OTHER -> types.createSqlType(SqlTypeName.ANY);
    };
  }

  private static RelDataType decimal(RelDataTypeFactory types, String sqlType) {
    Matcher matcher = DECIMAL.matcher(sqlType);
    int most = types.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
    if (!matcher.matches() || matcher.group(1).length() > 6) {
      return types.createSqlType(SqlTypeName.DECIMAL);
    }
    int precision = Math.min(most, Integer.parseInt(matcher.group(1)));
    int scale =
        matcher.group(2) == null ? 0 : Math.min(precision, Integer.parseInt(matcher.group(2)));
    return types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
  }
}
