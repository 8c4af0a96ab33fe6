package dev.insitu.store;

import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import java.util.Optional;

/**
 * A column in which a model's predictions are kept.
 *
 * @param id its key, which the trigger's name ends with
 * @param schema the table's schema, as stored
 * @param table the table when the column was kept first; a renamed table is found by the trigger
 * @param column the column
 * @param trigger the trigger that writes it, in the table's schema
 * @param model the model
 * @param selector which version predicts: the default one, the one that an alias names, or one
 * @param classText the class whose probability is kept; empty: the prediction is
 * @param automatic whether a switch of that version writes all rows again
 */
public record StoredColumn(
    long id,
    String schema,
    String table,
    String column,
    String trigger,
    ModelName model,
    Selector selector,
    Optional<String> classText,
    boolean automatic) {
  /** Returns whether one version predicts, whatever is switched. */
  public boolean isPinned() {
    return selector instanceof Selector.Version;
  }

  /** Returns schema, table and column. */
  @Override
  public String toString() {
    return schema + "." + table + "." + column;
  }
}
