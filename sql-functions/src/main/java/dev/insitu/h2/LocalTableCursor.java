package dev.insitu.h2;

import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.jspecify.annotations.Nullable;

/** H2's cursor over a {@link RowStream}. */
final class LocalTableCursor implements Cursor {
  private final RowStream rows;
  private @Nullable Row current;

  LocalTableCursor(RowStream rows) {
    this.rows = rows;
  }

  @Override
  public @Nullable Row get() {
    return current;
  }

  @Override
  public @Nullable SearchRow getSearchRow() {
    return current;
  }

  @Override
  public boolean next() {
    try {
      Row row = rows.next();
      current = row;
      if (row == null) {
        rows.close();
        return false;
      }
      return true;
    } catch (RuntimeException e) {
      rows.close();
      throw H2Errors.inside(e);
    }
  }

  @Override
  public boolean previous() {
    throw DbException.getUnsupportedException("previous");
  }
}
