package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.InputQuery;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.Driver;
import org.h2.command.CommandInterface;
import org.h2.command.Prepared;
import org.h2.command.query.Select;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.engine.SessionRemote;
import org.h2.expression.ExpressionVisitor;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * A private, empty H2 in this process for the sake of one session of a database elsewhere: it
 * evaluates what stands around a prediction, over rows that the other database's session reads. So
 * expressions mean what they mean there, for the settings are the same and the code is.
 *
 * <p>Nothing of the caller's is stored in it. Confined to the thread of the caller's session, but
 * for {@link #cancel}.
 */
public final class ScratchSession implements AutoCloseable {
  private final Connection remote;
  private final Connection connection;
  private final H2Session session;
  private final Predicate<String> ordered;
  private final Set<CommandInterface> running = ConcurrentHashMap.newKeySet();

  /** For each table, a query with the same columns that the other database understands. */
  private final Map<String, String> stands = new HashMap<>();

  private ScratchSettings settings;

  private ScratchSession(
      Connection remote,
      Connection connection,
      H2Session session,
      ScratchSettings settings,
      Predicate<String> ordered) {
    this.remote = remote;
    this.connection = connection;
    this.session = session;
    this.settings = settings;
    this.ordered = ordered;
  }

  /**
   * Opens one.
   *
   * @param remote the caller's connection to a database elsewhere
   * @param ordered tells of a query whether it states the order of its rows
   * @return nothing if the connection is not that of an H2 elsewhere
   * @throws MlException DATABASE_VERSION
   */
  public static Optional<ScratchSession> of(Connection remote, Predicate<String> ordered)
      throws SQLException {
    if (!remote.isWrapperFor(JdbcConnection.class)
        || !(remote.unwrap(JdbcConnection.class).getSession() instanceof SessionRemote)) {
      return Optional.empty();
    }
    ScratchSettings settings = ScratchSettings.of(remote);
    Properties properties = settings.atOpening();
    properties.setProperty("user", "insitu");
    Connection connection = new Driver().connect("jdbc:h2:mem:", properties);
    boolean done = false;
    try {
      H2Session session = H2Session.of(connection).orElseThrow();
      settings.apply(connection, ScratchSettings.of(connection));
      done = true;
      return Optional.of(new ScratchSession(remote, connection, session, settings, ordered));
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  /** Returns the connection on which texts with tables of this session run. */
  public Connection connection() {
    return connection;
  }

  /** Returns this as a session of its own: for names, types and order. */
  public H2Session session() {
    return session;
  }

  /** Makes a table of an input query's rows, read elsewhere, with their predictions. */
  public StatementTable addPrediction(PredictionInput input, Prediction prediction)
      throws SQLException {
    refresh();
    StatementTable table =
        session.add(
            "PREDICT",
            () -> new PredictionRows(rows(input), prediction, input.scored(), input.named()),
            closed -> stands.remove(closed.sqlName()));
    String outputs =
        prediction.outputs().stream()
            .map(output -> ", " + nothing(output.column()))
            .collect(Collectors.joining());
    stands.put(table.sqlName(), "(SELECT INPUT.*" + outputs + " FROM (" + input.sql() + ") INPUT)");
    return table;
  }

  private InputRows rows(PredictionInput input) {
    return NarrowedRows.of(input, new NestedReading(local()), sql -> new RemoteInput(this, sql));
  }

  /** Makes a table of rows that are computed here. */
  public StatementTable addRows(
      String functionName, List<ColumnSpec> columns, Supplier<List<List<@Nullable Object>>> rows)
      throws SQLException {
    refresh();
    StatementTable table =
        session.add(
            functionName.toUpperCase(Locale.ROOT),
            () -> new SuppliedRows(local(), columns, rows),
            closed -> stands.remove(closed.sqlName()));
    stands.put(
        table.sqlName(),
        "(SELECT "
            + columns.stream().map(ScratchSession::nothing).collect(Collectors.joining(", "))
            + ")");
    return table;
  }

  private static String nothing(ColumnSpec column) {
    return "CAST(NULL AS "
        + column.sqlType()
        + ") AS \""
        + column.name().replace("\"", "\"\"")
        + "\"";
  }

  /** Prepares a query on the caller's session. */
  public InputQuery prepare(String sql) throws SQLException {
    return new RemoteQuery(this, sql, ordered.test(sql));
  }

  /**
   * Tells what in a text with one table of this session keeps it from being run here; nothing if it
   * can be.
   *
   * @return in words that come after the name of the function: {@code below an aggregate}
   * @throws SQLException the database's own error, if it does not understand the text either
   */
  public Optional<String> obstacle(String text) throws SQLException {
    Prepared prepared;
    try {
      prepared = local().prepare(text);
    } catch (DbException e) {
      return Optional.of(onlyElsewhere(text, e));
    }
    if (!(prepared instanceof Select select)) {
      return Optional.of("in a statement that is not a simple SELECT");
    } else if (select.isGroupQuery()) {
      return Optional.of("below an aggregate");
    } else if (select.isWindowQuery()) {
      return Optional.of("below a window function");
    } else if (select.isAnyDistinct()) {
      return Optional.of("below DISTINCT");
    }
    HashSet<DbObject> read = new HashSet<>();
    select.isEverything(ExpressionVisitor.getDependenciesVisitor(read));
    boolean others = read.stream().anyMatch(object -> !(object instanceof LocalTable));
    if (others || select.getTopTableFilter().getJoin() != null) {
      return Optional.of("beside another table");
    }
    // The session, its user, its variables, sequences, files and clock are elsewhere.
    return select.isEverything(ExpressionVisitor.DETERMINISTIC_VISITOR)
        ? Optional.empty()
        : Optional.of("beside a function whose value depends on the database's session or clock");
  }

  /** A text that this H2 does not understand: perhaps for want of a function of the user's. */
  private String onlyElsewhere(String text, DbException error) throws SQLException {
    String there = text;
    for (Map.Entry<String, String> stand : stands.entrySet()) {
      there = there.replace(stand.getKey(), stand.getValue());
    }
    remote.prepareStatement(there).close();
    String reason =
        Stream.of(String.valueOf(error.getMessage()).split("[;\n]")).findFirst().orElse("");
    return "beside something that only the database has (" + reason + ")";
  }

  /** Takes over what the caller has changed in his session. */
  void refresh() throws SQLException {
    ScratchSettings now = ScratchSettings.of(remote);
    if (!now.equals(settings)) {
      now.apply(connection, settings);
      settings = now;
    }
  }

  SessionLocal local() {
    return session.local();
  }

  /** Prepares a query on the caller's session. */
  CommandInterface command(String sql) {
    try {
      CommandInterface command =
          remote.unwrap(JdbcConnection.class).getSession().prepareCommand(sql);
      if (!command.isQuery()) {
        command.close();
        throw MlException.of(ErrorCode.CANNOT_RUN, "a statement as input", "it is not a query")
            .withHint("Give a SELECT, VALUES, TABLE or WITH query.");
      }
      return command;
    } catch (SQLException e) {
      throw DbException.convert(e);
    }
  }

  /** The commands that {@link #cancel} stops. */
  Set<CommandInterface> running() {
    return running;
  }

  /** Stops the reading of inputs, from any thread. */
  public void cancel() {
    running.forEach(CommandInterface::cancel);
  }

  @Override
  public void close() {
    try {
      session.close();
      connection.close();
    } catch (SQLException e) {
      throw DbException.convert(e);
    }
  }
}
