package dev.insitu.test.driver;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import javax.sql.DataSource;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.h2.api.H2Type;
import org.h2.api.Interval;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcPreparedStatement;
import org.h2.jdbc.JdbcResultSet;
import org.h2.jdbc.JdbcStatement;
import org.jspecify.annotations.Nullable;

/** Values for the parameters of JDBC's methods, drawn from a seed. */
final class Values {
  private static final List<String> TEXTS =
      List.of(
          "one",
          "12",
          "-3.5",
          "true",
          "2013-10-01",
          "12:30:00",
          "red",
          "",
          "näme ☃",
          "%",
          "{\"a\":1}");

  private static final List<Class<?>> RESULT_TYPES =
      List.of(
          String.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          Boolean.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          byte[].class,
          UUID.class,
          Date.class,
          Time.class,
          Timestamp.class,
          java.util.Date.class,
          java.util.Calendar.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Instant.class,
          Period.class,
          Duration.class,
          Interval.class,
          Blob.class,
          Clob.class,
          SQLXML.class,
          Array.class,
          Object[].class,
          Integer[].class,
          ResultSet.class,
          Object.class,
          StringBuilder.class);

  private static final List<Class<?>> WRAPPED =
      List.of(
          java.sql.Connection.class,
          java.sql.Statement.class,
          java.sql.PreparedStatement.class,
          java.sql.CallableStatement.class,
          ResultSet.class,
          java.sql.DatabaseMetaData.class,
          java.sql.ResultSetMetaData.class,
          java.sql.ParameterMetaData.class,
          DataSource.class,
          java.sql.Wrapper.class,
          Object.class,
          AutoCloseable.class,
          JdbcConnection.class,
          JdbcStatement.class,
          JdbcPreparedStatement.class,
          JdbcResultSet.class,
          String.class);

  private static final List<Class<?>> XML =
      List.of(
          DOMSource.class,
          SAXSource.class,
          StAXSource.class,
          StreamSource.class,
          DOMResult.class,
          SAXResult.class,
          StAXResult.class,
          StreamResult.class);

  private Values() {}

  static String text(Random random) {
    return one(TEXTS, random);
  }

  static <T> T one(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  static Class<?> resultType(Random random) {
    return one(RESULT_TYPES, random);
  }

  static @Nullable Class<?> wrapped(Random random) {
    return random.nextInt(20) == 0 ? null : one(WRAPPED, random);
  }

  static Class<?> xml(Class<?> bound, Random random) {
    return one(XML.stream().filter(bound::isAssignableFrom).toList(), random);
  }

  static int sqlType(Random random) {
    return random.nextInt(4) == 0
        ? one(
            List.of(
                Types.OTHER, Types.NULL, Types.STRUCT, Types.REF, 77, Types.ROWID, Types.DATALINK),
            random)
        : one(List.of(JDBCType.values()), random).getVendorTypeNumber();
  }

  static Argument sqlTypeObject(Random random) {
    return Argument.of(
        random.nextBoolean()
            ? one(List.of(JDBCType.values()), random)
            : one(
                List.of(
                    H2Type.INTEGER,
                    H2Type.VARCHAR,
                    H2Type.JSON,
                    H2Type.UUID,
                    H2Type.BLOB,
                    H2Type.CLOB,
                    H2Type.TIMESTAMP_WITH_TIME_ZONE,
                    H2Type.GEOMETRY,
                    H2Type.array(H2Type.INTEGER),
                    H2Type.INTERVAL_DAY,
                    H2Type.NUMERIC,
                    H2Type.DATE),
                random));
  }

  static Argument stream(Random random) {
    String text = text(random);
    return Argument.each(
        "stream of \"" + text + '"',
        () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Argument reader(Random random) {
    String text = text(random);
    return Argument.each("reader of \"" + text + '"', () -> new StringReader(text));
  }

  static Argument logWriter() {
    return Argument.each("a writer", () -> new PrintWriter(new StringWriter()));
  }

  static Argument calendar(Random random) {
    String zone = one(List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"), random);
    return Argument.each(
        "calendar of " + zone, () -> new GregorianCalendar(TimeZone.getTimeZone(zone)));
  }

  static Date date(Random random) {
    return Date.valueOf(
        one(List.of("2013-10-01", "1582-10-04", "0001-01-01", "2024-02-29"), random));
  }

  static Time time(Random random) {
    return Time.valueOf(one(List.of("12:30:00", "00:00:00", "23:59:59"), random));
  }

  static Timestamp timestamp(Random random) {
    return Timestamp.valueOf(
        one(
            List.of("2013-10-01 12:30:00.123456789", "1582-10-04 00:00:00", "2024-03-31 02:30:00"),
            random));
  }

  /** A value of any class that H2 takes as an object, and of some that it does not. */
  static Argument object(Random random) {
    int i = 1 + random.nextInt(5);
    return switch (random.nextInt(32)) {
      case 0, 1, 2, 3 -> Argument.of(i);
      case 4, 5, 6 -> Argument.of(text(random));
      case 7 -> Argument.of((long) i);
      case 8 -> Argument.of(i * 0.5);
      case 9 -> Argument.of(i * 0.5f);
      case 10 -> Argument.of(new BigDecimal("12.50"));
      case 11 -> Argument.of((short) i);
      case 12 -> Argument.of((byte) i);
      case 13 -> Argument.of(random.nextBoolean());
      case 14 -> Argument.of(new byte[] {1, 2, (byte) i});
      case 15 -> Argument.of(date(random));
      case 16 -> Argument.of(timestamp(random));
      case 17 -> Argument.of(LocalDate.of(2013, 10, i));
      case 18 -> Argument.of(LocalDateTime.of(2013, 10, i, 12, 30, 15, 123_456_789));
      case 19 -> Argument.of(OffsetDateTime.parse("2013-10-01T12:30:15+02:00"));
      case 20 -> Argument.of(Instant.parse("2013-10-01T12:30:15.5Z"));
      case 21 -> Argument.of(UUID.fromString("12345678-1234-1234-1234-12345678900" + i));
      case 22 -> Argument.of(new Object[] {1, i, null});
      case 23 -> Argument.of(Interval.ofDays(i));
      case 24 -> Argument.of(Duration.ofMinutes(i));
      case 25 -> Argument.of(Period.ofMonths(i));
      case 26 -> Argument.of(new ArrayList<>(List.of("serialised", i)));
      case 27 -> Argument.of(BigInteger.TEN);
      case 28 -> Argument.of(random.nextBoolean() ? LocalTime.NOON : time(random));
      case 29 -> Argument.of(Character.valueOf('c'));
      case 30 -> random.nextBoolean() ? stream(random) : reader(random);
      default -> Argument.of(random.nextBoolean() ? null : OffsetTime.parse("12:30:15+02:00"));
    };
  }
}
