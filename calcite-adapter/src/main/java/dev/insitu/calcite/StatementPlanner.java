package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rule.PlanLeaves;
import dev.insitu.calcite.rule.PredictRules;
import dev.insitu.calcite.rule.Reading;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;

/**
 * Finds out how little of each prediction's input a statement needs. First by the names in its text
 * alone; then, if that text has conditions or brings columns up with {@code *}, by Calcite, for the
 * whole statement or for the largest query in it that Calcite reads. Used once.
 */
final class StatementPlanner {
  private final PlanCatalog catalog;
  private final NamedCalls calls;
  private final SqlText text;
  private final List<TableCall> tables;
  private final NamesInText names;
  private final Map<String, PredictTable> calciteTables = new LinkedHashMap<>();
  private final Map<TableCall, NarrowedInput> inputs = new LinkedHashMap<>();

  private StatementPlanner(PlanCatalog catalog, NamedCalls calls, SqlTemplate template)
      throws SQLException {
    this.catalog = catalog;
    this.calls = calls;
    this.text = calls.named(template);
    this.tables = template.tableCalls();
    this.names =
        NamesInText.of(
            text.sql(), tables.stream().map(calls::name).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Plans a statement.
   *
   * @param isQuery whether it returns rows
   * @param forShow whether the plans are wanted too, also where they decide nothing
   */
  static StatementPlan plan(
      SqlTemplate template, boolean isQuery, boolean forShow, PlanCatalog catalog, NamedCalls calls)
      throws SQLException {
    return new StatementPlanner(catalog, calls, template).plan(isQuery, forShow);
  }

  private StatementPlan plan(boolean isQuery, boolean forShow) throws SQLException {
    for (TableCall call : tables) {
      CallPlan plan = calls.plan(call);
      String input = call.data() == null ? null : calls.named(call.data()).sql();
      String name = calls.name(call);
      calciteTables.put(catalog.fold(name), new PredictTable(call, plan, name, input));
      if (call.function() == TableFunction.PREDICT) {
        accept(call, byNames(call, plan));
      }
    }
    Optional<RelNode> before = Optional.empty();
    Optional<RelNode> after = Optional.empty();
    boolean worthIt = !inputs.isEmpty() && names.isWorthPlanning();
    if (isQuery && (worthIt || forShow)) {
      before = read(text);
      after = before.flatMap(this::optimized);
    }
    if (worthIt && before.isEmpty()) {
      planParts(isQuery);
    }
    return new StatementPlan(text, inputs, before, after);
  }

  /** Plans, for each prediction, the largest query around it that Calcite reads. */
  private void planParts(boolean isQuery) {
    Set<String> done = new HashSet<>();
    for (TableCall call : List.copyOf(inputs.keySet())) {
      String name = calls.name(call);
      if (!done.contains(name)) {
        List<SqlText> parts = QueryParts.around(name, text, isQuery);
        for (SqlText part : isQuery ? parts.subList(1, parts.size()) : parts) {
          Optional<RelNode> plan = read(part);
          if (plan.isPresent()) {
            PlanLeaves.forEach(plan.get(), leaf -> done.add(leaf.opaque().source().call()));
            optimized(plan.get());
            break;
          }
        }
      }
    }
  }

  private Optional<RelNode> read(SqlText query) {
    PlannerStart.await();
    return Planning.plan(query, catalog, calciteTables, calls.scalars());
  }

  /**
   * Optimises a plan and takes over what it says about its inputs; empty if nothing may move in it.
   */
  private Optional<RelNode> optimized(RelNode before) {
    if (!PlanLeaves.isSteady(before) || !names.isSteady(catalog::isUserRoutine)) {
      return Optional.empty();
    }
    Map<String, Integer> uses = new HashMap<>();
    PlanLeaves.forEach(before, leaf -> uses.merge(leaf.opaque().source().call(), 1, Integer::sum));
    Set<String> refused = new HashSet<>();
    while (true) {
      RelNode after = PredictRules.optimize(before, reading(uses, refused));
      int known = refused.size();
      Map<TableCall, NarrowedInput> found = new LinkedHashMap<>();
      PlanLeaves.forEach(after, leaf -> take(leaf, found, refused));
      if (refused.size() == known) {
        inputs.putAll(found);
        return Optional.of(after);
      }
    }
  }

  private Reading reading(Map<String, Integer> uses, Set<String> refused) {
    return new Reading() {
      @Override
      public boolean mayMove(String call) {
        return uses.getOrDefault(call, 1) == 1 && !refused.contains(call);
      }

      @Override
      public boolean reads(String call, String column) {
        boolean byPlan = names.isWorthPlanning() && uses.getOrDefault(call, 1) == 1;
        return refused.contains(call) || (byPlan ? names.names(column) : mayBeRead(column));
      }
    };
  }

  private void take(
      PlanLeaves.Leaf leaf, Map<TableCall, NarrowedInput> found, Set<String> refused) {
    Opaque opaque = leaf.opaque();
    String name = opaque.source().call();
    for (TableCall call : tables) {
      if (calls.name(call).equals(name) && call.function() == TableFunction.PREDICT) {
        boolean all = opaque.narrowing().readsAll(opaque.source().columns().size());
        if (all || catalog.accepts(call, opaque.narrowing())) {
          NarrowedInput input =
              new NarrowedInput(opaque.narrowing(), leaf.scored(), !names.hasStar());
          found.merge(call, input, NarrowedInput::and);
        } else {
          refused.add(name);
        }
      }
    }
  }

  private void accept(TableCall call, NarrowedInput input) throws SQLException {
    int width = calls.plan(call).inputColumns().size();
    boolean all = input.narrowing().readsAll(width);
    if (all || catalog.accepts(call, input.narrowing())) {
      inputs.put(call, input);
    } else {
      inputs.put(call, new NarrowedInput(all(width), input.scored(), input.named()));
    }
  }

  private boolean mayBeRead(String column) {
    return names.hasStar() || names.names(column);
  }

  private NarrowedInput byNames(TableCall call, CallPlan plan) {
    boolean scored = plan.addedColumns().stream().anyMatch(added -> mayBeRead(added.name()));
    if (!Narrowing.canNarrow(plan.inputColumns())) {
      return new NarrowedInput(all(plan.inputColumns().size()), scored, !names.hasStar());
    }
    List<String> fed = new ArrayList<>(plan.inputs());
    fed.removeAll(plan.unused());
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < plan.inputColumns().size(); i++) {
      String name = plan.inputColumns().get(i).name();
      if ((scored && fed.contains(name)) || mayBeRead(name)) {
        columns.add(i);
      }
    }
    return new NarrowedInput(new Narrowing(columns, List.of()), scored, !names.hasStar());
  }

  private static Narrowing all(int width) {
    return new Narrowing(IntStream.range(0, width).boxed().toList(), List.of());
  }
}
