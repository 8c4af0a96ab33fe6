package dev.insitu.h2;

import org.h2.command.query.Select;
import org.h2.expression.Expression;
import org.h2.expression.ExpressionColumn;
import org.h2.table.TableFilter;
import org.jspecify.annotations.Nullable;

/** Which queries give nothing but columns of one table, a row for each row that H2 finds in it. */
final class PlainColumns {
  private PlainColumns() {}

  /**
   * Returns for each column of a compiled query which column of its table it is; null if the query
   * gives something else, has more than one table, or groups, sorts, limits or locks. Conditions
   * are not looked at.
   */
  static int @Nullable [] of(Select select) {
    if (select.isGroupQuery()
        || select.isWindowQuery()
        || select.isAnyDistinct()
        || select.hasOrder()
        || select.getOffset() != null
        || select.getFetch() != null
        || select.getForUpdate() != null) {
      return null;
    }
    TableFilter filter = select.getTopTableFilter();
    if (filter == null || filter.getJoin() != null || filter.getNestedJoin() != null) {
      return null;
    }
    int[] columns = new int[select.getColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      Expression expression = select.getExpressions().get(i).getNonAliasExpression();
      if (!(expression instanceof ExpressionColumn column)
          || column.getTableFilter() != filter
          || column.getColumn().getColumnId() < 0) {
        return null;
      }
      columns[i] = column.getColumn().getColumnId();
    }
    return columns;
  }
}
