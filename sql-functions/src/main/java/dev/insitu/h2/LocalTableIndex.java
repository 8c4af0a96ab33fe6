package dev.insitu.h2;

import java.util.List;
import org.h2.command.query.AllColumnsForPlan;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.VirtualTableIndex;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.IndexColumn;
import org.h2.table.TableFilter;
import org.jspecify.annotations.Nullable;

/** H2's access to a {@link LocalTable}: all rows, or those that equal bounds on some columns. */
final class LocalTableIndex extends VirtualTableIndex {
  private final LocalTable rows;
  private final List<Integer> keys;

  /** An index over the given key columns; without any, a scan. */
  LocalTableIndex(LocalTable table, IndexColumn[] indexColumns, List<Integer> keys) {
    super(table, null, indexColumns);
    this.rows = table;
    this.keys = List.copyOf(keys);
  }

  @Override
  public boolean isFindUsingFullTableScan() {
    return keys.isEmpty();
  }

  @Override
  public Cursor find(
      SessionLocal session, @Nullable SearchRow first, @Nullable SearchRow last, boolean reverse) {
    return rows.find(keys, first, last);
  }

  @Override
  public double getCost(
      SessionLocal session,
      int @Nullable [] masks,
      TableFilter[] filters,
      int filter,
      SortOrder sortOrder,
      AllColumnsForPlan allColumnsSet,
      boolean isSelectCommand) {
    return rows.cost(keys);
  }

  @Override
  public String getPlanSQL() {
    return keys.isEmpty() ? "prediction" : "prediction, look-up";
  }

  @Override
  public boolean canScan() {
    return keys.isEmpty();
  }
}
