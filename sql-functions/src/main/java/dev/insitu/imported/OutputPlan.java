package dev.insitu.imported;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.Task;
import dev.insitu.score.binding.OutputBinding;
import java.util.List;

/**
 * What a graph answers, as columns.
 *
 * @param task what it predicts
 * @param columns the signature's outputs
 * @param bindings the outputs of the graph that are fetched
 */
record OutputPlan(Task task, List<ColumnSpec> columns, List<OutputBinding> bindings) {
  /** Copies the lists. */
  OutputPlan {
    columns = List.copyOf(columns);
    bindings = List.copyOf(bindings);
  }
}
