package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rel.Predict;
import dev.insitu.function.OptionValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainLevel;

/**
 * Explains statements: the operators as Calcite reads them, or the database's statement as a whole
 * where Calcite cannot, each prediction with its model, engine, inputs and the query that feeds it,
 * and the text that the database runs. What it shows is what an execution does: the same planner
 * says it. Nothing is executed. Confined to one thread.
 */
public final class Explainer {
  private final PlanCatalog catalog;
  private final NamedCalls calls;
  private final boolean before;
  private final List<String> executed;

  private Explainer(PlanCatalog catalog, boolean before, List<String> executed) {
    this.catalog = catalog;
    this.executed = executed;
    this.calls = new NamedCalls(catalog);
    this.before = before;
  }

  /**
   * Returns the lines of a statement's plan.
   *
   * @param executed what else is known of how it is executed
   */
  public static List<String> explain(
      MlStatement.Explain statement, PlanCatalog catalog, List<String> executed)
      throws SQLException {
    PlannerStart.await();
    return new Explainer(catalog, statement.beforeRules(), executed).lines(statement.statement());
  }

  private List<String> lines(MlStatement statement) throws SQLException {
    if (statement instanceof MlStatement.Predicting predicting) {
      return predicting(predicting);
    } else if (statement instanceof MlStatement.CreateModel create) {
      return createModel(create);
    } else if (statement instanceof MlStatement.ImportModel bring) {
      return importModel(bring);
    } else if (statement instanceof MlStatement.Plain plain) {
      return List.of("H2Statement(sql=[" + PredictTable.oneLine(plain.text().sql()) + "])");
    } else if (statement instanceof MlStatement.DropModel drop) {
      return List.of("DropModel(model=[" + drop.model() + "])");
    } else if (statement instanceof MlStatement.AlterModel alter) {
      return List.of("AlterModel(model=[" + alter.model() + "], change=[" + alter.change() + "])");
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

  private static String options(Map<String, OptionValue> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + " = " + option.getValue().toSql())
        .collect(Collectors.joining(", "));
  }

  private List<String> importModel(MlStatement.ImportModel bring) throws SQLException {
    List<String> lines = new ArrayList<>();
    String options = options(bring.options());
    lines.add("ImportModel(model=[" + bring.model() + "], options=[" + options + "])");
    SqlTemplate query = bring.query();
    if (query == null) {
      lines.add("  File(name=[" + bring.file() + "])");
    } else {
      StatementPlan plan = plan(query, true);
      lines.add("  Opaque(sql=[" + PredictTable.oneLine(plan.text().sql()) + "])");
    }
    return lines;
  }

  private List<String> createModel(MlStatement.CreateModel create) throws SQLException {
    List<String> lines = new ArrayList<>();
    String options = options(create.options());
    lines.add("CreateModel(model=[" + create.model() + "], options=[" + options + "])");
    StatementPlan plan = plan(create.query(), true);
    lines.add("  Opaque(sql=[" + PredictTable.oneLine(plan.text().sql()) + "])");
    for (RelNode leaf : leaves(create.query(), plan)) {
      addTree(lines, "    ", leaf);
    }
    addScalars(lines);
    return lines;
  }

  private List<String> predicting(MlStatement.Predicting statement) throws SQLException {
    StatementPlan plan = plan(statement.template(), statement.kind() == MlStatement.Kind.QUERY);
    List<String> lines = new ArrayList<>();
    Optional<RelNode> tree = before ? plan.before() : plan.after();
    if (tree.isPresent()) {
      addTree(lines, "", withNested(tree.get(), statement.template()));
    } else {
      lines.add("H2Statement(statement=[" + statement.verb() + "])");
      for (RelNode leaf : leaves(statement.template(), plan)) {
        addTree(lines, "  ", leaf);
      }
    }
    addScalars(lines);
    lines.add("Route: " + catalog.route());
    lines.addAll(executed);
    lines.add("SQL:");
    plan.text().sql().strip().lines().forEach(line -> lines.add("  " + line.stripTrailing()));
    return lines;
  }

  private StatementPlan plan(SqlTemplate template, boolean isQuery) throws SQLException {
    return StatementPlanner.plan(template, isQuery, true, catalog, calls);
  }

  /** The predictions of a text, of scalar arguments too, each with what it reads. */
  private List<RelNode> leaves(SqlTemplate template, StatementPlan plan) throws SQLException {
    List<RelNode> leaves = new ArrayList<>();
    for (TableCall call : template.tableCalls()) {
      CallPlan described = calls.plan(call);
      SqlText input = call.data() == null ? null : calls.named(call.data());
      RelNode leaf =
          new PredictTable(call, described, calls.name(call), input == null ? null : input.sql())
              .toRel(Planning.cluster());
      NarrowedInput narrowed = before ? null : plan.inputs().get(call);
      if (narrowed != null
          && leaf instanceof Predict predict
          && predict.getInput() instanceof Opaque opaque) {
        Opaque less = opaque.narrowed(narrowed.narrowing());
        leaf = narrowed.scored() ? predict.over(less, predict.use().skippingUnused()) : less;
      }
      leaves.add(withNested(leaf, template));
    }
    return leaves;
  }

  /** Hangs below each input the predictions that its text names, as they are then planned. */
  private RelNode withNested(RelNode tree, SqlTemplate template) throws SQLException {
    Map<String, TableCall> named =
        template.tableCalls().stream()
            .filter(call -> call.data() != null && !call.query().isPlain())
            .collect(Collectors.toMap(calls::name, call -> call, (a, b) -> a));
    if (named.isEmpty()) {
      return tree;
    }
    List<SQLException> errors = new ArrayList<>();
    RelNode whole =
        tree.accept(
            new RelHomogeneousShuttle() {
              @Override
              public RelNode visit(RelNode other) {
                TableCall call =
                    other instanceof Opaque opaque ? named.get(opaque.source().call()) : null;
                if (call == null) {
                  return super.visit(other);
                }
                Opaque opaque = (Opaque) other;
                try {
                  SqlTemplate read =
                      opaque.narrowing().over(call.query(), opaque.source().columns());
                  return opaque.copy(opaque.getTraitSet(), leaves(read, plan(read, true)));
                } catch (SQLException e) {
                  errors.add(e);
                  return opaque;
                }
              }
            });
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
    return whole;
  }

  private static void addTree(List<String> lines, String indent, RelNode rel) {
    RelOptUtil.toString(rel, SqlExplainLevel.EXPPLAN_ATTRIBUTES)
        .lines()
        .forEach(line -> lines.add(indent + line));
  }

  /** The scalar predictions, each with the predictions in its arguments, which read all. */
  private void addScalars(List<String> lines) throws SQLException {
    Set<String> shown = new HashSet<>();
    while (shown.size() < calls.scalars().size()) {
      for (String name : List.copyOf(calls.scalars().keySet())) {
        if (shown.add(name)) {
          addScalar(lines, name);
        }
      }
    }
  }

  private void addScalar(List<String> lines, String name) throws SQLException {
    CallPlan plan = Objects.requireNonNull(calls.scalars().get(name));
    lines.add(
        name
            + "(model=["
            + plan.model()
            + "], engine=["
            + plan.engine()
            + "], inputs=["
            + String.join(", ", plan.inputs())
            + "])");
    for (SqlTemplate argument : calls.arguments(name)) {
      StatementPlan whole =
          new StatementPlan(calls.named(argument), Map.of(), Optional.empty(), Optional.empty());
      for (RelNode leaf : leaves(argument, whole)) {
        addTree(lines, "  ", leaf);
      }
    }
  }
}
