package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names for the calls of a statement, under which a plan shows them and Calcite reads them: {@code
 * PREDICT_1} is a table, {@code PREDICTION_2} a function. Confined to one thread.
 */
final class NamedCalls {
  private final PlanCatalog catalog;
  private final Map<PredictionCall, String> names = new HashMap<>();
  private final Map<String, CallPlan> scalars = new LinkedHashMap<>();
  private final Map<String, ScalarCall> scalarCalls = new HashMap<>();
  private final Map<TableCall, CallPlan> tables = new LinkedHashMap<>();

  NamedCalls(PlanCatalog catalog) {
    this.catalog = catalog;
  }

  /** Returns the scalar calls named so far. */
  Map<String, CallPlan> scalars() {
    return scalars;
  }

  /** Returns the arguments of a scalar call that has been named. */
  List<SqlTemplate> arguments(String name) {
    ScalarCall call = scalarCalls.get(name);
    return call == null
        ? List.of()
        : call.arguments().stream().map(ScalarCall.Argument::expression).toList();
  }

  /** Returns the name of a table call that has been named. */
  String name(TableCall call) {
    return names.getOrDefault(call, "");
  }

  /** Returns the plan of a table call, with names for the calls in its input. */
  CallPlan plan(TableCall call) throws SQLException {
    CallPlan known = tables.get(call);
    if (known == null) {
      known = catalog.describe(call);
      tables.put(call, known);
    }
    return known;
  }

  /** Returns a piece's text with a name for each call. */
  SqlText named(SqlTemplate template) throws SQLException {
    Map<PredictionCall, SqlText> replacements = new IdentityHashMap<>();
    for (PredictionCall call : template.calls()) {
      replacements.put(
          call, call instanceof ScalarCall scalar ? scalar(scalar) : SqlText.of(nameOf(call)));
    }
    return template.render(replacements::get);
  }

  private String nameOf(PredictionCall call) {
    return names.computeIfAbsent(
        call, key -> key.functionName().replace("ML.", "") + "_" + (names.size() + 1));
  }

  private SqlText scalar(ScalarCall call) throws SQLException {
    String name = nameOf(call);
    if (!scalars.containsKey(name)) {
      scalars.put(name, catalog.describe(call));
      scalarCalls.put(name, call);
    }
    StringBuilder sql = new StringBuilder(name).append('(');
    List<Integer> parameters = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      SqlText text = named(call.arguments().get(i).expression());
      sql.append(i == 0 ? "" : ", ").append(text.sql());
      parameters.addAll(text.parameters());
    }
    return new SqlText(sql.append(')').toString(), parameters);
  }
}
