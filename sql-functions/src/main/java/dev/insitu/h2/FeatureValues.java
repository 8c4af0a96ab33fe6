package dev.insitu.h2;

import dev.insitu.model.ColumnType;
import dev.insitu.score.FeatureBatch;
import java.math.BigDecimal;
import org.h2.engine.Mode.CharPadding;
import org.h2.engine.SessionLocal;
import org.h2.util.DateTimeUtils;
import org.h2.util.StringUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueDate;
import org.h2.value.ValueDouble;
import org.h2.value.ValueNull;
import org.h2.value.ValueReal;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimeTimeZone;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Turns H2's values into features (sql.md, "Types at the edge").
 *
 * <p>Numbers and booleans become doubles, DECIMAL and BIGINT beyond 2^53 rounded to the nearest;
 * DATE days since 1970-01-01; TIME whole microseconds since midnight; TIMESTAMP whole microseconds
 * since 1970-01-01 00:00 of the local value; WITH TIME ZONE the same in UTC; NULL becomes NaN or a
 * Java null. Digits of a time below a microsecond are cut off. CHAR is padded as the database's
 * mode shows it.
 */
final class FeatureValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MAX_EXACT_DAY = Long.MAX_VALUE / MICROS_PER_DAY;
  private static final BigDecimal BEYOND_A_LONG = new BigDecimal("9223372036854775808");
  private static final double[] NONE = {};
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final SessionLocal session;
  private final boolean padded;

  FeatureValues(SessionLocal session) {
    this.session = session;
    this.padded = session.getMode().charPadding == CharPadding.IN_RESULT_SETS;
  }

  /**
   * Returns whether features of a form tell nothing but the values of a column: not the session's
   * time zone, nor the mode of the database. Large ones are said to.
   */
  static boolean isOfValueAlone(ColumnType.Form form, TypeInfo type) {
    return switch (form) {
      case BYTES, VECTOR -> false;
      case TEXT ->
          type.getValueType() == Value.VARCHAR || type.getValueType() == Value.VARCHAR_IGNORECASE;
      default -> true;
    };
  }

  /** Puts a value where a row's input belongs. */
  void put(FeatureBatch batch, int input, int row, Value value) {
    if (batch.isText(input)) {
      batch.texts(input)[row] = text(value);
    } else if (batch.isBytes(input)) {
      batch.bytes(input)[row] = value == ValueNull.INSTANCE ? null : value.getBytes();
    } else if (batch.isVector(input)) {
      batch.vectors(input)[row] = vector(value);
    } else {
      double number = number(value);
      batch.numbers(input)[row] = number;
      if (Math.abs(number) >= FeatureBatch.FIRST_INEXACT && Double.isFinite(number)) {
        keepExact(batch, input, row, value);
      }
    }
  }

  /**
   * Puts one value of each of some rows where the rows' input belongs.
   *
   * @param at the row of the batch that receives the first
   * @param place where the value stands in a row, or {@link InputRows.Reading#UNREAD} for NULL
   * @param from the first row
   * @param to behind the last row
   */
  void fill(FeatureBatch batch, int input, int at, Value[][] rows, int place, int from, int to) {
    boolean number = isNumber(batch, input);
    double[] numbers = number ? batch.numbers(input) : NONE;
    for (int row = from; row < to; row++) {
      Value value = place == InputRows.Reading.UNREAD ? ValueNull.INSTANCE : rows[row][place];
      int target = at + row - from;
      if (number && value instanceof ValueDouble real) {
        numbers[target] = real.getDouble();
      } else if (number && value instanceof ValueReal real) {
        numbers[target] = real.getDouble();
      } else {
        put(batch, input, target, value);
      }
    }
  }

  /**
   * Puts the inputs of the first rows, one row after the other, as they lie in memory.
   *
   * @param places where the value of each input stands in a row, or {@link
   *     InputRows.Reading#UNREAD} for NULL
   */
  void fill(FeatureBatch batch, Value[][] rows, int[] places, int size) {
    int[] inputs = new int[places.length];
    int[] from = new int[places.length];
    double[][] numbers = new double[places.length][];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] == InputRows.Reading.UNREAD || !isNumber(batch, i)) {
        fill(batch, i, 0, rows, places[i], 0, size);
      } else {
        inputs[count] = i;
        from[count] = places[i];
        numbers[count++] = batch.numbers(i);
      }
    }
    for (int row = 0; row < size; row++) {
      Value[] values = rows[row];
      for (int i = 0; i < count; i++) {
        Value value = values[from[i]];
        if (value instanceof ValueDouble real) {
          numbers[i][row] = real.getDouble();
        } else if (value instanceof ValueReal real) {
          numbers[i][row] = real.getDouble();
        } else {
          put(batch, inputs[i], row, value);
        }
      }
    }
  }

  private static boolean isNumber(FeatureBatch batch, int input) {
    return !batch.isText(input) && !batch.isBytes(input) && !batch.isVector(input);
  }

  private static void keepExact(FeatureBatch batch, int input, int row, Value value) {
    switch (value.getValueType()) {
      case Value.BIGINT -> batch.keepExact(input, row, value.getLong());
      case Value.NUMERIC, Value.DECFLOAT -> {
        BigDecimal number = value.getBigDecimal();
        if (number.abs().compareTo(BEYOND_A_LONG) < 0) {
          batch.keepExact(input, row, number.longValue());
        }
      }
      default -> {} // what has no more digits than a double
    }
  }

  /** Returns a value as text, any type as the database casts it; null for NULL. */
  @Nullable String text(Value value) {
    switch (value.getValueType()) {
      case Value.NULL:
        return null;
      case Value.CHAR:
        {
          String text = value.getString();
          TypeInfo type = value.getType();
          return padded ? StringUtils.pad(text, (int) type.getPrecision(), " ", true) : text;
        }
      case Value.VARCHAR:
      case Value.VARCHAR_IGNORECASE:
      case Value.CLOB:
      case Value.ENUM:
        return value.getString();
      default:
        return value.convertTo(TypeInfo.TYPE_VARCHAR, session).getString();
    }
  }

  /** Returns an array of numbers; null for NULL, NaN for a NULL inside. */
  double @Nullable [] vector(Value value) {
    if (!(value instanceof ValueArray array)) {
      return null;
    }
    Value[] elements = array.getList();
    double[] vector = new double[elements.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = number(elements[i]);
    }
    return vector;
  }

  /** Returns a value as a double; NaN for NULL. */
  double number(Value value) {
    if (value == ValueNull.INSTANCE) {
      return Double.NaN;
    }
    switch (value.getValueType()) {
      case Value.BOOLEAN:
        return value.getBoolean() ? 1 : 0;
      case Value.DATE:
        return DateTimeUtils.absoluteDayFromDateValue(((ValueDate) value).getDateValue());
      case Value.TIME:
        return ((ValueTime) value).getNanos() / 1000;
      case Value.TIME_TZ:
        {
          ValueTimeTimeZone time = (ValueTimeTimeZone) value;
          long utc = time.getNanos() - time.getTimeZoneOffsetSeconds() * 1_000_000_000L;
          return Math.floorMod(utc, NANOS_PER_DAY) / 1000;
        }
      case Value.TIMESTAMP:
        {
          ValueTimestamp timestamp = (ValueTimestamp) value;
          return micros(timestamp.getDateValue(), timestamp.getTimeNanos());
        }
      case Value.TIMESTAMP_TZ:
        {
          ValueTimestampTimeZone timestamp = (ValueTimestampTimeZone) value;
          return micros(timestamp.getDateValue(), timestamp.getTimeNanos())
              - timestamp.getTimeZoneOffsetSeconds() * 1_000_000L;
        }
      default:
        return value.getDouble();
    }
  }

  private static double micros(long dateValue, long timeNanos) {
    long day = DateTimeUtils.absoluteDayFromDateValue(dateValue);
    // H2's years go to a billion, microseconds in a long only to 292,277.
    return Math.abs(day) < MAX_EXACT_DAY
        ? day * MICROS_PER_DAY + timeNanos / 1000
        : (double) day * MICROS_PER_DAY + timeNanos / 1000;
  }
}
