package dev.insitu.test.driver;

import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** A visit to every method in turn, each on a fresh object on which it can succeed. */
final class Tour {
  /** A stop: a method of a kind. */
  private record Stop(Class<?> kind, Method method) {}

  private static final Class<?>[] NONE = {};
  private static final Class<?>[] INT = {int.class};
  private static final Class<?>[] TEXT = {String.class};
  private static final Class<?>[] INT_INT = {int.class, int.class};
  private static final int TRIES = 5;
  private static final List<Stop> STOPS = new ArrayList<>();

  static {
    Kinds.ALL.forEach(
        kind -> Coverage.methods(kind).forEach(method -> STOPS.add(new Stop(kind, method))));
  }

  private final Sequence sequence;

  Tour(Sequence sequence) {
    this.sequence = sequence;
  }

  static int length() {
    return STOPS.size();
  }

  void visit(long number, Random random) {
    Stop stop = STOPS.get((int) (number % STOPS.size()));
    for (int i = 0; i < TRIES; i++) {
      Pair target = fresh(stop.kind(), stop.method(), random);
      if (target != null && visited(stop, target, random)) {
        return;
      }
    }
  }

  /** Returns whether the call succeeded. */
  private boolean visited(Stop stop, Pair target, Random random) {
    List<Argument> arguments =
        new ArrayList<>(sequence.arguments().of(target, stop.kind(), stop.method(), random));
    if (List.of(stop.method().getParameterTypes()).equals(List.of(Savepoint.class))) {
      Pair savepoint = savepoint(target, random.nextBoolean());
      arguments.set(0, savepoint == null ? arguments.get(0) : Argument.of(savepoint));
    }
    return sequence.call(target, stop.kind(), stop.method(), arguments).success();
  }

  private @Nullable Pair fresh(Class<?> kind, Method method, Random random) {
    String name = method.getName();
    if (kind == Connection.class) {
      return connection();
    } else if (kind == Statement.class) {
      Pair statement = statement();
      if (statement != null && (name.startsWith("get") || name.equals("closeOnCompletion"))) {
        sequence.call(
            statement,
            "execute",
            TEXT,
            Argument.of(random.nextBoolean() ? "TABLE items" : "DELETE FROM model"));
      } else if (statement != null && name.contains("Batch")) {
        sequence.call(statement, "addBatch", TEXT, Argument.of("DELETE FROM model"));
      }
      return statement;
    } else if (kind == PreparedStatement.class) {
      return prepared(name, random);
    } else if (kind == CallableStatement.class) {
      return call(name, method, random);
    } else if (kind == ResultSet.class) {
      return rows(name, random);
    } else if (kind == DatabaseMetaData.class) {
      return of(connection(), "getMetaData");
    } else if (kind == ResultSetMetaData.class) {
      return of(rows(name, random), "getMetaData");
    } else if (kind == ParameterMetaData.class) {
      return of(prepared(name, random), "getParameterMetaData");
    } else if (kind == Savepoint.class) {
      return savepoint(connection(), !name.endsWith("Id"));
    } else if (kind == XAConnection.class) {
      return of(sequence.live(XADataSource.class).get(0), "getXAConnection");
    } else if (kind == XAResource.class) {
      return resource(name, random);
    }
    return large(kind, name, random);
  }

  private @Nullable Pair savepoint(Pair connection, boolean named) {
    return named
        ? sequence.call(connection, "setSavepoint", TEXT, Argument.of("named")).pair()
        : of(connection, "setSavepoint");
  }

  private @Nullable Pair large(Class<?> kind, String name, Random random) {
    boolean made = name.startsWith("set") || random.nextInt(3) == 0;
    if (kind == Array.class) {
      return column("getArray", 41, random);
    } else if (kind == Blob.class) {
      return made ? of(connection(), "createBlob") : column("getBlob", 8, random);
    } else if (kind == NClob.class) {
      return made ? of(connection(), "createNClob") : column("getNClob", 4, random);
    } else if (kind == SQLXML.class) {
      return made ? of(connection(), "createSQLXML") : column("getSQLXML", 4, random);
    }
    return sequence.live(kind).get(0);
  }

  private Pair connection() {
    Pair made = of(sequence.live(DataSource.class).get(0), "getConnection");
    if (made == null) {
      throw new Difference("no connection");
    }
    return made;
  }

  private @Nullable Pair of(@Nullable Pair from, String method) {
    return from == null ? null : sequence.call(from, method, NONE).pair();
  }

  private @Nullable Pair statement() {
    return sequence
        .call(
            connection(),
            "createStatement",
            INT_INT,
            Argument.of(ResultSet.TYPE_SCROLL_INSENSITIVE),
            Argument.of(ResultSet.CONCUR_UPDATABLE))
        .pair();
  }

  private @Nullable Pair column(String getter, int column, Random random) {
    Pair rows = rows(getter, random);
    return rows == null ? null : sequence.call(rows, getter, INT, Argument.of(column)).pair();
  }

  private @Nullable Pair rows(String method, Random random) {
    Pair statement = statement();
    if (statement == null) {
      return null;
    }
    Pair rows =
        sequence
            .call(statement, "executeQuery", TEXT, Argument.of("SELECT * FROM everything"))
            .pair();
    if (rows == null) {
      return null;
    }
    if (method.equals("insertRow") || method.equals("moveToCurrentRow")) {
      sequence.call(rows, "moveToInsertRow", NONE);
      sequence.call(
          rows, "updateInt", INT_INT, Argument.of(1), Argument.of(200 + random.nextInt(1000)));
    } else {
      int row = List.of(1, 1, 1, 2, 3).get(random.nextInt(5));
      sequence.call(rows, "absolute", INT, Argument.of(row));
    }
    return rows;
  }

  private @Nullable Pair prepared(String method, Random random) {
    boolean update = method.contains("pdate") || method.contains("Keys");
    String sql =
        update
            ? "UPDATE model SET predict = 1 WHERE train = ? OR train = ?"
            : "SELECT ? AS a, ? AS b, id FROM items";
    Pair statement = sequence.call(connection(), "prepareStatement", TEXT, Argument.of(sql)).pair();
    if (statement == null) {
      return null;
    }
    for (int i = 1; i <= 2; i++) {
      sequence.call(
          statement,
          "setString",
          new Class<?>[] {int.class, String.class},
          Argument.of(i),
          Argument.of(Values.text(random)));
    }
    if (method.startsWith("get") && random.nextBoolean()) {
      sequence.call(statement, "execute", NONE);
    } else if (method.contains("Batch")) {
      sequence.call(statement, "addBatch", NONE);
    }
    return statement;
  }

  /** A call that has been made; what it returned can be read by the method. */
  private @Nullable Pair call(String method, Method getter, Random random) {
    String type = typeFor(method.replaceFirst("get", ""), getter);
    String sql =
        method.contains("pdate") || method.contains("Batch")
            ? "DELETE FROM model WHERE train = ?"
            : "SELECT CAST(? AS " + type.substring(0, type.indexOf('=')) + ") AS a";
    Pair call = sequence.call(connection(), "prepareCall", TEXT, Argument.of(sql)).pair();
    if (call == null) {
      return null;
    }
    if (!sql.startsWith("DELETE")) {
      sequence.call(
          call, "registerOutParameter", INT_INT, Argument.of(1), Argument.of(Types.OTHER));
    }
    sequence.call(
        call,
        "setString",
        new Class<?>[] {int.class, String.class},
        Argument.of(1),
        Argument.of(random.nextInt(8) == 0 ? null : type.substring(type.indexOf('=') + 1)));
    if (method.startsWith("get") || method.equals("wasNull")) {
      sequence.call(call, "execute", NONE);
    } else if (method.contains("Batch")) {
      sequence.call(call, "addBatch", NONE);
    }
    return call;
  }

  private static String typeFor(String value, Method getter) {
    return switch (value) {
      case "Array" -> "INTEGER ARRAY=1";
      case "Date" -> "DATE=2013-10-01";
      case "Time" -> "TIME=12:30:15";
      case "Timestamp" -> "TIMESTAMP=2013-10-01 12:30:15";
      case "Byte", "Short", "Int", "Long", "Float", "Double", "BigDecimal" -> "INTEGER=12";
      case "Boolean" -> "BOOLEAN=true";
      case "Bytes", "Blob" -> "BLOB=0102";
      case "Clob", "NClob" -> "CLOB=text";
      default ->
          getter.getParameterCount() == 2
              ? "UUID=12345678-1234-1234-1234-123456789abc"
              : "VARCHAR=text";
    };
  }

  private @Nullable Pair resource(String method, Random random) {
    Pair xa = of(sequence.live(XADataSource.class).get(0), "getXAConnection");
    Pair resource = of(xa, "getXAResource");
    if (resource == null || method.equals("start")) {
      return resource;
    }
    of(xa, "getConnection");
    Class<?>[] xidAndInt = {Xid.class, int.class};
    Argument id = Argument.of(new Arguments.TransactionId((byte) 0));
    sequence.call(resource, "start", xidAndInt, id, Argument.of(XAResource.TMNOFLAGS));
    if (method.equals("recover") && random.nextBoolean()) {
      sequence.call(resource, "prepare", new Class<?>[] {Xid.class}, id);
      sequence.call(resource, "rollback", new Class<?>[] {Xid.class}, id);
    }
    return resource;
  }
}
