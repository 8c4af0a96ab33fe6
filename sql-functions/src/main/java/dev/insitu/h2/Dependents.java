package dev.insitu.h2;

import dev.insitu.function.Dependent;
import dev.insitu.function.Dependent.Kind;
import dev.insitu.operation.PredictedColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintDomain;
import org.h2.engine.SessionLocal;
import org.h2.expression.Expression;
import org.h2.jdbc.JdbcConnection;
import org.h2.schema.Domain;
import org.h2.schema.FunctionAlias;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.schema.TriggerObject;
import org.h2.table.Column;
import org.h2.table.MaterializedView;
import org.h2.table.Table;
import org.h2.table.TableView;
import org.h2.util.HasSQL;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects of a database that call functions of ours, and our triggers. It reads what H2
 * has written from what it has compiled, where a call is always the function's schema and name in
 * quotes and a parenthesis; H2's own visitor of dependencies misses window functions and derived
 * tables. In the texts that such a call is given, which are queries of users, it looks for names as
 * they are written. A view over a view that calls a function does not call it itself and is not
 * listed.
 */
public final class Dependents {
  /** What the classes of our functions and triggers begin with. */
  static final String OURS = "dev.insitu.";

  /** The class of the numbered functions, whose first argument is no model. */
  private static final String NUMBERED = "dev.insitu.plain.number.";

  private final List<FunctionAlias> aliases = new ArrayList<>();

  private final List<Dependent> found = new ArrayList<>();

  private final UnaryOperator<String> fold;

  private Dependents(SessionLocal session) {
    this.fold = identifier -> H2Session.fold(session, identifier);
  }

  /** What a text asks: our functions with schema and name in quotes, models as they are written. */
  private record Asked(Set<String> functions, Set<String> models) {}

  /** Returns all such objects by schema and name; empty for a session in another process. */
  public static List<Dependent> of(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(JdbcConnection.class)
        || !(connection.unwrap(JdbcConnection.class).getSession()
            instanceof SessionLocal session)) {
      return List.of();
    }
    session.lock();
    try {
      return of(session);
    } finally {
      session.unlock();
    }
  }

  static List<Dependent> of(SessionLocal session) {
    Dependents dependents = new Dependents(session);
    Iterable<Schema> schemas = session.getDatabase().getAllSchemas();
    for (Schema schema : schemas) {
      schema.getAllFunctionsAndAggregates().stream()
          .filter(FunctionAlias.class::isInstance)
          .map(FunctionAlias.class::cast)
          .filter(alias -> isOurs(alias.getJavaClassName()))
          .forEach(dependents.aliases::add);
    }
    for (Schema schema : schemas) {
      schema.getAllTablesAndViews(session).forEach(dependents::table);
      schema.getAllConstraints().forEach(dependents::constraint);
      schema.getAllDomains().forEach(dependents::domain);
      schema.getAllTriggers().forEach(dependents::trigger);
    }
    dependents.found.sort(Comparator.comparing(Dependent::path).thenComparing(Dependent::kind));
    return List.copyOf(dependents.found);
  }

  private static boolean isOurs(@Nullable String className) {
    return className != null && className.startsWith(OURS);
  }

  private void table(Table table) {
    if (table instanceof TableView view) {
      add(Kind.VIEW, view, Optional.empty(), view.getCreateSQL(), asked(view.getQuerySQL()));
    } else if (table instanceof MaterializedView view) {
      add(
          Kind.MATERIALIZED_VIEW,
          view,
          Optional.empty(),
          view.getCreateSQL(),
          asked(view.getQuerySQL()));
    }
    if (table.isView()) {
      return;
    }
    for (Column column : table.getColumns()) {
      Kind kind = column.isGenerated() ? Kind.GENERATED_COLUMN : Kind.DEFAULT;
      add(kind, table, Optional.of(column.getName()), column.getDefaultExpression());
      add(Kind.ON_UPDATE, table, Optional.of(column.getName()), column.getOnUpdateExpression());
    }
  }

  private void constraint(Constraint constraint) {
    Expression condition = constraint.getExpression();
    if (condition == null) {
      return;
    }
    Asked asked = asked(sql(condition));
    if (constraint instanceof ConstraintDomain check) {
      add(
          Kind.DOMAIN_CHECK,
          check.getDomain(),
          Optional.of(constraint.getName()),
          constraint.getCreateSQL(),
          asked);
    } else if (constraint.getTable() != null) {
      add(
          Kind.CHECK,
          constraint.getTable(),
          Optional.of(constraint.getName()),
          constraint.getCreateSQL(),
          asked);
    }
  }

  private void domain(Domain domain) {
    add(Kind.DOMAIN_DEFAULT, domain, Optional.empty(), domain.getDefaultExpression());
    add(Kind.DOMAIN_ON_UPDATE, domain, Optional.empty(), domain.getOnUpdateExpression());
  }

  private void trigger(TriggerObject trigger) {
    String className = trigger.getTriggerClassName();
    Table table = trigger.getTable();
    // The schema of the store holds what we need for ourselves.
    if (isOurs(className) && !isStore(table.getSchema()) && !isSecond(trigger)) {
      add(
          Kind.TRIGGER,
          table,
          Optional.of(trigger.getName()),
          trigger.getCreateSQL(),
          new Asked(Set.of(className), Set.of()));
    }
  }

  /** A kept column has two triggers, and is one object. */
  private static boolean isSecond(TriggerObject trigger) {
    String name = trigger.getName();
    return name.startsWith(PredictedColumns.STATEMENT_PREFIX)
        && trigger
                .getSchema()
                .findTrigger(
                    PredictedColumns.PREFIX
                        + name.substring(PredictedColumns.STATEMENT_PREFIX.length()))
            != null;
  }

  private static boolean isStore(Schema schema) {
    return schema.getName().toUpperCase(Locale.ROOT).equals("INSITU");
  }

  private void add(
      Kind kind, SchemaObject object, Optional<String> part, @Nullable Expression expression) {
    if (expression != null) {
      add(kind, object, part, sql(expression), asked(sql(expression)));
    }
  }

  private static List<Dependent> above(Table view) {
    Map<Integer, TableView> views = new TreeMap<>();
    collect(view, views);
    return views.values().stream()
        .map(
            over ->
                new Dependent(
                    Kind.VIEW,
                    over.getSchema().getName(),
                    over.getName(),
                    Optional.empty(),
                    over.getCreateSQL(),
                    Set.of(),
                    Set.of(),
                    List.of()))
        .toList();
  }

  /** A view over another was made after it. */
  private static void collect(Table view, Map<Integer, TableView> views) {
    for (TableView over : view.getDependentViews()) {
      if (views.put(over.getId(), over) == null) {
        collect(over, views);
      }
    }
  }

  private static String sql(Expression expression) {
    return expression.getUnenclosedSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS).toString();
  }

  private void add(Kind kind, SchemaObject object, Optional<String> part, String sql, Asked asked) {
    if (!asked.functions().isEmpty()) {
      found.add(
          new Dependent(
              kind,
              object.getSchema().getName(),
              object.getName(),
              part,
              sql,
              asked.functions(),
              asked.models(),
              object instanceof Table table && table.isView() ? above(table) : List.of()));
    }
  }

  /** Returns what a text asks that H2 has written. */
  private Asked asked(@Nullable String sql) {
    Asked asked = new Asked(new TreeSet<>(), new TreeSet<>());
    if (sql != null) {
      collect(sql, asked);
    }
    return asked;
  }

  private void collect(String sql, Asked asked) {
    for (SqlCalls.Call call : SqlCalls.in(sql, fold)) {
      boolean ours = false;
      for (FunctionAlias alias : aliases) {
        if (alias.getName().equals(call.name())
            && call.schema().map(alias.getSchema().getName()::equals).orElse(true)) {
          ours = true;
          asked.functions().add(alias.getSQL(HasSQL.DEFAULT_SQL_FLAGS));
          if (!String.valueOf(alias.getJavaClassName()).startsWith(NUMBERED)) {
            call.first().ifPresent(asked.models()::add);
          }
        }
      }
      if (ours) {
        call.literals().forEach(literal -> collect(literal.text(), asked));
      }
    }
  }
}
