package dev.insitu.test.driver;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Steps of several calls that show one ability of a driver from its beginning to its end. */
final class Scenarios {
  private static final Class<?>[] NONE = {};
  private static final Class<?>[] INT = {int.class};
  private static final Class<?>[] INT_INT = {int.class, int.class};
  private static final Class<?>[] TEXT = {String.class};
  private static final Class<?>[] BOOLEAN = {boolean.class};
  private static final int MILLIS = 40;

  private final Sequence sequence;
  private final SqlTexts texts;
  private final List<java.util.function.Consumer<Random>> all =
      List.of(
          this::generatedKeys,
          this::scroll,
          this::closeOnCompletion,
          this::moreResults,
          this::savepoints,
          this::largeObjects,
          this::failingBatch,
          this::cancel,
          this::queryTimeout,
          this::holdability,
          this::abort);

  Scenarios(Sequence sequence, SqlTexts texts) {
    this.sequence = sequence;
    this.texts = texts;
  }

  void run(Random random) {
    Values.one(all, random).accept(random);
  }

  private Pair connection() {
    Pair made =
        sequence
            .call(sequence.live(javax.sql.DataSource.class).get(0), "getConnection", NONE)
            .pair();
    if (made == null) {
      throw new Difference("no connection");
    }
    return made;
  }

  private @Nullable Pair statement(Pair connection, Random random) {
    return sequence
        .call(
            connection,
            "createStatement",
            INT_INT,
            Argument.of(ResultSet.TYPE_FORWARD_ONLY + random.nextInt(3)),
            Argument.of(ResultSet.CONCUR_READ_ONLY + random.nextInt(2)))
        .pair();
  }

  /** All that an execution left behind. */
  private void read(@Nullable Pair rows) {
    if (rows == null || !rows.is(ResultSet.class)) {
      return;
    }
    sequence.compare(
        "read to its end", rows, plain -> read((ResultSet) (plain ? rows.plain() : rows.ours())));
  }

  private static List<List<String>> read(ResultSet rows) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(String.valueOf(rows.getString(i)));
      }
      all.add(row);
    }
    return all;
  }

  private void generatedKeys(Random random) {
    Class<?> type = Values.one(List.of(int.class, int[].class, String[].class), random);
    Argument wanted =
        type == int.class
            ? Argument.of(Statement.NO_GENERATED_KEYS - random.nextInt(2))
            : type == int[].class
                ? Argument.of(Values.one(List.of(new int[] {1}, new int[] {1, 3}), random))
                : Argument.of(
                    Values.one(List.of(new String[] {"ID"}, new String[] {"PRICE", "ID"}), random));
    Pair connection = connection();
    if (random.nextBoolean()) {
      Pair statement = sequence.call(connection, "createStatement", NONE).pair();
      if (statement != null) {
        String method =
            Values.one(List.of("execute", "executeUpdate", "executeLargeUpdate"), random);
        sequence.call(
            statement,
            method,
            new Class<?>[] {String.class, type},
            texts.update(random).argument(),
            wanted);
        read(sequence.call(statement, "getGeneratedKeys", NONE).pair());
      }
      return;
    }
    Pair prepared =
        sequence
            .call(
                connection,
                "prepareStatement",
                new Class<?>[] {String.class, type},
                Argument.of("INSERT INTO PUBLIC.items(name, price) VALUES (?, ?)"),
                wanted)
            .pair();
    if (prepared == null) {
      return;
    }
    boolean batch = random.nextBoolean();
    for (int i = 0; i < 2; i++) {
      set(prepared, 1, Argument.of(Values.text(random)));
      set(prepared, 2, Argument.of(i));
      sequence.call(prepared, batch ? "addBatch" : "executeUpdate", NONE);
    }
    if (batch) {
      sequence.call(prepared, random.nextBoolean() ? "executeBatch" : "executeLargeBatch", NONE);
    }
    read(sequence.call(prepared, "getGeneratedKeys", NONE).pair());
  }

  private void set(Pair statement, int parameter, Argument value) {
    sequence.call(
        statement,
        "setObject",
        new Class<?>[] {int.class, Object.class},
        Argument.of(parameter),
        value);
  }

  private void scroll(Random random) {
    Pair statement = statement(connection(), random);
    if (statement == null) {
      return;
    }
    Pair rows =
        sequence.call(statement, "executeQuery", TEXT, texts.query(random).argument()).pair();
    if (rows == null) {
      return;
    }
    List<Method> moves =
        Coverage.methods(ResultSet.class).stream()
            .filter(
                method ->
                    method
                        .getName()
                        .matches(
                            "next|previous|first|last|beforeFirst|afterLast|absolute|relative|is.*|getRow"))
            .toList();
    for (int i = 0; i < 8; i++) {
      Method move = Values.one(moves, random);
      sequence.call(
          rows,
          ResultSet.class,
          move,
          move.getName().equals("isWrapperFor")
              ? List.of(Argument.of((Object) ResultSet.class))
              : sequence.arguments().of(rows, ResultSet.class, move, random));
    }
  }

  private void closeOnCompletion(Random random) {
    Pair statement = statement(connection(), random);
    if (statement == null) {
      return;
    }
    sequence.call(statement, "closeOnCompletion", NONE);
    Pair rows =
        sequence.call(statement, "executeQuery", TEXT, texts.query(random).argument()).pair();
    sequence.call(statement, "isCloseOnCompletion", NONE);
    if (rows != null) {
      sequence.call(rows, "next", NONE);
      sequence.call(rows, "close", NONE);
    }
    sequence.call(statement, "isClosed", NONE);
    sequence.call(statement, "getResultSet", NONE);
  }

  private void moreResults(Random random) {
    Pair statement = statement(connection(), random);
    if (statement == null) {
      return;
    }
    sequence.call(statement, "execute", TEXT, texts.any(random).argument());
    Pair rows = sequence.call(statement, "getResultSet", NONE).pair();
    int which =
        Values.one(
            List.of(
                Statement.CLOSE_CURRENT_RESULT,
                Statement.KEEP_CURRENT_RESULT,
                Statement.CLOSE_ALL_RESULTS,
                0),
            random);
    sequence.call(statement, "getMoreResults", INT, Argument.of(which));
    sequence.call(statement, "getUpdateCount", NONE);
    sequence.call(statement, "getLargeUpdateCount", NONE);
    read(rows);
    read(sequence.call(statement, "getResultSet", NONE).pair());
  }

  private void savepoints(Random random) {
    Pair connection = connection();
    sequence.call(connection, "setAutoCommit", BOOLEAN, Argument.of(random.nextInt(5) == 0));
    Pair statement = sequence.call(connection, "createStatement", NONE).pair();
    if (statement == null) {
      return;
    }
    sequence.call(statement, "executeUpdate", TEXT, texts.update(random).argument());
    Pair point =
        random.nextBoolean()
            ? sequence.call(connection, "setSavepoint", NONE).pair()
            : sequence.call(connection, "setSavepoint", TEXT, Argument.of("p")).pair();
    sequence.call(statement, "executeUpdate", TEXT, texts.update(random).argument());
    if (point == null) {
      return;
    }
    sequence.call(point, random.nextBoolean() ? "getSavepointId" : "getSavepointName", NONE);
    String end = random.nextBoolean() ? "rollback" : "releaseSavepoint";
    sequence.call(connection, end, new Class<?>[] {Savepoint.class}, Argument.of(point));
    read(sequence.call(statement, "executeQuery", TEXT, Argument.of("TABLE PUBLIC.items")).pair());
    sequence.call(connection, end, new Class<?>[] {Savepoint.class}, Argument.of(point));
    sequence.call(connection, random.nextBoolean() ? "commit" : "rollback", NONE);
  }

  private void largeObjects(Random random) {
    Pair connection = connection();
    Pair blob = sequence.call(connection, "createBlob", NONE).pair();
    Pair clob =
        sequence.call(connection, random.nextBoolean() ? "createClob" : "createNClob", NONE).pair();
    Pair xml = sequence.call(connection, "createSQLXML", NONE).pair();
    Pair statement =
        sequence
            .call(
                connection,
                "prepareStatement",
                TEXT,
                Argument.of("UPDATE PUBLIC.items SET data = ?, text = ? WHERE id <= 2"))
            .pair();
    if (blob == null || clob == null || xml == null || statement == null) {
      return;
    }
    String text = Values.text(random).repeat(1 + random.nextInt(3000));
    Class<?>[] longAndText = {long.class, String.class};
    sequence.call(
        blob,
        "setBytes",
        new Class<?>[] {long.class, byte[].class},
        Argument.of(1L),
        Argument.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    sequence.call(clob, "setString", longAndText, Argument.of(1L), Argument.of(text));
    sequence.call(xml, "setString", TEXT, Argument.of("<a>" + random.nextInt(9) + "</a>"));
    sequence.call(
        statement,
        "setBlob",
        new Class<?>[] {int.class, Blob.class},
        Argument.of(1),
        Argument.of(blob));
    if (random.nextBoolean()) {
      Class<?> type = random.nextBoolean() ? NClob.class : Clob.class;
      sequence.call(
          statement,
          "set" + type.getSimpleName(),
          new Class<?>[] {int.class, type},
          Argument.of(2),
          Argument.of(clob));
    } else {
      sequence.call(
          statement,
          "setSQLXML",
          new Class<?>[] {int.class, SQLXML.class},
          Argument.of(2),
          Argument.of(xml));
    }
    sequence.call(statement, "executeUpdate", NONE);
    sequence.call(blob, "free", NONE);
    sequence.call(blob, "length", NONE);
    sequence.call(clob, "free", NONE);
    sequence.call(clob, "length", NONE);
    Pair query = sequence.call(connection, "createStatement", NONE).pair();
    if (query != null) {
      Pair rows =
          sequence
              .call(
                  query,
                  "executeQuery",
                  TEXT,
                  Argument.of("SELECT data, text FROM PUBLIC.items ORDER BY id"))
              .pair();
      if (rows != null) {
        sequence.compare(
            "streams", rows, plain -> streams((ResultSet) (plain ? rows.plain() : rows.ours())));
      }
    }
  }

  private static List<String> streams(ResultSet rows) throws Exception {
    List<String> all = new ArrayList<>();
    while (rows.next()) {
      try (InputStream data = rows.getBinaryStream(1);
          Reader text = rows.getCharacterStream(2)) {
        all.add(Outcome.describe(data) + Outcome.describe(text));
      }
    }
    return all;
  }

  private void failingBatch(Random random) {
    Pair connection = connection();
    sequence.call(connection, "setAutoCommit", BOOLEAN, Argument.of(random.nextBoolean()));
    String run = random.nextBoolean() ? "executeBatch" : "executeLargeBatch";
    if (random.nextBoolean()) {
      Pair statement = sequence.call(connection, "createStatement", NONE).pair();
      if (statement != null) {
        for (int i = 0; i < 4; i++) {
          Sql text = random.nextInt(3) == 0 ? texts.any(random) : texts.update(random);
          sequence.call(statement, "addBatch", TEXT, text.argument());
        }
        sequence.call(statement, run, NONE);
        sequence.call(statement, run, NONE);
      }
    } else {
      Pair prepared =
          sequence
              .call(
                  connection,
                  "prepareStatement",
                  TEXT,
                  Argument.of("INSERT INTO PUBLIC.parts VALUES (?, ?, ?)"))
              .pair();
      if (prepared == null) {
        return;
      }
      for (int i = 0; i < 4; i++) {
        set(prepared, 1, Argument.of(random.nextInt(4) == 0 ? "no number" : 1 + random.nextInt(3)));
        set(prepared, 2, Argument.of(1 + random.nextInt(4)));
        set(prepared, 3, Argument.of("l" + random.nextInt(5)));
        sequence.call(prepared, "addBatch", NONE);
      }
      sequence.call(prepared, run, NONE);
      sequence.call(prepared, "clearBatch", NONE);
      sequence.call(prepared, run, NONE);
    }
    sequence.call(connection, random.nextBoolean() ? "commit" : "rollback", NONE);
  }

  /** A statement is cancelled from another thread while it runs, and used again. */
  private void cancel(Random random) {
    Pair connection = connection();
    boolean prepares = random.nextBoolean();
    Argument text = texts.slow("stop_at(id, 300)", random).argument();
    Pair statement =
        prepares
            ? sequence.call(connection, "prepareStatement", TEXT, text).pair()
            : sequence.call(connection, "createStatement", NONE).pair();
    if (statement == null) {
      return;
    }
    sequence.compare(
        "is cancelled in " + text.text(),
        statement,
        plain -> {
          Statement running = (Statement) (plain ? statement.plain() : statement.ours());
          Routines.RUNNING.set(running);
          try {
            return prepares
                ? ((PreparedStatement) running).execute()
                : running.execute((String) (plain ? text.plain() : text.ours()));
          } finally {
            Routines.RUNNING.remove();
          }
        });
    usedAgain(connection, statement, prepares);
  }

  private void usedAgain(Pair connection, Pair statement, boolean prepared) {
    sequence.call(statement, "getResultSet", NONE);
    sequence.call(statement, "getUpdateCount", NONE);
    sequence.call(statement, "isClosed", NONE);
    if (prepared) {
      sequence.call(statement, "getWarnings", NONE);
    } else {
      read(
          sequence.call(statement, "executeQuery", TEXT, Argument.of("TABLE PUBLIC.parts")).pair());
    }
    Pair other = sequence.call(connection, "createStatement", NONE).pair();
    if (other != null) {
      read(sequence.call(other, "executeQuery", TEXT, Argument.of("TABLE PUBLIC.parts")).pair());
    }
  }

  /** A statement takes longer than it may, and is used again. */
  private void queryTimeout(Random random) {
    Pair connection = connection();
    Pair statement = sequence.call(connection, "createStatement", NONE).pair();
    if (statement == null) {
      return;
    }
    sequence.call(statement, "getQueryTimeout", NONE);
    sequence.call(statement, "execute", TEXT, Argument.of("SET QUERY_TIMEOUT " + MILLIS));
    sequence.call(statement, "execute", TEXT, texts.slow("nap(1)", random).argument());
    sequence.call(statement, "setQueryTimeout", INT, Argument.of(random.nextInt(2)));
    sequence.call(statement, "getQueryTimeout", NONE);
    usedAgain(connection, statement, false);
  }

  private void holdability(Random random) {
    Pair connection = connection();
    sequence.call(connection, "setAutoCommit", BOOLEAN, Argument.of(random.nextBoolean()));
    int holds = ResultSet.HOLD_CURSORS_OVER_COMMIT + random.nextInt(2);
    sequence.call(connection, "setHoldability", INT, Argument.of(holds));
    Pair statement =
        sequence
            .call(
                connection,
                "createStatement",
                new Class<?>[] {int.class, int.class, int.class},
                Argument.of(ResultSet.TYPE_FORWARD_ONLY + random.nextInt(2)),
                Argument.of(ResultSet.CONCUR_READ_ONLY),
                Argument.of(3 - holds))
            .pair();
    if (statement == null) {
      return;
    }
    Pair rows =
        sequence.call(statement, "executeQuery", TEXT, texts.query(random).argument()).pair();
    sequence.call(statement, "getResultSetHoldability", NONE);
    if (rows != null) {
      sequence.call(rows, "next", NONE);
      sequence.call(rows, "getHoldability", NONE);
      sequence.call(connection, random.nextBoolean() ? "commit" : "rollback", NONE);
      read(rows);
    }
  }

  private void abort(Random random) {
    Pair connection = connection();
    Pair statement = sequence.call(connection, "createStatement", NONE).pair();
    Executor executor = Runnable::run;
    sequence.call(
        connection,
        "abort",
        new Class<?>[] {Executor.class},
        random.nextInt(4) == 0
            ? Argument.of((Object) null)
            : new Argument(executor, executor, "an executor"));
    sequence.call(connection, "isClosed", NONE);
    sequence.call(connection, "isValid", INT, Argument.of(1));
    if (statement != null) {
      sequence.call(statement, "executeQuery", TEXT, texts.query(random).argument());
    }
    sequence.call(connection, "close", NONE);
    sequence.call(connection, "isValid", INT, Argument.of(1));
    sequence.call(
        connection,
        "setNetworkTimeout",
        new Class<?>[] {Executor.class, int.class},
        new Argument(executor, executor, "an executor"),
        Argument.of(100));
    sequence.call(connection, "getNetworkTimeout", NONE);
  }
}
