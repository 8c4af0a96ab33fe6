package dev.insitu.h2;

import java.util.BitSet;
import java.util.Set;
import org.h2.command.query.Query;
import org.h2.command.query.Select;
import org.h2.expression.Expression;
import org.h2.expression.ExpressionColumn;
import org.h2.expression.Parameter;
import org.h2.expression.ValueExpression;
import org.h2.expression.condition.Comparison;
import org.h2.expression.condition.ConditionAndOr;
import org.h2.expression.condition.ConditionAndOrN;
import org.h2.expression.condition.ConditionLocalAndGlobal;
import org.h2.index.Index;
import org.h2.index.IndexCondition;
import org.h2.index.QueryExpressionIndex;
import org.h2.table.Column;
import org.h2.table.DualTable;
import org.h2.table.Table;
import org.h2.table.TableFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a compiled query whether a key finds what it returns, or it has no table at all: at most
 * one row, which need not be streamed.
 *
 * <p>Told from the columns for which H2 has found conditions of equality, in a table with a unique
 * index over them, also inside of derived tables. Whatever is not sure is not so. Where types
 * differ a key may equal several values of its column ({@code '1'} and {@code '01'}), so this is
 * good enough for how a result is handed out, not for what is in it.
 */
final class OneRow {
  private static final Set<Class<?>> PLAIN =
      Set.of(
          Comparison.class,
          ConditionAndOr.class,
          ConditionAndOrN.class,
          ConditionLocalAndGlobal.class,
          ExpressionColumn.class,
          Parameter.class,
          ValueExpression.class);

  private OneRow() {}

  /** Returns whether a query has at most one row. */
  static boolean isMost(@Nullable Query query) {
    if (!(query instanceof Select select)
        || select.isGroupQuery()
        || !isPlain(select.getCondition())) {
      return false;
    }
    @Nullable TableFilter filter = select.getTopTableFilter(); // null where H2 has not planned it
    if (filter == null || filter.getJoin() != null || filter.getNestedJoin() != null) {
      return false;
    }
    Table table = filter.getTable();
    if (table instanceof DualTable) {
      return true;
    } else if (table instanceof LocalTable ours) {
      return ours.isMostOneRow();
    } else if (filter.getIndex() instanceof QueryExpressionIndex derived) {
      return isMost(derived.getQuery());
    }
    BitSet equal = equalities(filter);
    return table.getIndexes() != null
        && table.getIndexes().stream().anyMatch(index -> isKey(index, equal));
  }

  private static boolean isKey(Index index, BitSet equal) {
    if (!index.getIndexType().isUnique()) {
      return false;
    }
    for (Column column : index.getColumns()) {
      if (column.getColumnId() < 0 || !equal.get(column.getColumnId())) {
        return false;
      }
    }
    return index.getColumns().length > 0;
  }

  /** A list or a sub-query looks like an equality to a plan, so neither may be there. */
  private static boolean isPlain(@Nullable Expression condition) {
    if (condition == null) {
      return true;
    }
    for (int i = 0; i < condition.getSubexpressionCount(); i++) {
      if (!isPlain(condition.getSubexpression(i))) {
        return false;
      }
    }
    return PLAIN.contains(condition.getClass());
  }

  private static BitSet equalities(TableFilter filter) {
    BitSet equal = new BitSet();
    int[] masks = filter.getMasks();
    for (int i = 0; masks != null && i < masks.length; i++) {
      if ((masks[i] & IndexCondition.EQUALITY) != 0) {
        equal.set(i);
      }
    }
    return equal;
  }
}
