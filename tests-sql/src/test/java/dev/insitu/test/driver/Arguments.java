package dev.insitu.test.driver;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.Driver;
import java.sql.NClob;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Executor;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Arguments for any method of JDBC, drawn from a seed: mostly such as can succeed. */
final class Arguments {
  private static final int LONGEST_STREAM = 1_000_000;
  private static final List<String> NAMES =
      List.of(
          "ITEMS",
          "EVERYTHING",
          "PARTS",
          "PUBLIC",
          "OTHER",
          "%",
          "I%",
          "ID",
          "NAME",
          "items",
          "nothing");

  private final Sequence sequence;
  private final SqlTexts texts;

  Arguments(Sequence sequence, SqlTexts texts) {
    this.sequence = sequence;
    this.texts = texts;
  }

  List<Argument> of(Pair target, Class<?> kind, Method method, Random random) {
    Class<?>[] types = method.getParameterTypes();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      arguments.add(one(target, kind, method, i, types[i], random));
    }
    if (types.length == 4 && types[0] == long.class && random.nextBoolean()) { // a part: all of it
      Object whole = arguments.get(1).plain();
      arguments.set(2, Argument.of(0));
      arguments.set(3, Argument.of(whole == null ? 0 : length(whole)));
    }
    return arguments;
  }

  private static int length(Object whole) {
    return whole instanceof byte[] bytes ? bytes.length : whole.toString().length();
  }

  private Argument one(
      Pair target, Class<?> kind, Method method, int position, Class<?> type, Random random) {
    String name = method.getName();
    if (type == int.class) {
      return Argument.of(number(target, kind, method, position, random));
    } else if (type == long.class) {
      return Argument.of((long) (position == 0 ? 1 + random.nextInt(3) : random.nextInt(6)));
    } else if (type == short.class) {
      return Argument.of((short) random.nextInt(7));
    } else if (type == byte.class) {
      return Argument.of((byte) random.nextInt(7));
    } else if (type == double.class) {
      return Argument.of(random.nextInt(100) / 8.0);
    } else if (type == float.class) {
      return Argument.of(random.nextInt(100) / 8.0f);
    } else if (type == boolean.class) {
      return Argument.of(random.nextBoolean());
    } else if (type == String.class) {
      return text(target, kind, method, position, random);
    } else if (type == Class.class) {
      return Argument.of(
          name.contains("rap")
              ? random.nextBoolean() ? kind : Values.wrapped(random)
              : kind == SQLXML.class
                  ? Values.xml(
                      name.equals("getSource")
                          ? javax.xml.transform.Source.class
                          : javax.xml.transform.Result.class,
                      random)
                  : Values.resultType(random));
    } else if (type == Object.class) {
      return random.nextInt(6) == 0
          ? pair(
              List.of(Blob.class, Clob.class, Array.class, SQLXML.class, ResultSet.class), random)
          : Values.object(random);
    } else if (random.nextInt(12) == 0 && type != Executor.class && !type.isInterface()) {
      return Argument.of((Object) null);
    }
    return object(kind, name, type, random);
  }

  private Argument object(Class<?> kind, String name, Class<?> type, Random random) {
    if (type == BigDecimal.class) {
      return Argument.of(new BigDecimal("12.5" + random.nextInt(9)));
    } else if (type == byte[].class) {
      return Argument.of(new byte[] {1, 2, (byte) random.nextInt(3)});
    } else if (type == char[].class) {
      return Argument.of("secret".toCharArray());
    } else if (type == int[].class) {
      return Argument.of(new int[] {1 + random.nextInt(3)});
    } else if (type == String[].class) {
      return Argument.of(
          kind == DatabaseMetaData.class
              ? new String[] {"BASE TABLE", "VIEW"}
              : new String[] {Values.one(List.of("ID", "PRICE", "NAME", "NONE"), random)});
    } else if (type == Object[].class) {
      return Argument.of(new Object[] {1, "2", null});
    } else if (type == Date.class) {
      return Argument.of(Values.date(random));
    } else if (type == Time.class) {
      return Argument.of(Values.time(random));
    } else if (type == Timestamp.class) {
      return Argument.of(Values.timestamp(random));
    } else if (type == Calendar.class) {
      return Values.calendar(random);
    } else if (type == InputStream.class) {
      return Values.stream(random);
    } else if (type == Reader.class) {
      return Values.reader(random);
    } else if (type == PrintWriter.class) {
      return Values.logWriter();
    } else if (type == SQLType.class) {
      return Values.sqlTypeObject(random);
    } else if (type == Map.class) {
      return Argument.of(random.nextBoolean() ? Map.of() : null);
    } else if (type == Properties.class) {
      return Argument.of(properties(kind, random));
    } else if (type == Executor.class) {
      Executor executor = Runnable::run;
      return new Argument(executor, executor, "an executor");
    } else if (type == Xid.class) {
      return Argument.of(new TransactionId((byte) random.nextInt(2)));
    } else if (type == ConnectionEventListener.class) {
      return new Argument(sequence.plainEvents(), sequence.ourEvents(), "a listener");
    } else if (type == Blob.class
        || type == Clob.class
        || type == NClob.class
        || type == SQLXML.class
        || type == Array.class
        || type == Savepoint.class
        || type == XAResource.class) {
      return pair(List.of(type), random);
    }
    return Argument.of(
        (Object) null); // Ref, RowId, URL, ShardingKey, StatementEventListener: H2 has none
  }

  private static Properties properties(Class<?> kind, Random random) {
    Properties properties = new Properties();
    if (kind == Driver.class) {
      properties.setProperty("user", random.nextInt(4) == 0 ? "nobody" : "sa");
      properties.setProperty("password", "");
    } else if (random.nextBoolean()) {
      properties.setProperty(random.nextBoolean() ? "ApplicationName" : "unknown", "test");
    }
    return properties;
  }

  /**
   * Returns one of the objects that both drivers have given, null if there is none of the kinds.
   */
  private Argument pair(List<Class<?>> kinds, Random random) {
    List<Pair> pairs =
        sequence.live().stream()
            .filter(pair -> kinds.stream().anyMatch(kind -> pair.is(kind)))
            .toList();
    return pairs.isEmpty() ? Argument.of((Object) null) : Argument.of(Values.one(pairs, random));
  }

  private Argument text(Pair target, Class<?> kind, Method method, int position, Random random) {
    String name = method.getName();
    boolean first = position == 0;
    if (kind == Driver.class) {
      return random.nextInt(6) == 0 ? Argument.of((Object) null) : sequence.url();
    } else if (first && kind == Connection.class && name.startsWith("prepare")) {
      return (name.equals("prepareCall") ? texts.call(random) : texts.prepared(random)).argument();
    } else if (first && kind == Connection.class && name.equals("nativeSQL")) {
      return Argument.of(SqlTexts.ofDatabase(random));
    } else if (first && Statement.class.isAssignableFrom(kind) && name.equals("executeQuery")) {
      return (random.nextInt(10) == 0 ? texts.any(random) : texts.query(random)).argument();
    } else if (first && Statement.class.isAssignableFrom(kind) && name.contains("Update")) {
      return (random.nextInt(10) == 0 ? texts.any(random) : texts.update(random)).argument();
    } else if (first && kind == Statement.class && name.equals("addBatch")) {
      return (random.nextInt(6) == 0 ? texts.any(random) : texts.update(random)).argument();
    } else if (first && Statement.class.isAssignableFrom(kind) && name.startsWith("execute")) {
      return texts.any(random).argument();
    } else if (first && kind == ResultSet.class) {
      return label(target, method, random);
    } else if (first && kind == CallableStatement.class) {
      return parameterName(target, random);
    } else if (kind == Connection.class && name.equals("setSchema")) {
      return Argument.of(
          Values.one(List.of("PUBLIC", "PUBLIC", "OTHER", "public", "NONE"), random));
    } else if (kind == Connection.class && name.contains("ClientInfo")) {
      return Argument.of(
          first
              ? Values.one(List.of("ApplicationName", "numServers", "x"), random)
              : Values.one(Arrays.asList("ApplicationName", "0", null), random));
    } else if (kind == Connection.class && name.equals("createArrayOf") && first) {
      return Argument.of(Values.one(List.of("INTEGER", "VARCHAR", "NULL", "nonsense"), random));
    } else if (name.equals("getConnection")
        || name.endsWith("edConnection")
        || name.endsWith("XAConnection")) {
      return Argument.of(first ? Values.one(List.of("sa", "sa", "SA", "nobody"), random) : "");
    } else if (kind == DatabaseMetaData.class) {
      return Argument.of(random.nextInt(3) == 0 ? null : Values.one(NAMES, random));
    } else if (kind == SQLXML.class) {
      return Argument.of(random.nextBoolean() ? "<a>text</a>" : "no xml");
    } else if (name.startsWith("enquote") || name.equals("isSimpleIdentifier")) {
      return Argument.of(
          Values.one(List.of("name", "it's", "\"q\"", "TABLE", "a b", "", "Näme"), random));
    }
    return Argument.of(random.nextInt(10) == 0 ? null : Values.text(random));
  }

  private int number(Pair target, Class<?> kind, Method method, int position, Random random) {
    String name = method.getName();
    if (random.nextInt(25) == 0) { // H2 takes the memory that a stream is said to have
      int any = random.nextInt();
      return name.endsWith("Stream") ? any % LONGEST_STREAM : any;
    } else if (kind == ResultSet.class) {
      boolean moves = List.of("absolute", "relative").contains(name);
      return position > 0
          ? random.nextInt(8)
          : moves
              ? random.nextInt(8) - 3
              : name.startsWith("setFetch")
                  ? fetch(name, random)
                  : column((ResultSet) target.plain(), method, random);
    } else if (kind == Connection.class) {
      return name.equals("setTransactionIsolation")
          ? Values.one(List.of(1, 2, 4, 6, 8, 0), random)
          : name.equals("setHoldability")
              ? 1 + random.nextInt(2)
              : name.equals("isValid") || name.equals("setNetworkTimeout")
                  ? random.nextInt(5) - 1
                  : List.of(
                          1 + random.nextInt(2),
                          1003 + random.nextInt(3),
                          1007 + random.nextInt(2),
                          1)
                      .get(
                          method.getParameterCount() == 2
                                  && method.getParameterTypes()[0] == String.class
                              ? 0
                              : position + (method.getParameterTypes()[0] == int.class ? 1 : 0));
    } else if (kind == ResultSetMetaData.class) {
      return 1 + random.nextInt(columns((ResultSetMetaData) target.plain()) + 1);
    } else if (kind == ParameterMetaData.class) {
      return 1 + random.nextInt(3);
    } else if (Statement.class.isAssignableFrom(kind)) {
      if (name.startsWith("execute") || name.equals("getMoreResults")) {
        return 1 + random.nextInt(3);
      } else if (name.startsWith("setFetch")) {
        return fetch(name, random);
      } else if (name.equals("setQueryTimeout")) {
        return Values.one(List.of(0, 60, 100, -1), random);
      } else if (name.equals("setMaxRows") || name.equals("setMaxFieldSize")) {
        return Values.one(List.of(0, 0, 2, 50, -1), random);
      } else if (position == 0) {
        return 1 + random.nextInt(parameters(target) + (random.nextInt(8) == 0 ? 1 : 0));
      } else if (name.equals("setNull")
          || name.startsWith("register")
          || name.equals("setObject")) {
        return position == 1 && !name.equals("setObject") || position == 2
            ? Values.sqlType(random)
            : random.nextInt(4);
      }
    } else if (kind == XAResource.class) {
      return Values.one(
          List.of(
              XAResource.TMNOFLAGS, XAResource.TMSUCCESS, XAResource.TMJOIN, XAResource.TMRESUME),
          random);
    } else if (kind == DatabaseMetaData.class) {
      return Values.one(List.of(0, 1, 2, 3, 1003, 1004, 1007, 1008), random);
    }
    return random.nextInt(8);
  }

  private static int fetch(String name, Random random) {
    return name.equals("setFetchSize")
        ? Values.one(List.of(0, 1, 10, 100, -1), random)
        : 1000 + random.nextInt(3);
  }

  private static Argument label(Pair target, Method method, Random random) {
    try {
      ResultSet rows = (ResultSet) target.plain();
      int column = column(rows, method, random);
      boolean lower = random.nextBoolean();
      return column < 1 || column > rows.getMetaData().getColumnCount()
          ? Argument.of("no such column")
          : labels(rows.getMetaData(), ((ResultSet) target.ours()).getMetaData(), column, lower);
    } catch (SQLException e) {
      return Argument.of("ID");
    }
  }

  /** A prediction without an alias has a generated label, each its own. */
  private static Argument labels(
      ResultSetMetaData plain, ResultSetMetaData ours, int column, boolean lower)
      throws SQLException {
    String label = plain.getColumnLabel(column);
    String ourLabel = ours.getColumnLabel(column);
    return lower
        ? new Argument(
            label.toLowerCase(Locale.ROOT),
            ourLabel.toLowerCase(Locale.ROOT),
            '"' + label.toLowerCase(Locale.ROOT) + '"')
        : new Argument(label, ourLabel, '"' + label + '"');
  }

  /** Returns a column, more often one that the method can read or write. */
  private static int column(ResultSet rows, Method method, Random random) {
    try {
      ResultSetMetaData columns = rows.getMetaData();
      int count = columns.getColumnCount();
      String suited = suited(method.getName().replaceFirst("get|update", ""));
      if (!suited.isEmpty() && random.nextInt(4) > 0) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          if (columns.getColumnTypeName(i).matches(suited)) {
            fitting.add(i);
          }
        }
        if (!fitting.isEmpty()) {
          return Values.one(fitting, random);
        }
      }
      return random.nextInt(15) == 0 ? count + 1 : 1 + random.nextInt(Math.max(1, count));
    } catch (SQLException e) {
      return 1;
    }
  }

  private static String suited(String type) {
    return switch (type) {
      case "Array" -> ".*ARRAY.*";
      case "Date", "Timestamp" -> "DATE|TIMESTAMP.*";
      case "Time" -> "TIME.*";
      case "Byte", "Short", "Int", "Long", "Float", "Double", "BigDecimal" ->
          "TINYINT|SMALLINT|INTEGER|BIGINT|NUMERIC|DECIMAL|REAL|DOUBLE PRECISION";
      case "Boolean" -> "BOOLEAN";
      case "Bytes", "BinaryStream", "Blob" -> "BINARY.*";
      case "Clob",
          "NClob",
          "AsciiStream",
          "CharacterStream",
          "NCharacterStream",
          "SQLXML",
          "String",
          "NString" ->
          "CHARACTER.*";
      default -> "";
    };
  }

  private static Argument parameterName(Pair target, Random random) {
    try {
      ResultSetMetaData columns = ((CallableStatement) target.plain()).getMetaData();
      ResultSetMetaData ours = ((CallableStatement) target.ours()).getMetaData();
      if (columns != null && ours != null && random.nextInt(10) > 0) {
        int column = 1 + random.nextInt(Math.max(1, columns.getColumnCount()));
        return labels(columns, ours, column, false);
      }
    } catch (SQLException e) {
      return Argument.of("ID");
    }
    return Argument.of("none");
  }

  private static int parameters(Pair target) {
    try {
      return target.plain() instanceof PreparedStatement statement
          ? Math.max(1, statement.getParameterMetaData().getParameterCount())
          : 1;
    } catch (SQLException e) {
      return 1;
    }
  }

  private static int columns(ResultSetMetaData columns) {
    try {
      return columns.getColumnCount();
    } catch (SQLException e) {
      return 1;
    }
  }

  /** A listener takes what happens to its own driver's connection. */
  static final class Events implements ConnectionEventListener, StatementEventListener {
    final List<String> log = new ArrayList<>();

    @Override
    public void connectionClosed(javax.sql.ConnectionEvent event) {
      log.add(
          "closed " + Outcome.kind(event.getSource()) + Outcome.describe(event.getSQLException()));
    }

    @Override
    public void connectionErrorOccurred(javax.sql.ConnectionEvent event) {
      log.add("failed " + Outcome.describe(event.getSQLException()));
    }

    @Override
    public void statementClosed(javax.sql.StatementEvent event) {
      log.add("statement closed");
    }

    @Override
    public void statementErrorOccurred(javax.sql.StatementEvent event) {
      log.add("statement failed");
    }
  }

  /** One of two transactions of a sequence. */
  record TransactionId(byte number) implements Xid {
    @Override
    public int getFormatId() {
      return 7;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return new byte[] {number};
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }
  }
}
