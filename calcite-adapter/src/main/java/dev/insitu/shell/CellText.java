package dev.insitu.shell;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How a value of a result looks as text. */
final class CellText {
  private CellText() {}

  /** Returns the whole value as text, or null for NULL. */
  static @Nullable String exact(ResultSet rows, int column, int type) throws SQLException {
    if (isBinary(type)) {
      byte[] bytes = rows.getBytes(column);
      return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
    return rows.getString(column);
  }

  /**
   * Returns the value for a reader, or null for NULL: a floating-point number with six digits
   * behind the point, or with six significant digits where those would say nothing; everything else
   * exactly.
   */
  static @Nullable String readable(ResultSet rows, int column, int type) throws SQLException {
    if (type == Types.DOUBLE || type == Types.REAL || type == Types.FLOAT) {
      double value = rows.getDouble(column);
      return rows.wasNull() ? null : readable(value);
    }
    return exact(rows, column, type);
  }

  static String readable(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || value == 0) {
      return Double.toString(value);
    }
    if (size >= 1e-3 && size < 1e15) {
      BigDecimal rounded =
          new BigDecimal(value).setScale(6, java.math.RoundingMode.HALF_EVEN).stripTrailingZeros();
      return rounded.setScale(Math.max(1, rounded.scale())).toPlainString();
    }
    double rounded = new BigDecimal(value).round(new MathContext(6)).doubleValue();
    return Double.toString(rounded);
  }

  static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          true;
      default -> false;
    };
  }

  static boolean isBinary(int type) {
    return switch (type) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }
}
