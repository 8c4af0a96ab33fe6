package dev.insitu.calcite.condition;

import dev.insitu.model.ColumnType;
import dev.insitu.model.ColumnType.Form;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** What a {@link Condition} compares. */
public sealed interface Term {
  /**
   * A column: an operand of the condition.
   *
   * @param operand its position among the condition's operands
   */
  record Column(int operand) implements Term {}

  /**
   * A parameter of the caller's statement.
   *
   * @param ordinal from 0
   */
  record Parameter(int ordinal) implements Term {}

  /**
   * A literal.
   *
   * @param sql as written
   * @param kind what it is
   * @param value the text between the quotes; of a number and of TRUE as written
   */
  record Literal(String sql, Kind kind, String value) implements Term {
    /** What a literal is. */
    public enum Kind {
      NUMBER,
      TEXT,
      BOOLEAN,
      DATE,
      TIME,
      TIMESTAMP
    }

    /** Returns whether comparing it with a column of this type cannot fail. */
    boolean fits(ColumnType column) {
      return switch (kind) {
        case NUMBER -> column.form() == Form.NUMBER;
        case BOOLEAN -> column == ColumnType.BOOLEAN;
        case DATE -> isDate() && (column == ColumnType.DATE || column == ColumnType.TIMESTAMP);
        case TIMESTAMP ->
            isTimestamp() && (column == ColumnType.DATE || column == ColumnType.TIMESTAMP);
        case TIME -> false;
        case TEXT ->
            isText(column)
                || (column == ColumnType.DATE && isDate())
                || (column == ColumnType.TIMESTAMP && (isDate() || isTimestamp()));
      };
    }

    /** Returns whether a number is within the range of a column's type; all else is. */
    boolean isWithin(ColumnType column) {
      return kind != Kind.NUMBER
          || switch (column) {
            case TINYINT -> isWithin(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> isWithin(Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> isWithin(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> isWithin(Long.MIN_VALUE, Long.MAX_VALUE);
            default -> true;
          };
    }

    private boolean isWithin(long least, long most) {
      BigDecimal number = new BigDecimal(value);
      return number.compareTo(BigDecimal.valueOf(least)) >= 0
          && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private boolean isDate() {
      return value.length() == 10 && parses(() -> LocalDate.parse(value));
    }

    private boolean isTimestamp() {
      return value.length() == 19
          && value.charAt(10) == ' '
          && parses(() -> LocalDateTime.parse(value.replace(' ', 'T')));
    }

    private static boolean parses(Runnable parse) {
      try {
        parse.run();
        return true;
      } catch (DateTimeException e) {
        return false;
      }
    }
  }

  /** Returns whether a type is text without a list of permitted values and of bounded size. */
  static boolean isText(ColumnType type) {
    return type == ColumnType.CHAR || type == ColumnType.VARCHAR;
  }

  /** Returns whether two columns can always be compared. */
  static boolean comparable(ColumnType left, ColumnType right) {
    boolean numbers = left.form() == Form.NUMBER && right.form() == Form.NUMBER;
    boolean texts = isText(left) && isText(right);
    boolean same = left == right && left.form().isScalar() && left != ColumnType.ENUM;
    return numbers || texts || same;
  }
}
