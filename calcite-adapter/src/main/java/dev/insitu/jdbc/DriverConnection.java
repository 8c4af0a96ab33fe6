package dev.insitu.jdbc;

import dev.insitu.calcite.Optimizer;
import dev.insitu.calcite.StatementReader;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.jdbc.text.OwnStatements;
import dev.insitu.jdbc.text.UserRoutines;
import dev.insitu.remote.SecondConnection;
import dev.insitu.train.Progress;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The database's own connection, whose statements are read by us first. */
final class DriverConnection extends DelegatingConnection implements InsituConnection {
  private final UserRoutines routines;
  private final Optimizer optimizer = new Optimizer();
  private final LongAdder scored = new LongAdder();
  private final DatabaseTexts databaseTexts = new DatabaseTexts();
  private volatile Progress progress = Progress.NONE;
  private SecondConnection second;
  private volatile @Nullable ModelSession models;
  private volatile @Nullable OpenStream stream;

  /**
   * Makes a connection.
   *
   * @param second opens another connection to the same database
   */
  DriverConnection(Connection delegate, SecondConnection second) {
    super(delegate);
    this.second = second;
    this.routines = new ConnectionRoutines(delegate);
  }

  @Override
  public void setProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void setOptimizing(boolean optimizing) {
    optimizer.setEnabled(optimizing);
  }

  @Override
  public long rowsScored() {
    return scored.sum();
  }

  /** Returns whether the result of a translation's execution is to be computed while it is read. */
  boolean streams(MlStatement statement, Translation translation) throws SQLException {
    return translation.streams(models(statement).database());
  }

  /** Begins an execution whose result may be read while it is computed. */
  OpenStream openStream(MlStatement statement) throws SQLException {
    OpenStream opened = new OpenStream(models(statement).database().stream());
    stream = opened;
    return opened;
  }

  /** Ends the reading of an open result; from any thread, as closing may come. */
  private void endStream() throws SQLException {
    OpenStream open = stream;
    stream = null;
    if (open != null) {
      open.cancel();
      open.close();
    }
  }

  /** Called before anything runs on the session: an open result is read to its end first. */
  void settle() throws SQLException {
    Settling settling = settling();
    if (settling != null) {
      settled(settling);
    }
  }

  /** Returns the copying of an open result that has to come first; null if there is none. */
  @Nullable Settling settling() {
    OpenStream open = stream;
    return open == null ? null : new Settling(open);
  }

  /** Copies an open result. */
  void settled(Settling settling) throws SQLException {
    boolean all = true;
    try {
      all = settling.run();
    } finally {
      if (all) {
        stream = null;
      }
    }
    settling.check();
  }

  /**
   * Returns the statements of a text of which at least one is ours; empty if the text is the
   * database's.
   */
  Optional<SqlScript> read(@Nullable String sql) throws SQLException {
    if (sql == null || databaseTexts.knows(sql)) {
      return Optional.empty();
    }
    settle(); // reading asks the database for functions and models
    DatabaseTexts.Asked asked = new DatabaseTexts.Asked(routines);
    Optional<SqlScript> script = Boundary.run(() -> StatementReader.read(sql, asked));
    if (script.isEmpty() && asked.nothing()) {
      databaseTexts.add(sql);
    }
    return script;
  }

  /** Translates a statement of a text. */
  Translation translate(String sql, MlStatement statement) throws SQLException {
    return StatementTranslator.translate(models(statement), sql, statement);
  }

  /** Runs a statement whose result nobody gets: one after the first of a text. */
  void runAside(
      String sql, MlStatement next, List<@Nullable Object> values, StatementProgress progress)
      throws SQLException {
    try (Translation translation = translate(sql, next)) {
      SqlText text = translation.text();
      if (text == null) {
        translation.run(values, progress);
        return;
      }
      try (PreparedStatement statement = target(translation).prepareStatement(text.sql())) {
        ParameterValues.write(statement, TablePart.select(values, text.parameters()));
        translation.begin(values, progress);
        try {
          statement.execute();
        } finally {
          translation.end();
        }
      }
    }
  }

  /** Returns the connection on which a translation's text runs. */
  Connection target(Translation translation) {
    ModelSession open = models;
    return open != null && translation.elsewhere()
        ? open.database().elsewhere().orElse(delegate)
        : delegate;
  }

  /** Stops what an execution of ours reads, from any thread. */
  void cancelReading() {
    ModelSession open = models;
    if (open != null) {
      open.database().cancel();
    }
  }

  /** Returns what watches over an execution of a statement. */
  StatementProgress progress(Statement statement) throws SQLException {
    return new StatementProgress(progress, statement.getQueryTimeout());
  }

  private ModelSession models(MlStatement statement) throws SQLException {
    ModelSession open = models;
    if (open == null) {
      open =
          ModelSession.open(
              delegate, second, optimizer, scored, StatementTranslator.name(statement));
      models = open;
    }
    return open;
  }

  @Override
  public void close() throws SQLException {
    try {
      endStream();
    } finally {
      ModelSession open = models;
      models = null;
      second = SecondConnection.NONE;
      if (open == null) {
        delegate.close();
      } else {
        open.close(delegate);
      }
    }
  }

  @Override
  public void commit() throws SQLException {
    settle();
    delegate.commit();
  }

  @Override
  public void rollback() throws SQLException {
    settle();
    delegate.rollback();
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    settle();
    delegate.rollback(savepoint);
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    settle();
    return delegate.setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    settle();
    return delegate.setSavepoint(name);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    settle();
    delegate.setAutoCommit(autoCommit);
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    settle();
    delegate.setTransactionIsolation(level);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    settle();
    return delegate.isReadOnly();
  }

  @Override
  public String getCatalog() throws SQLException {
    settle();
    return delegate.getCatalog();
  }

  @Override
  public Statement createStatement() throws SQLException {
    return new DriverStatement(this, delegate.createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return new DriverStatement(this, delegate.createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return new DriverStatement(this, delegate.createStatement(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepare(sql, (on, text) -> on.prepareStatement(text));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    return prepare(sql, (on, text) -> on.prepareStatement(text, generatedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return prepare(sql, (on, text) -> on.prepareStatement(text, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return prepare(sql, (on, text) -> on.prepareStatement(text, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return prepare(sql, (on, text) -> on.prepareStatement(text, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return prepare(sql, (on, text) -> on.prepareStatement(text, type, concurrency, holdability));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    CallableStatement own = ownCall(sql, (on, text) -> on.prepareStatement(text));
    return own != null ? own : new DriverCallableStatement(this, delegate.prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    CallableStatement own =
        ownCall(sql, (on, text) -> on.prepareStatement(text, type, concurrency));
    return own != null
        ? own
        : new DriverCallableStatement(this, delegate.prepareCall(sql, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    CallableStatement own =
        ownCall(sql, (on, text) -> on.prepareStatement(text, type, concurrency, holdability));
    return own != null
        ? own
        : new DriverCallableStatement(
            this, delegate.prepareCall(sql, type, concurrency, holdability));
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return DriverMetaData.of(this, delegate.getMetaData());
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> iface) throws SQLException {
    return iface != null && iface.isInstance(this) ? iface.cast(this) : delegate.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> iface) throws SQLException {
    return iface != null && iface.isInstance(this) || delegate.isWrapperFor(iface);
  }

  /** Returns H2's text, with our URL. */
  @Override
  public String toString() {
    return DriverUrl.inText(delegate.toString());
  }

  private PreparedStatement prepare(String given, Preparation preparation) throws SQLException {
    String sql = unescaped(given);
    Optional<SqlScript> script = read(sql);
    return script.isEmpty()
        ? new DriverPreparedStatement(this, preparation.prepare(delegate, sql))
        : OwnPreparedStatement.of(this, sql, script.get(), preparation);
  }

  /** Returns a callable statement over a statement of ours; null if the text is the database's. */
  private @Nullable CallableStatement ownCall(String given, Preparation preparation)
      throws SQLException {
    String sql = unescaped(given);
    Optional<SqlScript> script = read(sql);
    return script.isEmpty()
        ? null
        : OwnCall.of(OwnPreparedStatement.of(this, sql, script.get(), preparation));
  }

  /** Returns a text without JDBC's escapes if it may be ours; all else stays where it is. */
  String unescaped(String sql) throws SQLException {
    return sql != null && sql.indexOf('{') >= 0 && OwnStatements.mayBe(sql)
        ? delegate.nativeSQL(sql)
        : sql;
  }

  /** How the caller wants a text prepared. */
  interface Preparation {
    PreparedStatement prepare(Connection on, String sql) throws SQLException;
  }
}
