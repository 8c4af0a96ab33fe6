package dev.insitu.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Calls any JDBC method with arguments drawn from a seed, and writes down what came of it. */
final class JdbcCalls {
  private static final List<String> TEXTS =
      List.of("ID", "name", "X", "no such column", "SELECT 1", "VALUES (1, 'a')", "PUBLIC", "12");

  private static final List<Class<?>> KINDS =
      List.of(
          CallableStatement.class,
          PreparedStatement.class,
          Statement.class,
          DatabaseMetaData.class,
          ResultSetMetaData.class,
          ParameterMetaData.class,
          Savepoint.class,
          Wrapper.class);

  private JdbcCalls() {}

  /** Calls a method and returns its outcome as text; an error is class, state, code and text. */
  static String outcome(Object target, Method method, long seed) throws Exception {
    Random random = new Random(seed);
    @Nullable Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = argument(method.getParameterTypes()[i], random);
    }
    try {
      return describe(method.invoke(target, arguments));
    } catch (InvocationTargetException e) {
      return describe(e.getCause());
    } catch (SQLException | IOException e) {
      return "while reading: " + describe(e);
    }
  }

  private static @Nullable Object argument(Class<?> type, Random random) {
    if (type == int.class) {
      return random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(7);
    } else if (type == long.class) {
      return (long) random.nextInt(7);
    } else if (type == short.class) {
      return (short) random.nextInt(7);
    } else if (type == byte.class) {
      return (byte) random.nextInt(7);
    } else if (type == double.class) {
      return random.nextDouble();
    } else if (type == float.class) {
      return random.nextFloat();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (random.nextInt(10) == 0) {
      return null;
    } else if (type == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    } else if (type == BigDecimal.class) {
      return new BigDecimal("12.50");
    } else if (type == byte[].class) {
      return new byte[] {1, 2, 3};
    } else if (type == int[].class) {
      return new int[] {1};
    } else if (type == String[].class) {
      return new String[] {"ID"};
    } else if (type == Date.class) {
      return Date.valueOf("2013-10-01");
    } else if (type == Time.class) {
      return Time.valueOf("12:30:00");
    } else if (type == Timestamp.class) {
      return Timestamp.valueOf("2013-10-01 12:30:00");
    } else if (type == Calendar.class) {
      return new GregorianCalendar(TimeZone.getTimeZone("Europe/Berlin"));
    } else if (type == InputStream.class) {
      return new ByteArrayInputStream("stream".getBytes(StandardCharsets.UTF_8));
    } else if (type == Reader.class) {
      return new StringReader("reader");
    } else if (type == Object.class) {
      return List.of(1, "two", 3.5, new BigDecimal("4")).get(random.nextInt(4));
    } else if (type == Class.class) {
      return List.of(String.class, Integer.class, BigDecimal.class, ResultSet.class)
          .get(random.nextInt(4));
    } else if (type == SQLType.class) {
      return JDBCType.VARCHAR;
    } else if (type == Map.class) {
      return Map.of();
    } else if (type == Properties.class) {
      return new Properties();
    } else {
      return null;
    }
  }

  /** Writes a value down; result sets are read to their end. */
  static String describe(@Nullable Object value) throws Exception {
    if (value == null) {
      return "null";
    } else if (value instanceof SQLException e) {
      return e.getClass().getName() + e.getSQLState() + e.getErrorCode() + e.getMessage();
    } else if (value instanceof Throwable e) {
      return e.getClass().getName();
    } else if (value instanceof ResultSet rows) {
      return rows(rows);
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    } else if (value instanceof long[] numbers) {
      return Arrays.toString(numbers);
    } else if (value instanceof Object[] values) {
      return Arrays.deepToString(values);
    } else if (value instanceof Array array) {
      return describe(array.getArray());
    } else if (value instanceof Clob clob) {
      return "clob " + describe(clob.getCharacterStream());
    } else if (value instanceof Blob blob) {
      return "blob " + describe(blob.getBinaryStream());
    } else if (value instanceof SQLXML xml) {
      return "xml " + xml.getString();
    } else if (value instanceof InputStream stream) {
      return HexFormat.of().formatHex(stream.readAllBytes());
    } else if (value instanceof Reader reader) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    } else if (value.getClass().getName().startsWith("java.") || value instanceof Enum<?>) {
      return value.toString();
    } else {
      return KINDS.stream()
          .filter(kind -> kind.isInstance(value))
          .map(Class::getSimpleName)
          .findFirst()
          .orElse(value.getClass().getName());
    }
  }

  static String rows(ResultSet rows) throws Exception {
    StringBuilder text = new StringBuilder();
    try {
      ResultSetMetaData columns = rows.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        text.append(columns.getColumnLabel(i)).append(' ');
        text.append(columns.getColumnTypeName(i)).append('(');
        text.append(columns.getPrecision(i)).append(", ");
        text.append(columns.getScale(i)).append(") ").append(columns.isNullable(i)).append("; ");
      }
      while (rows.next()) {
        text.append('\n');
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          text.append(rows.getString(i)).append(" | ");
        }
      }
    } catch (SQLException e) {
      text.append(describe(e));
    }
    return text.toString();
  }
}
