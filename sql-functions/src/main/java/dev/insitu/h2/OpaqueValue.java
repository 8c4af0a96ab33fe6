package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.jdbc.JdbcResultSet;
import org.h2.value.Value;

/**
 * Values that no Java class carries without loss: JSON comes as bytes and goes back as text, an
 * object as bytes needs its class. H2's own values go where JDBC takes an object.
 */
public final class OpaqueValue {
  private OpaqueValue() {}

  /** Returns the value of a column of the current row if no Java class carries it. */
  public static Optional<Object> of(ResultSet row, int column) throws SQLException {
    if (!row.isWrapperFor(JdbcResultSet.class)) {
      return Optional.empty();
    }
    Value value = row.unwrap(JdbcResultSet.class).getInternal(column);
    return switch (value.getValueType()) {
      case Value.JSON, Value.GEOMETRY, Value.JAVA_OBJECT, Value.ROW -> Optional.of(value);
      default -> Optional.empty();
    };
  }
}
