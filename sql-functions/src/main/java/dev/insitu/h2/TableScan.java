package dev.insitu.h2;

import java.util.Optional;
import org.h2.command.query.Query;
import org.h2.command.query.Select;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.result.LazyResult;
import org.h2.result.ResultInterface;
import org.h2.result.Row;
import org.h2.table.TableFilter;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query of one table, taken as the table keeps them.
 *
 * <p>H2's own execution makes a new row of each row that it finds, value by value, although the
 * values of a query that gives nothing but columns of one table are the table's. Here H2 goes on to
 * the next row as ever (conditions, the session's snapshot, timeouts), and the row found is taken
 * itself.
 */
final class TableScan {
  private final Select select;
  private final int[] places;

  private TableScan(Select select, int[] places) {
    this.select = select;
    this.places = places;
  }

  /**
   * Returns how a compiled query can be read so; null if it cannot: it gives something other than
   * columns, has more than one table or another kind of table than those of the database's own
   * store, groups, sorts, limits, locks, or reads by a secondary index, which has some of the
   * columns already.
   */
  static @Nullable TableScan of(Query query) {
    if (!(query instanceof Select select)) {
      return null;
    }
    int[] places = PlainColumns.of(select);
    TableFilter filter = select.getTopTableFilter();
    if (places == null
        || !(filter.getTable() instanceof MVTable)
        || filter.getIndex() == null
        || !filter.getIndex().getIndexType().isScan()) {
      return null;
    }
    return new TableScan(select, places);
  }

  /** Returns for each column of the query where its value stands in the rows. */
  int[] places() {
    return places;
  }

  /**
   * Returns the table's pages, which give the query's rows; empty if the query has a condition, or
   * pages cannot be read.
   */
  Optional<LeafPages> pages(SessionLocal session) {
    TableFilter filter = select.getTopTableFilter();
    return select.getCondition() == null && filter.getTable() instanceof MVTable table
        ? LeafPages.of(session, table)
        : Optional.empty();
  }

  /**
   * Reads the next rows of the query's result. They are the table's own and must not be changed.
   *
   * @param result the query's own, lazy
   * @return how many
   */
  int read(ResultInterface result, Value[][] rows, int from, int to) {
    LazyResult lazy = (LazyResult) result;
    TableFilter filter = select.getTopTableFilter();
    int next = from;
    while (next < to && lazy.skip()) {
      Row row = filter.get();
      rows[next++] = row.getValueList();
    }
    return next - from;
  }
}
