package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainLevel;

/**
 * Explains statements: the operators as Calcite reads them, or the database's statement as a whole
 * where Calcite cannot, each prediction with its model, engine, inputs and the query that feeds it,
 * and the text that the database runs. Nothing is executed. Confined to one thread.
 */
public final class Explainer {
  private final PlanCatalog catalog;
  private final Map<String, PredictTable> tables = new LinkedHashMap<>();
  private final Map<String, CallPlan> scalars = new LinkedHashMap<>();

  private Explainer(PlanCatalog catalog) {
    this.catalog = catalog;
  }

  /** Returns the lines of a statement's plan. */
  public static List<String> explain(MlStatement statement, PlanCatalog catalog)
      throws SQLException {
    return new Explainer(catalog).lines(statement);
  }

  private List<String> lines(MlStatement statement) throws SQLException {
    if (statement instanceof MlStatement.Explain explain) {
      return lines(explain.statement());
    } else if (statement instanceof MlStatement.Predicting predicting) {
      return predicting(predicting);
    } else if (statement instanceof MlStatement.CreateModel create) {
      return createModel(create);
    } else if (statement instanceof MlStatement.Plain plain) {
      return List.of("H2Statement(sql=[" + PredictTable.oneLine(plain.text().sql()) + "])");
    } else if (statement instanceof MlStatement.DropModel drop) {
      return List.of("DropModel(model=[" + drop.model() + "])");
    } else if (statement instanceof MlStatement.ShowModels) {
      return List.of("ShowModels()");
    } else if (statement instanceof MlStatement.DescribeModel describe) {
      return List.of("DescribeModel(model=[" + describe.model() + "])");
    } else if (statement instanceof MlStatement.ShowCreateModel show) {
      return List.of("ShowCreateModel(model=[" + show.model() + "])");
    } else if (statement instanceof MlStatement.ExportModel export) {
      return List.of("ExportModel(model=[" + export.model() + "], file=[" + export.file() + "])");
    }
    throw new AssertionError(statement);
  }

  private List<String> createModel(MlStatement.CreateModel create) throws SQLException {
    SqlText query = named(create.query(), new ArrayList<>());
    String options =
        create.options().entrySet().stream()
            .map(option -> option.getKey() + " = " + option.getValue().toSql())
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add("CreateModel(model=[" + create.model() + "], options=[" + options + "])");
    addLeaves(lines, "  ", query.sql());
    addScalars(lines);
    return lines;
  }

  private List<String> predicting(MlStatement.Predicting statement) throws SQLException {
    List<PredictTable> leaves = new ArrayList<>();
    SqlText text = named(statement.template(), leaves);
    List<String> lines = new ArrayList<>();
    Optional<RelNode> plan =
        statement.kind() == MlStatement.Kind.QUERY
            ? Planning.plan(text.sql(), catalog, tables, scalars)
            : Optional.empty();
    if (plan.isPresent()) {
      addTree(lines, "", plan.get());
    } else {
      lines.add("H2Statement(statement=[" + statement.verb() + "])");
      for (PredictTable leaf : leaves) {
        addTree(lines, "  ", leaf.toRel(Planning.cluster()));
      }
    }
    addScalars(lines);
    lines.add("Route: A (the database runs the statement and reads the predictions as tables)");
    lines.add("SQL:");
    text.sql().strip().lines().forEach(line -> lines.add("  " + line.stripTrailing()));
    return lines;
  }

  /** The leaves of a text that goes to the database for training. */
  private void addLeaves(List<String> lines, String indent, String sql) {
    lines.add(indent + "Opaque(sql=[" + PredictTable.oneLine(sql) + "])");
    for (PredictTable table : tables.values()) {
      addTree(lines, indent + "  ", table.toRel(Planning.cluster()));
    }
  }

  private static void addTree(List<String> lines, String indent, RelNode rel) {
    RelOptUtil.toString(rel, SqlExplainLevel.EXPPLAN_ATTRIBUTES)
        .lines()
        .forEach(line -> lines.add(indent + line));
  }

  private void addScalars(List<String> lines) {
    scalars.forEach(
        (name, plan) ->
            lines.add(
                name
                    + "(model=["
                    + plan.model()
                    + "], engine=["
                    + plan.engine()
                    + "], inputs=["
                    + String.join(", ", plan.inputs())
                    + "])"));
  }

  /** Renders a piece with a name for each call, and describes the calls. */
  private SqlText named(SqlTemplate template, List<PredictTable> found) throws SQLException {
    Map<PredictionCall, SqlText> replacements = new java.util.IdentityHashMap<>();
    for (PredictionCall call : template.calls()) {
      if (call instanceof TableCall table) {
        replacements.put(call, table(table, found));
      } else if (call instanceof ScalarCall scalar) {
        replacements.put(call, scalar(scalar, found));
      }
    }
    return template.render(replacements::get);
  }

  private SqlText table(TableCall call, List<PredictTable> found) throws SQLException {
    String name =
        call.functionName().replace("ML.", "") + "_" + (tables.size() + scalars.size() + 1);
    List<PredictTable> nested = new ArrayList<>();
    tables.put(catalog.fold(name), placeholder(call));
    SqlText input = call.data() == null ? null : named(call.query(), nested);
    PredictTable table =
        new PredictTable(call, catalog.describe(call), input == null ? null : input.sql(), nested);
    tables.put(catalog.fold(name), table);
    found.add(table);
    return SqlText.of(name);
  }

  /** Keeps the number of an outer call while the inner ones are named. */
  private static PredictTable placeholder(TableCall call) {
    return new PredictTable(
        call, new CallPlan("", "", List.of(), List.of(), List.of()), null, List.of());
  }

  private SqlText scalar(ScalarCall call, List<PredictTable> found) throws SQLException {
    String name = call.functionName() + "_" + (tables.size() + scalars.size() + 1);
    scalars.put(name, catalog.describe(call));
    StringBuilder sql = new StringBuilder(name).append('(');
    List<Integer> parameters = new ArrayList<>();
    for (ScalarCall.Argument argument : call.arguments()) {
      SqlText text = named(argument.expression(), found);
      sql.append(parameters.isEmpty() && sql.length() == name.length() + 1 ? "" : ", ");
      sql.append(text.sql());
      parameters.addAll(text.parameters());
    }
    return new SqlText(sql.append(')').toString(), parameters);
  }
}
