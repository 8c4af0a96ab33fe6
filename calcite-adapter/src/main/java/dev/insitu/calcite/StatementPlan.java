package dev.insitu.calcite;

import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/**
 * What was planned for a statement.
 *
 * @param text the statement with names for its calls
 * @param inputs what each PREDICT of it reads
 * @param before the plan as it was read, if Calcite read all of the statement
 * @param after the plan after the rules
 */
record StatementPlan(
    SqlText text,
    Map<TableCall, NarrowedInput> inputs,
    Optional<RelNode> before,
    Optional<RelNode> after) {
  StatementPlan {
    inputs = Map.copyOf(new LinkedHashMap<>(inputs));
  }

  /** Returns a call's input, unless all of it is read and scored anyway. */
  Optional<NarrowedInput> input(TableCall call) {
    return Optional.ofNullable(inputs.get(call));
  }

  /** The statement's predictions. */
  static List<TableCall> predictions(List<TableCall> calls) {
    return calls.stream()
        .filter(call -> call.function() == dev.insitu.calcite.ddl.TableFunction.PREDICT)
        .toList();
  }
}
