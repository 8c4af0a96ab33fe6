package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.PredictedColumns;
import dev.insitu.store.StoredColumn;
import dev.insitu.store.StoredColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.schema.Schema;
import org.h2.schema.TriggerObject;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.util.HasSQL;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/**
 * A column that keeps predictions, in one session: writes the score into a row that is about to be
 * stored. Which columns of the table are the model's inputs is found again after each change of the
 * database's schema and for each version. Confined to the thread of the session.
 */
public final class KeptRow {
  private final PlainSession session;
  private final String schema;
  private final long id;
  private long schemaState = -1;
  private @Nullable StoredColumn column;
  private @Nullable RowPredictor predictor;
  private @Nullable ModelVersion bound;
  private int[] places = {};
  private int target;

  /** What the session has of the column's lock. */
  private final KeptHold hold;

  private long switches = -1;

  /** The version that the column followed for everybody when that was asked last. */
  private @Nullable ModelVersion settled;

  KeptRow(PlainSession session, String schema, long id) {
    this.session = session;
    this.schema = schema;
    this.id = id;
    this.hold = session.hold(id);
  }

  /** Returns whether this is the column of an id. */
  boolean isFor(long wanted) {
    return id == wanted;
  }

  /** Returns the column that a trigger writes. */
  public static KeptRow of(Connection connection, String schema, long id) throws SQLException {
    return PlainSession.of(connection).kept(schema, id);
  }

  /**
   * Has no version switch come between now and the end of the transaction; waits for one that is
   * under way. To be called before the first row is locked: a switch that is under way wants the
   * rows, and would wait for who waits here.
   *
   * @throws org.h2.message.DbException LOCK_TIMEOUT_1, DEADLOCK_1
   */
  public void begin() {
    long now = session.local().getDatabase().getModificationMetaId();
    if (now != schemaState) {
      read();
      schemaState = now;
    }
    StoredColumn kept = column;
    if (kept == null || kept.isPinned() || hold.isHeld()) {
      return;
    }
    hold.share();
    if (hold.switches() != switches) {
      switches = hold.switches();
      settled = null;
      RowPredictor rows = predictor;
      if (rows != null) {
        rows.lookAgain();
      }
    }
  }

  /** Writes the score into a row; does nothing for a column that has been forgotten. */
  public void write(@Nullable Object[] row) {
    begin();
    ModelVersion version = version();
    if (version != null && version != bound) {
      read(); // a column may be forgotten with its model, and the name be that of another
      version = version();
    }
    StoredColumn kept = column;
    RowPredictor rows = predictor;
    if (version == null || kept == null || rows == null) {
      return;
    }
    if (version != settled && !kept.isPinned()) {
      settle(kept, version);
    }
    if (version != bound) {
      bind(kept, version);
    }
    Value[] inputs = new Value[places.length];
    SessionLocal local = session.local();
    for (int i = 0; i < places.length; i++) {
      inputs[i] = value(local, row[places[i]]);
    }
    Value score = kept.classText().isPresent() ? probability(rows, inputs) : rows.value(inputs);
    Value before = value(local, row[target]);
    if (!score.equals(before)) {
      row[target] = score;
    }
  }

  private static Value value(SessionLocal local, @Nullable Object object) {
    return object instanceof Double number
        ? DoubleValues.get(number)
        : ValueToObjectConverter.objectToValue(local, object, Value.UNKNOWN);
  }

  private static Value probability(RowPredictor rows, Value... inputs) {
    Double number = rows.number(inputs);
    return number == null ? ValueNull.INSTANCE : DoubleValues.get(number);
  }

  /** Returns the version that predicts in this statement; null for a forgotten column. */
  private @Nullable ModelVersion version() {
    RowPredictor rows = predictor;
    if (rows == null) {
      return null;
    }
    try {
      return rows.version();
    } catch (MlException e) {
      read();
      if (column == null) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Refuses a row of a transaction that does not see the version that the column follows as it is
   * for everybody: its score would be that of a former one. So H2 refuses what others have changed
   * since.
   */
  private void settle(StoredColumn kept, ModelVersion version) {
    H2StoreSession store = session.session().storeSession();
    if (!hold.isExclusive()
        && StoredColumns.version(store.control(), kept.model(), kept.selector())
            .filter(id -> id != version.id())
            .isPresent()
        && !StoreState.isChangedBy(session.local())) {
      throw DbException.get(
          org.h2.api.ErrorCode.DEADLOCK_1,
          "model "
              + kept.model()
              + ", whose predictions column "
              + kept
              + " keeps, has another "
              + (kept.selector() instanceof ModelReference.Selector.Alias alias
                  ? "version as " + alias.name()
                  : "default version")
              + " than this transaction sees");
    }
    settled = version;
  }

  private void read() {
    bound = null;
    settled = null;
    predictor = null;
    column = StoredColumns.find(session.session().storeSession().reading(), id).orElse(null);
    StoredColumn kept = column;
    if (kept != null) {
      RowPredictor.Kind kind =
          kept.classText().isPresent() ? RowPredictor.Kind.PROBABILITY : RowPredictor.Kind.TEXT;
      predictor = session.row(kind, PredictedColumns.model(kept), kept.classText().orElse(null));
    }
  }

  private void bind(StoredColumn kept, ModelVersion version) {
    Column[] columns = table().getColumns();
    List<ColumnSpec> specs =
        Arrays.stream(columns)
            .map(
                c ->
                    new ColumnSpec(
                        c.getName(),
                        H2Types.columnType(c.getType()),
                        c.getType().getSQL(HasSQL.DEFAULT_SQL_FLAGS),
                        c.isNullable()))
            .toList();
    PredictedColumns.Places found = PredictedColumns.places(kept, version, specs);
    places = found.inputs();
    target = found.target();
    bound = version;
  }

  private Table table() {
    Schema owner = session.local().getDatabase().findSchema(schema);
    TriggerObject object = owner == null ? null : owner.findTrigger(PredictedColumns.PREFIX + id);
    if (object == null) {
      throw MlException.of(ErrorCode.INTERNAL, "the trigger of column " + id + " is gone");
    }
    return object.getTable();
  }
}
