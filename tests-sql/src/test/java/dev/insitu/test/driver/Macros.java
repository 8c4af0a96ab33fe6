package dev.insitu.test.driver;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** Steps of several calls, as programs make them; single calls alone would seldom get far. */
final class Macros {
  private static final Class<?>[] NONE = {};
  private static final Class<?>[] INT = {int.class};
  private static final Class<?>[] TEXT = {String.class};
  private static final int ROWS_READ = 12;

  private final Sequence sequence;
  private final SqlTexts texts;
  private final Scenarios scenarios;

  Macros(Sequence sequence, SqlTexts texts) {
    this.sequence = sequence;
    this.texts = texts;
    this.scenarios = new Scenarios(sequence, texts);
  }

  /** Runs a macro or, as often as not, none. */
  boolean run(Random random) {
    int dice = random.nextInt(100);
    if (dice < 14) {
      execute(random);
    } else if (dice < 26) {
      prepare(random);
    } else if (dice < 40) {
      read(random);
    } else if (dice < 44) {
      drain(random);
    } else if (dice < 47) {
      openConnection(random);
    } else if (dice < 53) {
      edit(random);
    } else if (dice < 59) {
      callRoutine(random);
    } else if (dice < 61) {
      distributed(random);
    } else if (dice < 62) {
      batch(random);
    } else if (dice < 70) {
      scenarios.run(random);
    } else {
      return false;
    }
    return true;
  }

  private @Nullable Pair open(Class<?> kind) {
    List<Pair> open = sequence.live(kind).stream().filter(Sequence::isOpen).toList();
    return open.isEmpty() ? null : sequence.choose(open);
  }

  private Pair connection(Random random) {
    Pair connection = open(Connection.class);
    return connection != null ? connection : openConnection(random);
  }

  private Pair openConnection(Random random) {
    Pair source = sequence.live(DataSource.class).get(0);
    Pair made = sequence.call(source, "getConnection", NONE).pair();
    if (made == null) {
      throw new Difference("no connection");
    }
    if (random.nextInt(3) > 0) {
      sequence.call(
          made, "setAutoCommit", new Class<?>[] {boolean.class}, Argument.of(random.nextBoolean()));
    }
    return made;
  }

  private @Nullable Pair statement(Random random) {
    Pair statement =
        random.nextInt(3) == 0
            ? null
            : sequence.live(Statement.class).stream()
                .filter(pair -> !pair.is(PreparedStatement.class) && Sequence.isOpen(pair))
                .reduce((a, b) -> b)
                .orElse(null);
    if (statement != null) {
      return statement;
    }
    Pair connection = connection(random);
    if (random.nextInt(3) == 0) {
      return sequence.call(connection, "createStatement", NONE).pair();
    }
    return sequence
        .call(
            connection,
            "createStatement",
            new Class<?>[] {int.class, int.class},
            Argument.of(ResultSet.TYPE_FORWARD_ONLY + random.nextInt(2)),
            Argument.of(ResultSet.CONCUR_READ_ONLY + random.nextInt(2)))
        .pair();
  }

  private void execute(Random random) {
    Pair statement = statement(random);
    if (statement == null) {
      return;
    }
    Sequence.Result result;
    Argument keys = Argument.of(1 + random.nextInt(2));
    switch (random.nextInt(5)) {
      case 0, 1:
        result = sequence.call(statement, "executeQuery", TEXT, texts.query(random).argument());
        break;
      case 2:
        result = sequence.call(statement, "execute", TEXT, texts.any(random).argument());
        sequence.call(statement, "getResultSet", NONE);
        sequence.call(statement, "getUpdateCount", NONE);
        break;
      case 3:
        result = sequence.call(statement, "executeUpdate", TEXT, texts.update(random).argument());
        break;
      default:
        result =
            sequence.call(
                statement,
                "executeUpdate",
                new Class<?>[] {String.class, int.class},
                texts.update(random).argument(),
                keys);
        sequence.call(statement, "getGeneratedKeys", NONE);
        break;
    }
    readRows(result.pair(), random, random.nextInt(3));
  }

  private void prepare(Random random) {
    Pair statement =
        random.nextInt(3) == 0
            ? open(PreparedStatement.class)
            : sequence
                .call(
                    connection(random), "prepareStatement", TEXT, texts.prepared(random).argument())
                .pair();
    if (statement == null) {
      return;
    }
    setParameters(statement, random);
    switch (random.nextInt(5)) {
      case 0, 1:
        readRows(sequence.call(statement, "executeQuery", NONE).pair(), random, 2);
        break;
      case 2:
        sequence.call(statement, "executeUpdate", NONE);
        break;
      case 3:
        sequence.call(statement, "addBatch", NONE);
        setParameters(statement, random);
        sequence.call(statement, "addBatch", NONE);
        sequence.call(statement, "executeBatch", NONE);
        break;
      default:
        sequence.call(statement, "execute", NONE);
        readRows(sequence.call(statement, "getResultSet", NONE).pair(), random, 2);
        sequence.call(statement, "getMoreResults", NONE);
        break;
    }
  }

  private void setParameters(Pair statement, Random random) {
    Pair columns = sequence.call(statement, "getParameterMetaData", NONE).pair();
    if (columns == null) {
      return;
    }
    int count;
    try {
      count = ((ParameterMetaData) columns.plain()).getParameterCount();
    } catch (SQLException e) {
      return;
    }
    for (int i = 1; i <= count; i++) {
      if (random.nextInt(15) > 0) {
        sequence.call(
            statement,
            "setObject",
            new Class<?>[] {int.class, Object.class},
            Argument.of(i),
            parameter(columns, i, random));
      }
    }
  }

  private static Argument parameter(Pair columns, int parameter, Random random) {
    try {
      return switch (((ParameterMetaData) columns.plain()).getParameterType(parameter)) {
        case Types.INTEGER, Types.SMALLINT, Types.BIGINT -> Argument.of(1 + random.nextInt(5));
        case Types.VARCHAR, Types.CLOB -> Argument.of(Values.text(random));
        default -> Values.object(random);
      };
    } catch (SQLException e) {
      return Values.object(random);
    }
  }

  private void read(Random random) {
    Pair rows = open(ResultSet.class);
    if (rows == null) {
      execute(random);
    } else {
      readRows(rows, random, 4);
    }
  }

  /** Moves and gets, by whatever getters. */
  private void readRows(@Nullable Pair rows, Random random, int gets) {
    if (rows == null || !rows.is(ResultSet.class)) {
      return;
    }
    if (random.nextInt(4) > 0) {
      sequence.call(rows, "next", NONE);
    } else {
      sequence.call(rows, "absolute", INT, Argument.of(random.nextInt(4)));
    }
    List<Method> getters =
        Coverage.methods(ResultSet.class).stream()
            .filter(method -> method.getName().startsWith("get") && method.getParameterCount() > 0)
            .toList();
    for (int i = 0; i < gets; i++) {
      Method getter = Values.one(getters, random);
      sequence.call(
          rows,
          ResultSet.class,
          getter,
          sequence.arguments().of(rows, ResultSet.class, getter, random));
      sequence.call(rows, "wasNull", NONE);
    }
  }

  private void drain(Random random) {
    Pair rows = open(ResultSet.class);
    if (rows == null) {
      return;
    }
    int columns;
    try {
      columns = ((ResultSet) rows.plain()).getMetaData().getColumnCount();
    } catch (SQLException e) {
      return;
    }
    String getter = random.nextBoolean() ? "getString" : "getObject";
    for (int row = 0; row < ROWS_READ; row++) {
      Sequence.Result next = sequence.call(rows, "next", NONE);
      if (!Boolean.TRUE.equals(next.plain())) {
        return;
      }
      for (int i = 1; i <= columns; i++) {
        sequence.call(rows, getter, INT, Argument.of(i));
      }
    }
  }

  /** Changes rows through a result set. */
  private void edit(Random random) {
    Pair rows = updatable();
    if (rows == null) {
      Pair statement =
          sequence
              .call(
                  connection(random),
                  "createStatement",
                  new Class<?>[] {int.class, int.class},
                  Argument.of(ResultSet.TYPE_SCROLL_INSENSITIVE),
                  Argument.of(ResultSet.CONCUR_UPDATABLE))
              .pair();
      if (statement == null) {
        return;
      }
      String text = random.nextBoolean() ? "SELECT * FROM everything" : "SELECT * FROM items";
      rows = sequence.call(statement, "executeQuery", TEXT, Sql.same(text).argument()).pair();
      if (rows == null) {
        return;
      }
    }
    boolean inserts = random.nextInt(3) == 0;
    if (inserts) {
      sequence.call(rows, "moveToInsertRow", NONE);
      sequence.call(
          rows,
          "updateInt",
          new Class<?>[] {int.class, int.class},
          Argument.of(1),
          Argument.of(100 + random.nextInt(100)));
    } else {
      sequence.call(rows, "next", NONE);
    }
    List<Method> updaters =
        Coverage.methods(ResultSet.class).stream()
            .filter(
                method -> method.getName().startsWith("update") && method.getParameterCount() > 0)
            .toList();
    for (int i = 0; i < 3; i++) {
      Method updater = Values.one(updaters, random);
      sequence.call(
          rows,
          ResultSet.class,
          updater,
          sequence.arguments().of(rows, ResultSet.class, updater, random));
    }
    String end =
        inserts
            ? "insertRow"
            : Values.one(
                List.of("updateRow", "updateRow", "cancelRowUpdates", "deleteRow"), random);
    sequence.call(rows, end, NONE);
    sequence.call(rows, inserts ? "moveToCurrentRow" : "refreshRow", NONE);
  }

  private @Nullable Pair updatable() {
    return sequence.live(ResultSet.class).stream()
        .filter(
            pair -> {
              try {
                ResultSet rows = (ResultSet) pair.plain();
                return !rows.isClosed() && rows.getConcurrency() == ResultSet.CONCUR_UPDATABLE;
              } catch (SQLException e) {
                return false;
              }
            })
        .reduce((a, b) -> b)
        .orElse(null);
  }

  private void callRoutine(Random random) {
    Pair call =
        sequence
            .call(connection(random), "prepareCall", TEXT, texts.call(random).argument())
            .pair();
    if (call == null) {
      return;
    }
    sequence.call(
        call,
        "registerOutParameter",
        new Class<?>[] {int.class, int.class},
        Argument.of(1),
        Argument.of(Values.sqlType(random)));
    int parameters;
    int columns;
    try {
      CallableStatement plain = (CallableStatement) call.plain();
      parameters = plain.getParameterMetaData().getParameterCount();
      ResultSetMetaData metaData = plain.getMetaData();
      columns = metaData == null ? 1 : metaData.getColumnCount();
    } catch (SQLException e) {
      return;
    }
    for (int i = 1; i <= parameters; i++) {
      sequence.call(
          call,
          "setObject",
          new Class<?>[] {int.class, Object.class},
          Argument.of(i),
          random.nextInt(4) > 0 ? Argument.of(1 + random.nextInt(3)) : Values.object(random));
    }
    sequence.call(call, "execute", NONE);
    List<Method> getters =
        Coverage.methods(CallableStatement.class).stream()
            .filter(
                method ->
                    method.getDeclaringClass() == CallableStatement.class
                        && method.getName().startsWith("get")
                        && method.getParameterCount() > 0)
            .toList();
    for (int i = 0; i < 4; i++) {
      Method getter = Values.one(getters, random);
      List<Argument> given =
          new java.util.ArrayList<>(
              sequence.arguments().of(call, CallableStatement.class, getter, random));
      if (getter.getParameterTypes()[0] == int.class) {
        given.set(0, Argument.of(1 + random.nextInt(Math.max(1, columns))));
      }
      sequence.call(call, CallableStatement.class, getter, given);
    }
  }

  /** Two-phase commit. */
  private void distributed(Random random) {
    Pair xa = open(XAConnection.class);
    if (xa == null || random.nextInt(4) == 0) {
      xa = sequence.call(sequence.live(XADataSource.class).get(0), "getXAConnection", NONE).pair();
    }
    if (xa == null) {
      return;
    }
    Pair resource = sequence.call(xa, "getXAResource", NONE).pair();
    Pair connection = sequence.call(xa, "getConnection", NONE).pair();
    if (connection == null || resource == null) {
      return;
    }
    Argument id = Argument.of(new Arguments.TransactionId((byte) random.nextInt(2)));
    Class<?>[] xid = {Xid.class};
    Class<?>[] xidAndInt = {Xid.class, int.class};
    sequence.call(resource, "start", xidAndInt, id, Argument.of(XAResource.TMNOFLAGS));
    Pair statement = sequence.call(connection, "createStatement", NONE).pair();
    if (statement != null) {
      sequence.call(statement, "executeUpdate", TEXT, texts.update(random).argument());
    }
    sequence.call(resource, "end", xidAndInt, id, Argument.of(XAResource.TMSUCCESS));
    boolean prepares = random.nextBoolean();
    if (prepares) {
      sequence.call(resource, "prepare", xid, id);
      sequence.call(resource, "recover", INT, Argument.of(XAResource.TMSTARTRSCAN));
    }
    if (random.nextInt(3) == 0) {
      sequence.call(resource, "rollback", xid, id);
    } else {
      sequence.call(
          resource,
          "commit",
          new Class<?>[] {Xid.class, boolean.class},
          id,
          Argument.of(!prepares));
    }
  }

  private void batch(Random random) {
    Pair statement = statement(random);
    if (statement == null) {
      return;
    }
    for (int i = 0; i < 3; i++) {
      sequence.call(statement, "addBatch", TEXT, texts.update(random).argument());
    }
    sequence.call(statement, random.nextBoolean() ? "executeBatch" : "executeLargeBatch", NONE);
    sequence.call(connection(random), "createNClob", NONE);
    Pair lob = open(NClob.class);
    if (lob != null) {
      sequence.call(
          lob,
          "setString",
          new Class<?>[] {long.class, String.class},
          Argument.of(1L),
          Argument.of(Values.text(random)));
    }
  }
}
