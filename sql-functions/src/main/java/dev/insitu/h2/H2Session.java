package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Dependent;
import dev.insitu.function.InputQuery;
import dev.insitu.function.KeptTables;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.command.query.Query;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.h2.schema.FunctionAlias;
import org.h2.schema.SchemaObject;
import org.h2.util.HasSQL;
import org.h2.util.StringUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueVarchar;
import org.jspecify.annotations.Nullable;

/**
 * Insitu's view of one H2 session in this process: the session behind a driver connection.
 *
 * <p>Nothing here commits, and no setting of the caller is left changed. Confined to the thread of
 * the caller's session.
 */
public final class H2Session implements PredictionSession {
  /** The versions of H2 whose internals this code was proved on. */
  static final Set<String> VERSIONS = Set.of("2.4.240", "2.5.252");

  private final SessionLocal session;
  private final Database owner;
  private final MVStore database;
  private final String identity;
  private final H2StoreSession store;
  private final Set<AutoCloseable> open = new LinkedHashSet<>();
  private final NestedReading nested;
  private final AtomicInteger cancels = new AtomicInteger();
  private int counter;
  private int changes;

  private H2Session(SessionLocal session, H2StoreSession store) {
    this.session = session;
    this.owner = session.getDatabase();
    this.database = owner.getStore().getMvStore();
    this.store = store;
    this.nested = new NestedReading(session);
    this.identity = store.incarnation();
  }

  /** Refuses a version of H2 on whose internals this was not proved. */
  static void requireProved(String version) {
    if (!VERSIONS.contains(version)) {
      throw MlException.of(ErrorCode.DATABASE_VERSION, "Insitu", "2.5.252 or 2.4.240", version)
          .withHint("Plain statements work; put one of those versions first on the class path.");
    }
  }

  /** Returns whether the session behind a connection is in this process. */
  public static boolean isHere(Connection underlying) throws SQLException {
    return underlying.isWrapperFor(JdbcConnection.class)
        && underlying.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal;
  }

  /**
   * Returns the session behind a connection; empty if it is not H2's or not in this process.
   *
   * @throws MlException DATABASE_VERSION
   */
  public static Optional<H2Session> of(Connection underlying) throws SQLException {
    if (!underlying.isWrapperFor(JdbcConnection.class)
        || !(underlying.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal local)) {
      return Optional.empty();
    }
    requireProved(Constants.VERSION);
    return Optional.of(new H2Session(local, H2StoreSession.of(local)));
  }

  /**
   * Returns a session as functions see it that the database calls amid its statements.
   *
   * @throws MlException DATABASE_VERSION
   */
  static H2Session inside(SessionLocal session) {
    requireProved(Constants.VERSION);
    return new H2Session(session, H2StoreSession.inside(session));
  }

  @Override
  public StatementTable addPrediction(PredictionInput input, Prediction prediction)
      throws SQLException {
    return add(
        "PREDICT",
        () -> new PredictionRows(rows(input), prediction, input.scored(), input.named()));
  }

  @Override
  public Optional<Averaged> addAverages(String sql, StatementTable table) throws SQLException {
    if (!(table instanceof LocalTable local)
        || !(local.source() instanceof PredictionRows predictions)) {
      return Optional.empty();
    }
    Optional<Averages> averages = locked(() -> Averages.of(session, sql, local, predictions));
    if (averages.isEmpty()) {
      return Optional.empty();
    }
    List<AveragedRows.Item> items = averages.get().items();
    StatementTable row = add("PREDICT", () -> predictions.averaged(items));
    return Optional.of(new Averaged(averages.get().over(row.sqlName()), row));
  }

  private InputRows rows(PredictionInput input) {
    return NarrowedRows.of(input, nested, sql -> InnerQuery.of(session, sql));
  }

  @Override
  public StatementTable addRows(
      String functionName, List<ColumnSpec> columns, Supplier<List<List<@Nullable Object>>> rows)
      throws SQLException {
    return add(
        functionName.toUpperCase(Locale.ROOT), () -> new SuppliedRows(session, columns, rows));
  }

  @Override
  public ScalarExpression addScalar(
      Prediction prediction, OutputColumn output, List<String> argumentSql) throws SQLException {
    return locked(
        () -> {
          ScalarExpression scalar =
              ScalarExpression.of(
                  session, prediction, output, argumentSql, cancels::get, open::remove);
          open.add(scalar);
          return scalar;
        });
  }

  @Override
  public H2StoreSession storeSession() {
    return store;
  }

  @Override
  public void checkArguments(String sql) throws SQLException {
    List<ScalarExpression> scalars =
        open.stream()
            .filter(ScalarExpression.class::isInstance)
            .map(ScalarExpression.class::cast)
            .toList();
    locked(
        () -> {
          ArgumentTypes.check(session, sql, scalars);
          return true;
        });
  }

  @Override
  public String inFull(String query) throws SQLException {
    return locked(() -> session.prepare(query).getPlanSQL(HasSQL.DEFAULT_SQL_FLAGS));
  }

  @Override
  public boolean isMostOneRow(String sql) throws SQLException {
    return locked(() -> session.prepare(sql) instanceof Query query && OneRow.isMost(query));
  }

  @Override
  public String expressionName(String written, String sql, String function) {
    String name =
        switch (session.getMode().expressionNames) {
          case OPTIMIZED_SQL -> sql;
          case ORIGINAL_SQL -> written;
          case POSTGRESQL_STYLE -> function.toLowerCase(Locale.ROOT);
          case EMPTY, NUMBER, C_NUMBER -> "";
        };
    return name.length() <= Constants.MAX_IDENTIFIER_LENGTH ? name : "";
  }

  @Override
  public <T> T atomically(Callable<T> work) throws SQLException {
    changes++;
    try {
      return new AtomicStatement(session).run(work);
    } finally {
      changes++;
    }
  }

  /**
   * H2 removes an object of a schema in the session's transaction, and commits before and after in
   * its DDL only. What can fail comes before the first object is gone from memory.
   */
  @Override
  public <T> T dropping(Callable<T> work, List<List<String>> functions, List<List<String>> triggers)
      throws SQLException {
    T result =
        atomically(
            () -> {
              T done = work.call();
              owner.lockMeta(session);
              for (List<String> name : functions) {
                drop(owner.getSchema(name.get(0)).findFunction(name.get(1)));
              }
              for (List<String> name : triggers) {
                drop(owner.getSchema(name.get(0)).findTrigger(name.get(1)));
              }
              return done;
            });
    return locked(
        () -> {
          session.commit(true);
          Durability.sync(owner);
          return result;
        });
  }

  private void drop(@Nullable SchemaObject object) {
    if (object != null) {
      owner.removeSchemaObject(session, object);
    }
  }

  /** Returns a number that differs before, in and after each {@link #atomically}. */
  int changes() {
    return changes;
  }

  @Override
  public ResultStream stream() {
    return new ResultStream(session, nested);
  }

  /** Lets the caller's next statements stream their results until the returned scope is closed. */
  public AutoCloseable lazily() {
    return Lazily.on(session);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public Optional<String> obstacle(String text) {
    return Optional.empty();
  }

  @Override
  public boolean isDatabaseClosed() {
    return database.isClosed() || owner.isClosing();
  }

  @Override
  public Optional<Connection> elsewhere() {
    return Optional.empty();
  }

  /** The database cancels the caller's statement; a scalar prediction under way asks here. */
  @Override
  public void cancel() {
    cancels.incrementAndGet();
  }

  @Override
  public InputQuery prepare(String sql) throws SQLException {
    return new H2Query(session, sql);
  }

  @Override
  public List<String> inOrder(ColumnSpec column, Collection<String> values) {
    TypeInfo type = H2Types.parse(session, column.sqlType());
    record Entry(String text, Value value) {}
    return values.stream()
        .map(text -> new Entry(text, ValueVarchar.get(text, session).convertTo(type, session)))
        .sorted((a, b) -> session.compare(a.value(), b.value()))
        .map(Entry::text)
        .toList();
  }

  @Override
  public String fold(String identifier) {
    return fold(session, identifier);
  }

  /** Returns an identifier as a session of the database folds it. */
  static String fold(SessionLocal session, String identifier) {
    if (identifier.length() > 1 && identifier.startsWith("\"") && identifier.endsWith("\"")) {
      return identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"");
    }
    if (session.getStaticSettings().databaseToUpper) {
      return StringUtils.toUpperEnglish(identifier);
    }
    return session.getStaticSettings().databaseToLower
        ? StringUtils.toLowerEnglish(identifier)
        : identifier;
  }

  @Override
  public String currentSchema() {
    return session.getCurrentSchemaName();
  }

  @Override
  public List<String> searchPath() {
    Set<String> schemas = new LinkedHashSet<>();
    schemas.add(session.getCurrentSchemaName());
    String[] path = session.getSchemaSearchPath();
    if (path != null) {
      schemas.addAll(List.of(path));
    }
    return List.copyOf(schemas);
  }

  @Override
  public boolean hasRoutine(Optional<String> schema, String name) {
    List<String> schemas = schema.map(this::fold).map(List::of).orElseGet(this::searchPath);
    String folded = fold(name);
    return schemas.stream()
        .map(path -> session.getDatabase().findSchema(path))
        .filter(Objects::nonNull)
        .map(found -> found.findFunctionOrAggregate(folded))
        .anyMatch(found -> found != null && (schema.isPresent() || !isInstalled(found)));
  }

  /**
   * Whether it is a function of ours that has been installed; without its schema it is no user's.
   */
  private static boolean isInstalled(SchemaObject function) {
    return function instanceof FunctionAlias alias
        && function.getSchema().getName().equalsIgnoreCase("INSITU")
        && String.valueOf(alias.getJavaClassName()).startsWith("dev.insitu.plain.");
  }

  @Override
  public boolean schemaExists(String schema) {
    return session.getDatabase().findSchema(schema) != null;
  }

  @Override
  public String product() {
    return "H2 " + Constants.VERSION;
  }

  @Override
  public Optional<List<Dependent>> dependents() {
    session.lock();
    try {
      return Optional.of(Dependents.of(session));
    } finally {
      session.unlock();
    }
  }

  @Override
  public Optional<KeptTables> keptTables() {
    return Optional.of(new KeptWriting(session));
  }

  @Override
  public void checkCancelled() throws SQLException {
    try {
      session.checkCanceled();
    } catch (DbException e) {
      throw H2Errors.outside(e);
    }
  }

  @Override
  public void close() {
    session.cancel(); // as H2's own closing does: another thread may be executing a statement
    for (AutoCloseable closeable : new ArrayList<>(open)) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw MlException.of(ErrorCode.INTERNAL, "closing a statement failed").withCause(e);
      }
    }
    open.clear();
    store.close();
  }

  /** The session of a pooled connection goes on: what it executes next is not to be cancelled. */
  @Override
  public void released() {
    if (!session.isClosed()) {
      session.setQueryTimeout(session.getQueryTimeout());
    }
  }

  private StatementTable add(String function, Supplier<RowSource> source) throws SQLException {
    return add(function, source, closed -> {});
  }

  /** Makes a table; {@code whenClosed} is told when it is gone. */
  StatementTable add(
      String function, Supplier<RowSource> source, Consumer<StatementTable> whenClosed)
      throws SQLException {
    return locked(
        () -> {
          String name = "INSITU$" + function + "_" + ++counter;
          LocalTable table =
              new LocalTable(
                  session,
                  session.getDatabase().getMainSchema(),
                  name,
                  source.get(),
                  nested::once,
                  closed -> {
                    open.remove(closed);
                    whenClosed.accept(closed);
                  });
          table.register();
          open.add(table);
          return table;
        });
  }

  SessionLocal local() {
    return session;
  }

  private <T> T locked(Supplier<T> action) throws SQLException {
    session.lock();
    try {
      return action.get();
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }
}
