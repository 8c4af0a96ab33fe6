package dev.insitu.h2;

import dev.insitu.h2.AveragedRows.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.h2.command.query.Select;
import org.h2.engine.SessionLocal;
import org.h2.expression.Expression;
import org.h2.expression.ExpressionColumn;
import org.h2.expression.aggregate.Aggregate;
import org.h2.expression.aggregate.AggregateType;
import org.h2.result.ResultInterface;
import org.h2.table.Table;
import org.h2.value.Value;

/**
 * A statement that asks one prediction for averages and counts, as H2 has read it.
 *
 * @param items the columns of its one row
 * @param labels their names as H2 gives them
 */
record Averages(List<Item> items, List<String> labels) {
  /**
   * Reads a statement of the form {@code SELECT AVG(column), COUNT(*) … FROM table}.
   *
   * @param predictions the rows of its table
   * @return empty if an item is not what its text looks like, or is the average of something that
   *     only H2 can average
   */
  static Optional<Averages> of(
      SessionLocal session, String sql, Table table, PredictionRows predictions) {
    if (!(session.prepare(sql) instanceof Select select) || !select.isGroupQuery()) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    try (ResultInterface meta = select.queryMeta()) {
      for (int i = 0; i < select.getColumnCount(); i++) {
        Expression expression = select.getExpressions().get(i).getNonAliasExpression();
        if (!(expression instanceof Aggregate aggregate)) {
          return Optional.empty();
        }
        OptionalInt output = output(aggregate, table, predictions);
        if (output.isEmpty() && aggregate.getAggregateType() != AggregateType.COUNT_ALL) {
          return Optional.empty();
        }
        items.add(new Item(output, aggregate.getType()));
        labels.add(meta.getAlias(i));
      }
    }
    return Optional.of(new Averages(items, labels));
  }

  /** Returns the column of the prediction that an aggregate averages; empty if it does not. */
  private static OptionalInt output(Aggregate aggregate, Table table, PredictionRows predictions) {
    return aggregate.getAggregateType() == AggregateType.AVG
            && aggregate.getType().getValueType() == Value.DECFLOAT
            && aggregate.getSubexpression(0) instanceof ExpressionColumn column
            && column.getColumn() != null
            && column.getColumn().getTable() == table
        ? predictions.averaged(column.getColumn().getColumnId())
        : OptionalInt.empty();
  }

  /** Returns the statement over a table that has its row. */
  String over(String table) {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < items.size(); i++) {
      // An aggregate of one row is its value, and an aggregate's metadata those of an aggregate.
      sql.append(i == 0 ? "" : ", ").append("MAX(\"C").append(i).append("\") AS \"");
      sql.append(labels.get(i).replace("\"", "\"\"")).append('"');
    }
    return sql.append(" FROM ").append(table).toString();
  }
}
