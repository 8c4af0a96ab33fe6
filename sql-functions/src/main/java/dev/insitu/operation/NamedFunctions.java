package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.Database;
import dev.insitu.function.Dependent;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredFunction;
import dev.insitu.store.StoredFunctions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Functions of models: {@code CREATE_FUNCTION('churn', 'predict_churn')} makes an alias of the
 * database over a numbered entry point, and a row of the store says which model that one asks.
 *
 * <p>Alias and row are made on the control session, so the caller's transaction stays as it is, and
 * both are there at once for everybody. Confined to the thread of the caller's session.
 */
public final class NamedFunctions {
  /** H2's FUNCTION_ALIAS_ALREADY_EXISTS. */
  private static final int ALIAS_EXISTS = 90076;

  /** Two sessions of the process do not take the same number. */
  private static final Lock NUMBERS = new ReentrantLock();

  private final Database database;
  private final Models models;
  private final StoreSession sessions;
  private final Clock clock;

  /** Makes the functions of a database. */
  public NamedFunctions(Database database, Models models, StoreSession sessions, Clock clock) {
    this.database = database;
    this.models = models;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Makes a function of a model's own inputs.
   *
   * @param model the model, of which the function follows the default version unless a version or
   *     an alias is named
   * @param function {@code [schema.]name}
   * @param options {@code class}: the function returns the probability of that class
   * @return what was made
   * @throws MlException ADMIN_REQUIRED, MODEL_NOT_FOUND, CLASS_NOT_FOUND, WRONG_TASK,
   *     OPTION_NOT_FOUND, SCHEMA_NOT_FOUND, FUNCTION_EXISTS, TOO_MANY_FUNCTIONS
   */
  public String create(ModelText model, String function, Map<String, OptionValue> options)
      throws SQLException {
    models.requireAdministrator("CREATE_FUNCTION");
    SqlName name = SqlName.parse("CREATE_FUNCTION", "function", function, database);
    ModelOutput output = ModelOutput.of(models, database, model, classOption(options));
    FunctionKind kind = FunctionKind.of(output.output());
    models.prepareForWriting();
    NUMBERS.lock();
    try {
      StoredFunction stored =
          new StoredFunction(
              kind.name(),
              freeNumber(kind, name),
              name.schema(),
              name.name(),
              output.text(),
              output.classText(),
              sessions.userName(),
              clock.instant());
      StoredFunctions.add(control(), stored);
      makeAlias(stored, kind);
      sessions.sync();
    } finally {
      NUMBERS.unlock();
    }
    return name
        + inputs(output.version())
        + " returns "
        + kind.sqlType()
        + " of model "
        + output.described();
  }

  private static Optional<String> classOption(Map<String, OptionValue> options) {
    PredictArguments.known("CREATE_FUNCTION", options, List.of("class"));
    return ModelOutput.classOption(options);
  }

  private static String inputs(ModelVersion version) {
    return version.model().signature().inputs().stream()
        .map(input -> input.name() + " " + input.sqlType())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private void makeAlias(StoredFunction function, FunctionKind kind) throws SQLException {
    boolean done = false;
    try {
      execute(
          "CREATE ALIAS "
              + new SqlName(function.schema(), function.name()).sql()
              + " FOR '"
              + kind.method(function.number())
              + "'");
      done = true;
    } catch (SQLException e) {
      if (e.getErrorCode() == ALIAS_EXISTS) {
        throw exists(function).withCause(e);
      }
      throw e;
    } finally {
      if (!done) {
        StoredFunctions.remove(control(), function.kind(), function.number());
      }
    }
  }

  private static MlException exists(StoredFunction function) {
    return MlException.of(ErrorCode.FUNCTION_EXISTS, function)
        .withHint("DROP_FUNCTION drops a function of a model, DROP ALIAS any other.");
  }

  /** Forgets functions whose alias is gone, with its schema for instance. */
  private int freeNumber(FunctionKind kind, SqlName name) throws SQLException {
    Set<Integer> taken = new HashSet<>();
    for (StoredFunction function : StoredFunctions.all(control())) {
      if (!hasAlias(function)) {
        StoredFunctions.remove(control(), function.kind(), function.number());
      } else if (function.schema().equals(name.schema()) && function.name().equals(name.name())) {
        throw exists(function);
      } else if (function.kind().equals(kind.name())) {
        taken.add(function.number());
      }
    }
    for (int number = 1; number <= FunctionKind.MOST; number++) {
      if (!taken.contains(number)) {
        return number;
      }
    }
    throw MlException.of(ErrorCode.TOO_MANY_FUNCTIONS, FunctionKind.MOST, kind.sqlType())
        .withHint(
            "DROP_FUNCTION drops one; PREDICTION('model', …) needs none. INSITU.FUNCTIONS lists"
                + " them.");
  }

  private boolean hasAlias(StoredFunction function) throws SQLException {
    return !InformationSchema.routine(
            control(), function.schema(), function.name(), method(function))
        .isEmpty();
  }

  private static String method(StoredFunction function) {
    return FunctionKind.valueOf(function.kind()).method(function.number());
  }

  /**
   * Drops a function of a model.
   *
   * @param function {@code [schema.]name}
   * @return what was dropped
   * @throws MlException ADMIN_REQUIRED, FUNCTION_NOT_FOUND, IN_USE
   */
  public String drop(String function) throws SQLException {
    models.requireAdministrator("DROP_FUNCTION");
    SqlName name = SqlName.parse("DROP_FUNCTION", "function", function, database);
    List<StoredFunction> all = StoredFunctions.all(control());
    StoredFunction found =
        all.stream()
            .filter(f -> f.schema().equals(name.schema()) && f.name().equals(name.name()))
            .findFirst()
            .orElseThrow(() -> notFound(name, all));
    drop(found);
    return found + " of model " + found.model();
  }

  private void drop(StoredFunction function) throws SQLException {
    requireUnused(function);
    execute("DROP ALIAS IF EXISTS " + new SqlName(function.schema(), function.name()).sql());
    StoredFunctions.remove(control(), function.kind(), function.number());
    sessions.sync();
  }

  /**
   * Refuses to drop a function that something calls.
   *
   * @throws MlException IN_USE
   */
  void requireUnused(StoredFunction function) {
    String sql = new SqlName(function.schema(), function.name()).sql();
    List<Dependent> users =
        database.dependents().orElseThrow(() -> cannotTell(function)).stream()
            .filter(d -> d.functions().contains(sql))
            .toList();
    if (!users.isEmpty()) {
      throw MlException.of(
              ErrorCode.IN_USE,
              "function \"" + function + "\"",
              users.stream().map(Dependent::toString).collect(Collectors.joining(", ")))
          .withHint("Drop or change it first.");
    }
  }

  /** H2 lets a function go that a view calls, and the view is lost. */
  private static MlException cannotTell(StoredFunction function) {
    return MlException.of(ErrorCode.IN_USE, "a model", "function \"" + function + "\"")
        .withHint("CALL INSITU.DROP_FUNCTION('" + function + "') drops it if nothing calls it.");
  }

  /** Returns the functions that ask for what is to be dropped. */
  List<StoredFunction> of(Dropped dropped) {
    return StoredFunctions.all(control()).stream()
        .filter(function -> asks(ModelText.parse(function.model()), dropped))
        .toList();
  }

  private boolean asks(ModelText text, Dropped dropped) {
    return ModelOutput.quoted(dropped.model()).equals(String.join(".", text.parts()))
        && dropped.concerns(text.resolve(database::fold).selector());
  }

  private static MlException notFound(SqlName name, List<StoredFunction> all) {
    MlException error = MlException.of(ErrorCode.FUNCTION_NOT_FOUND, name);
    return NearestName.of(name.name(), all.stream().map(StoredFunction::name).toList())
        .map(near -> error.withHint("Did you mean \"" + near + "\"?"))
        .orElseGet(() -> error.withHint("INSITU.FUNCTIONS lists those that there are."));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = control().createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection control() {
    return sessions.control();
  }
}
