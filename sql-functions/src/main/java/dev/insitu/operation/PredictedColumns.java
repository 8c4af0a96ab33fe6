package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.Dependent;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredColumn;
import dev.insitu.store.StoredColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Columns in which predictions are kept: a trigger writes the score of every row that is inserted
 * or updated, and a switch of the version has it write all rows again, in the switch's transaction.
 * Confined to the thread of the caller's session.
 */
public final class PredictedColumns {
  private static final String MATERIALIZE = "MATERIALIZE";
  private static final String TRIGGER = "dev.insitu.plain.PredictedColumn";

  /** What the names of the triggers for rows begin with; the column's id follows. */
  public static final String PREFIX = "INSITU$";

  /** What the names of the triggers for statements begin with; the column's id follows. */
  public static final String STATEMENT_PREFIX = PREFIX + "STATEMENT$";

  private final Database database;
  private final Models models;
  private final StoreSession sessions;
  private final ColumnRefresh refresh;

  /** Makes the kept columns of a database. */
  public PredictedColumns(Database database, Models models, StoreSession sessions, Clock clock) {
    this.database = database;
    this.models = models;
    this.sessions = sessions;
    this.refresh = new ColumnRefresh(database, models, sessions, clock);
  }

  /**
   * Keeps a model's predictions in a column, which is added if the table has none of that name. A
   * column that keeps them already is written again.
   *
   * @param caller the caller's own connection: what alters his table commits his transaction, as
   *     any DDL does
   * @param options {@code class}: the probability of that class; {@code refresh}: {@code automatic}
   *     or {@code manual}
   * @return what was done
   * @throws MlException ADMIN_REQUIRED, MODEL_NOT_FOUND, PREDICTED_COLUMN, COLUMN_MISSING,
   *     COLUMN_TYPE
   */
  public String materialize(
      Connection caller,
      ModelText model,
      String table,
      String column,
      Map<String, OptionValue> options)
      throws SQLException {
    models.requireAdministrator(MATERIALIZE);
    PredictArguments.known(MATERIALIZE, options, List.of("class", "refresh"));
    boolean automatic = automatic(options.get("refresh"));
    SqlName name = table(MATERIALIZE, table);
    String folded = database.fold(column);
    ModelOutput output = ModelOutput.of(models, database, model, ModelOutput.classOption(options));
    models.prepareForWriting();
    Optional<StoredColumn> kept = find(name, folded);
    if (kept.isPresent()) {
      return again(caller, kept.get(), name, output);
    }
    boolean isNew = check(name, folded, output);
    StoredColumn stored = stored(name, folded, output, automatic);
    make(
        caller,
        stored,
        output.version().number(),
        isNew ? Optional.of(output.output().column().sqlType()) : Optional.empty());
    long rows = refresh.writeAlone(caller, stored, name);
    return stored
        + (isNew ? " added, " : " taken, ")
        + rows
        + " rows written by model "
        + output.described();
  }

  private static boolean automatic(@Nullable OptionValue refresh) {
    if (refresh == null) {
      return true;
    }
    if (refresh instanceof OptionValue.Text text) {
      switch (text.value().toLowerCase(Locale.ROOT)) {
        case "automatic":
          return true;
        case "manual":
          return false;
        default:
          break;
      }
    }
    throw MlException.of(
        ErrorCode.OPTION_VALUE, "refresh", "'automatic' or 'manual'", refresh.toSql());
  }

  private StoredColumn stored(SqlName table, String column, ModelOutput output, boolean automatic) {
    long id = StoredColumns.nextId(sessions.control());
    return new StoredColumn(
        id,
        table.schema(),
        table.name(),
        column,
        PREFIX + id,
        output.name(),
        output.selector(),
        output.classText(),
        automatic);
  }

  private String again(Connection caller, StoredColumn kept, SqlName table, ModelOutput output)
      throws SQLException {
    if (!kept.model().equals(output.name())
        || !kept.selector().equals(output.selector())
        || !kept.classText().equals(output.classText())) {
      throw refused(
              kept.toString(),
              "it keeps those of model "
                  + ModelOutput.text(kept.model(), kept.selector())
                  + " already")
          .withHint("DEMATERIALIZE ends that.");
    }
    long rows = refresh.writeAlone(caller, kept, table);
    return kept + " written again, " + rows + " rows by model " + output.described();
  }

  /** Adds column and trigger; leaves nothing if that fails. */
  private void make(Connection caller, StoredColumn column, int version, Optional<String> newType)
      throws SQLException {
    SqlName table = new SqlName(column.schema(), column.table());
    boolean added = false;
    boolean done = false;
    try {
      if (newType.isPresent()) {
        execute(
            caller,
            "ALTER TABLE "
                + table.sql()
                + " ADD COLUMN "
                + SqlName.quoted(column.column())
                + " "
                + newType.get());
        added = true;
      }
      StoredColumns.add(sessions.control(), column, version);
      execute(
          caller,
          "CREATE TRIGGER "
              + trigger(column)
              + " BEFORE INSERT, UPDATE ON "
              + table.sql()
              + " FOR EACH ROW CALL '"
              + TRIGGER
              + "'");
      execute(
          caller,
          "CREATE TRIGGER "
              + statementTrigger(column)
              + " BEFORE INSERT, UPDATE, DELETE ON "
              + table.sql()
              + " CALL '"
              + TRIGGER
              + "'");
      done = true;
    } finally {
      if (!done) {
        for (String drop : drops(column)) {
          execute(caller, drop);
        }
        StoredColumns.remove(sessions.control(), column.id());
        if (added) {
          execute(
              caller,
              "ALTER TABLE " + table.sql() + " DROP COLUMN " + SqlName.quoted(column.column()));
        }
      }
    }
  }

  /**
   * Ends the keeping of predictions; the column stays with its values.
   *
   * @return what was done
   * @throws MlException ADMIN_REQUIRED, PREDICTED_COLUMN
   */
  public String dematerialize(Connection caller, String table, String column) throws SQLException {
    models.requireAdministrator("DEMATERIALIZE");
    SqlName name = table("DEMATERIALIZE", table);
    String folded = database.fold(column);
    StoredColumn kept =
        find(name, folded)
            .orElseThrow(
                () ->
                    MlException.of(
                            ErrorCode.PREDICTED_COLUMN, name + "." + folded, "it keeps none now")
                        .withHint("INSITU.PREDICTED_COLUMNS lists those that do."));
    for (String drop : drops(kept)) {
      execute(caller, drop);
    }
    StoredColumns.remove(sessions.control(), kept.id());
    sessions.sync();
    return name + "." + folded + " is an ordinary column now";
  }

  /**
   * Writes the columns again that follow a model's default version or an alias of it, as the
   * caller's transaction sees it. Until it ends nobody else writes rows of their tables.
   *
   * @throws MlException KEPT_COLUMN_BUSY, PREDICTED_COLUMN
   */
  void refresh(ModelName model, Selector switched) throws SQLException {
    refresh.all(model, switched);
  }

  /**
   * Returns the options of the call that keeps a column, as a JSON object; "" if there are none.
   */
  static String options(StoredColumn column) {
    List<String> options = new ArrayList<>();
    column.classText().ifPresent(text -> options.add("\"class\": " + json(text)));
    if (!column.automatic()) {
      options.add("\"refresh\": \"manual\"");
    }
    return options.isEmpty() ? "" : "{" + String.join(", ", options) + "}";
  }

  /** Returns a text as JSON writes it. */
  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return json.append('"').toString();
  }

  /** Returns the columns that keep predictions of what is to be dropped. */
  List<StoredColumn> of(Dropped dropped) throws SQLException {
    List<StoredColumn> columns = new ArrayList<>();
    for (StoredColumn column : StoredColumns.of(sessions.user(), dropped.model())) {
      if (dropped.concerns(column.selector()) && tableOf(sessions.user(), column).isPresent()) {
        columns.add(column);
      }
    }
    return columns;
  }

  /** Returns the names of a column's triggers. */
  static List<String> triggers(StoredColumn column) {
    return List.of(column.trigger(), STATEMENT_PREFIX + column.id());
  }

  /** Returns the column that keeps predictions, whatever its table was called then. */
  private Optional<StoredColumn> find(SqlName table, String column) throws SQLException {
    for (StoredColumn kept : StoredColumns.all(sessions.control())) {
      if (kept.column().equals(column)
          && tableOf(sessions.control(), kept).filter(table::equals).isPresent()) {
        return Optional.of(kept);
      }
    }
    return Optional.empty();
  }

  /** Returns the table that a column's trigger belongs to; empty if it is gone. */
  static Optional<SqlName> tableOf(Connection connection, StoredColumn column) throws SQLException {
    return InformationSchema.rows(
            connection,
            """
            SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE FROM INFORMATION_SCHEMA.TRIGGERS
            WHERE TRIGGER_SCHEMA = ? AND TRIGGER_NAME = ?""",
            column.schema(),
            column.trigger())
        .stream()
        .map(row -> new SqlName(row.get(0), row.get(1)))
        .findFirst();
  }

  private static String trigger(StoredColumn column) {
    return new SqlName(column.schema(), column.trigger()).sql();
  }

  /** Returns the statements that drop a column's triggers. */
  static List<String> drops(StoredColumn column) {
    return triggers(column).stream()
        .map(name -> "DROP TRIGGER IF EXISTS " + new SqlName(column.schema(), name).sql())
        .toList();
  }

  /** Returns the column that a trigger of ours keeps; empty if it is another, or keeps none. */
  static Optional<StoredColumn> behind(Connection control, Dependent trigger) {
    return trigger.kind() == Dependent.Kind.TRIGGER
        ? StoredColumns.all(control).stream()
            .filter(c -> c.schema().equals(trigger.schema()))
            .filter(c -> c.trigger().equals(trigger.part().orElse("")))
            .findFirst()
        : Optional.empty();
  }

  private static String statementTrigger(StoredColumn column) {
    return new SqlName(column.schema(), STATEMENT_PREFIX + column.id()).sql();
  }

  /**
   * Checks that the table has the model's inputs and that the column can take what it answers.
   *
   * @return whether the column is to be added
   */
  private boolean check(SqlName table, String column, ModelOutput output) throws SQLException {
    List<ColumnSpec> columns = database.prepare("SELECT * FROM " + table.sql()).columns();
    Binding.byName(
        output.version(), columns.stream().filter(c -> !c.name().equals(column)).toList(), false);
    Optional<ColumnSpec> given = columns.stream().filter(c -> c.name().equals(column)).findFirst();
    if (given.isEmpty()) {
      return true;
    }
    ColumnSpec answer = output.output().column();
    String path = table + "." + column;
    if (!fits(given.get(), answer)) {
      throw refused(
          path,
          "it is "
              + given.get().sqlType()
              + ", but model "
              + output.described()
              + " answers "
              + answer.sqlType());
    }
    List<List<String>> facts =
        InformationSchema.rows(
            sessions.control(),
            """
            SELECT IS_GENERATED, IS_IDENTITY, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COLUMN_NAME = ?""",
            table.schema(),
            table.name(),
            column);
    if (!facts.isEmpty() && !facts.get(0).equals(List.of("NEVER", "NO", "YES"))) {
      throw refused(path, "it is generated, an identity or NOT NULL, which is checked before");
    }
    return false;
  }

  /**
   * Where a table has what a column's model needs.
   *
   * @param inputs the position of each input of the model
   * @param target the position of the column
   */
  public record Places(int[] inputs, int target) {}

  /**
   * Finds the columns of a table that a kept column's model needs.
   *
   * @throws MlException PREDICTED_COLUMN, COLUMN_MISSING, COLUMN_TYPE
   */
  public static Places places(StoredColumn kept, ModelVersion version, List<ColumnSpec> columns) {
    int target = -1;
    for (int i = 0; i < columns.size(); i++) {
      target = columns.get(i).name().equals(kept.column()) ? i : target;
    }
    if (target < 0) {
      throw refused(kept.toString(), "the table has no such column any more")
          .withHint("Give the column its name back, or drop the trigger " + trigger(kept) + ".");
    }
    ColumnSpec answer = answer(kept, version);
    if (!fits(columns.get(target), answer)) {
      throw refused(
          kept.toString(),
          "it is "
              + columns.get(target).sqlType()
              + ", but model "
              + version.name()
              + "@"
              + version.number()
              + " answers "
              + answer.sqlType());
    }
    try {
      return new Places(
          Binding.byName(version, columns, false).stream().mapToInt(Integer::intValue).toArray(),
          target);
    } catch (MlException e) {
      throw e.withHint(
          "The table of "
              + kept
              + " lacks what the model needs: change the table, or call DEMATERIALIZE.");
    }
  }

  private static ColumnSpec answer(StoredColumn kept, ModelVersion version) {
    return kept.classText().isPresent()
        ? new ColumnSpec("probability", ColumnType.DOUBLE, "DOUBLE PRECISION", true)
        : OutputColumns.scalar(version).column();
  }

  /** Returns the model that a column asks, as a call names it. */
  public static String model(StoredColumn column) {
    return ModelOutput.text(column.model(), column.selector());
  }

  /** Returns whether a column can take what a model answers without losing anything. */
  private static boolean fits(ColumnSpec column, ColumnSpec answer) {
    if (column.type() == answer.type() || column.type().form() == ColumnType.Form.TEXT) {
      return true;
    }
    return switch (column.type()) {
      case DOUBLE, DECFLOAT -> answer.type().form() == ColumnType.Form.NUMBER;
      case BIGINT, DECIMAL ->
          switch (answer.type()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
          };
      case INTEGER ->
          switch (answer.type()) {
            case TINYINT, SMALLINT -> true;
            default -> false;
          };
      default ->
          column.type().form() == answer.type().form()
              && column.type().form() != ColumnType.Form.NUMBER;
    };
  }

  private SqlName table(String function, String text) throws SQLException {
    SqlName name = SqlName.parse(function, "table", text, database);
    List<List<String>> found =
        InformationSchema.rows(
            sessions.control(),
            """
            SELECT TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""",
            name.schema(),
            name.name());
    if (found.isEmpty()) {
      throw MlException.of(
          ErrorCode.PREDICTED_COLUMN, name + ".*", "there is no table \"" + name + "\"");
    } else if (!found.get(0).get(0).equals("BASE TABLE")) {
      throw MlException.of(
          ErrorCode.PREDICTED_COLUMN, name + ".*", "\"" + name + "\" is no table, but a view");
    }
    return name;
  }

  static MlException refused(String column, String why) {
    return MlException.of(ErrorCode.PREDICTED_COLUMN, column, why);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
