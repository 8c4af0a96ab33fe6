package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.Dependent;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredColumn;
import dev.insitu.store.StoredColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code DETACH}: replaces what calls our functions by what it holds, so that the database can be
 * left without our jar: a generated column becomes an ordinary one with its values, a view a table
 * of its rows, what only computes (DEFAULT, ON UPDATE, CHECK) and our triggers go.
 *
 * <p>It is DDL on the caller's own session, and commits his transaction step by step. Confined to
 * the thread of the caller's session.
 */
public final class Detachment {
  /** What a view's rows are called until the view is gone. */
  private static final String ROWS = "$ROWS";

  private final Database database;
  private final Models models;
  private final StoreSession sessions;
  private final Connection caller;
  private final List<List<String>> done = new ArrayList<>();

  /** Makes the detachment of a database, over the caller's own connection. */
  public Detachment(Database database, Models models, StoreSession sessions, Connection caller) {
    this.database = database;
    this.models = models;
    this.sessions = sessions;
    this.caller = caller;
  }

  /**
   * Replaces everything.
   *
   * @return a row for each object: the object, what it was, what was done, and the statement that
   *     brings it back
   * @throws MlException ADMIN_REQUIRED
   */
  public ResultTable run() throws SQLException {
    models.requireAdministrator("DETACH");
    // A step may take others with it, so each begins with what is left.
    int most = dependents().size();
    for (Optional<Dependent> next = next(); next.isPresent(); next = next()) {
      if (done.size() > 10 * most + 10) {
        throw MlException.of(ErrorCode.INTERNAL, "DETACH does not end at " + next.get());
      }
      detach(next.get());
    }
    ResultTable.Builder table =
        ResultTable.of(
            ResultTable.text("OBJECT"),
            ResultTable.text("KIND"),
            ResultTable.text("DONE"),
            ResultTable.text("RESTORED_BY"));
    done.forEach(row -> table.row(row.toArray()));
    return table.build();
  }

  private List<Dependent> dependents() {
    return database.dependents().orElse(List.of());
  }

  private Optional<Dependent> next() {
    return dependents().stream().findFirst();
  }

  private void detach(Dependent object) throws SQLException {
    String name = new SqlName(object.schema(), object.name()).sql();
    String part = object.part().map(SqlName::quoted).orElse("");
    String column = "ALTER TABLE " + name + " ALTER COLUMN " + part;
    String domain = "ALTER DOMAIN " + name;
    switch (object.kind()) {
      case GENERATED_COLUMN -> {
        String type = type(object);
        execute(column + " DROP EXPRESSION");
        note(
            object,
            "an ordinary column with its values",
            column + " " + type + " GENERATED ALWAYS AS (" + object.sql() + ")");
      }
      case DEFAULT -> {
        execute(column + " DROP DEFAULT");
        note(object, "dropped", column + " SET DEFAULT " + object.sql());
      }
      case ON_UPDATE -> {
        execute(column + " DROP ON UPDATE");
        note(object, "dropped", column + " SET ON UPDATE " + object.sql());
      }
      case CHECK -> {
        execute("ALTER TABLE " + name + " DROP CONSTRAINT " + part);
        note(object, "dropped", object.sql());
      }
      case DOMAIN_DEFAULT -> {
        execute(domain + " DROP DEFAULT");
        note(object, "dropped", domain + " SET DEFAULT " + object.sql());
      }
      case DOMAIN_ON_UPDATE -> {
        execute(domain + " DROP ON UPDATE");
        note(object, "dropped", domain + " SET ON UPDATE " + object.sql());
      }
      case DOMAIN_CHECK -> {
        execute(domain + " DROP CONSTRAINT " + part);
        note(object, "dropped", object.sql());
      }
      case TRIGGER -> dropTrigger(object);
      case VIEW -> replace(object, "DROP VIEW ");
      case MATERIALIZED_VIEW -> replace(object, "DROP MATERIALIZED VIEW ");
    }
  }

  private String type(Dependent column) throws SQLException {
    String name = column.part().orElse("");
    return database
        .prepare(
            "SELECT "
                + SqlName.quoted(name)
                + " FROM "
                + new SqlName(column.schema(), column.name()).sql())
        .columns()
        .get(0)
        .sqlType();
  }

  private void dropTrigger(Dependent trigger) throws SQLException {
    String name = trigger.part().orElse("");
    Optional<StoredColumn> kept = PredictedColumns.behind(sessions.control(), trigger);
    if (kept.isEmpty()) {
      execute("DROP TRIGGER " + new SqlName(trigger.schema(), name).sql());
      note(trigger, "dropped", trigger.sql());
      return;
    }
    for (String drop : PredictedColumns.drops(kept.get())) {
      execute(drop);
    }
    StoredColumns.remove(sessions.control(), kept.get().id());
    done.add(
        List.of(
            new SqlName(trigger.schema(), trigger.name()) + "." + kept.get().column(),
            "kept column",
            "an ordinary column with its values",
            call(kept.get(), trigger)));
  }

  private static String call(StoredColumn column, Dependent trigger) {
    List<String> arguments = new ArrayList<>();
    arguments.add(PredictedColumns.model(column));
    arguments.add(new SqlName(trigger.schema(), trigger.name()).sql());
    arguments.add(SqlName.quoted(column.column()));
    String options = PredictedColumns.options(column);
    if (!options.isEmpty()) {
      arguments.add(options);
    }
    return arguments.stream()
        .map(argument -> "'" + argument.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "CALL INSITU.MATERIALIZE(", ")"));
  }

  /** The views over it are made again over the table, and everybody keeps his rights. */
  private void replace(Dependent view, String drop) throws SQLException {
    String name = new SqlName(view.schema(), view.name()).sql();
    String rows = new SqlName(view.schema(), view.name() + ROWS).sql();
    List<String> grants = new ArrayList<>(grants(view));
    for (Dependent above : view.above()) {
      grants.addAll(grants(above));
    }
    if (view.kind() == Dependent.Kind.VIEW) {
      execute("ALTER VIEW " + name + " RECOMPILE"); // H2's scripts make views before their tables
    }
    execute("CREATE TABLE " + rows + " AS SELECT * FROM " + name);
    List<Dependent> above = new ArrayList<>(view.above());
    Collections.reverse(above);
    for (Dependent over : above) {
      execute("DROP VIEW " + new SqlName(over.schema(), over.name()).sql());
    }
    execute(drop + name);
    execute("ALTER TABLE " + rows + " RENAME TO " + SqlName.quoted(view.name()));
    for (Dependent over : view.above()) {
      execute(over.sql());
    }
    for (String grant : grants) {
      execute(grant);
    }
    note(view, "a table of its rows", "DROP TABLE " + name + "; " + view.sql());
  }

  private List<String> grants(Dependent view) throws SQLException {
    return InformationSchema.rows(
            sessions.control(),
            """
            SELECT PRIVILEGE_TYPE, GRANTEE FROM INFORMATION_SCHEMA.TABLE_PRIVILEGES
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?""",
            view.schema(),
            view.name())
        .stream()
        .map(
            row ->
                "GRANT "
                    + row.get(0)
                    + " ON "
                    + new SqlName(view.schema(), view.name()).sql()
                    + " TO "
                    + SqlName.quoted(row.get(1)))
        .toList();
  }

  private void note(Dependent object, String what, String restored) {
    done.add(List.of(object.path(), object.kind().word(), what, restored));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = caller.createStatement()) {
      statement.execute(sql);
    }
  }
}
