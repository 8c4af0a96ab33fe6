package dev.insitu.plain;

import dev.insitu.h2.KeptRow;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The triggers behind a column that keeps predictions: before a statement writes rows it waits for
 * a version switch that is under way, and before a row is inserted or updated it writes the score
 * into it. Databases refer to this name.
 */
public final class PredictedColumn implements Trigger {
  private String schema = "";
  private long id;

  @Override
  public void init(
      Connection connection,
      String schemaName,
      String triggerName,
      String tableName,
      boolean before,
      int type) {
    schema = schemaName;
    // While H2 alters a table the trigger has another name, with its own at the end.
    id = Long.parseLong(triggerName.substring(triggerName.lastIndexOf('$') + 1));
  }

  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after)
      throws SQLException {
    try {
      KeptRow row = KeptRow.of(connection, schema, id);
      if (after == null) {
        row.begin(); // of the statement: triggers for rows are not called for deletions
      } else {
        row.write(after);
      }
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }
}
