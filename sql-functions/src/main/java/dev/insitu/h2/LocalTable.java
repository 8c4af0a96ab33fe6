package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.h2.command.query.AllColumnsForPlan;
import org.h2.command.query.Select;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.index.IndexCondition;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.schema.Schema;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.PlanItem;
import org.h2.table.Table;
import org.h2.table.TableFilter;
import org.h2.table.TableView;
import org.h2.table.VirtualTable;
import org.h2.util.HasSQL;
import org.h2.value.Value;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/**
 * The table of H2 behind a {@link StatementTable}: local to a session, without DDL, without a trace
 * in the database.
 *
 * <p>Its rows are made at most once per execution. The outermost table of a statement's own query
 * streams ({@link CallChain}); every other is copied at its first reading ({@link SpooledRows}) and
 * read from the copy, with a look-up where the statement asks for equality.
 */
final class LocalTable extends VirtualTable implements StatementTable {
  private final SessionLocal session;
  private final RowSource source;
  private final List<ColumnSpec> specs;
  private final Index scan;
  private final BooleanSupplier nestedOnce;
  private final Consumer<LocalTable> whenClosed;

  /** The equality columns of the plan that is being made; empty outside of planning. */
  private List<Index> planned = List.of();

  private @Nullable Execution execution;

  /** The query that the plan which was made last is for. */
  private @Nullable Select planner;

  /** Whether the plan that was made last reads the table once, whatever the execution. */
  private boolean outermost;

  private long executionId;
  private long scans;
  private boolean registered;

  LocalTable(
      SessionLocal session,
      Schema schema,
      String name,
      RowSource source,
      BooleanSupplier nestedOnce,
      Consumer<LocalTable> whenClosed) {
    super(schema, 0, name);
    this.session = session;
    this.source = source;
    this.nestedOnce = nestedOnce;
    this.whenClosed = whenClosed;
    setTemporary(true);
    setColumns(source.columns());
    this.executionId = session.getDatabase().getModificationDataId();
    List<ColumnSpec> specs = new ArrayList<>();
    for (Column column : columns) {
      specs.add(
          new ColumnSpec(
              column.getName(),
              H2Types.columnType(column.getType()),
              column.getType().getSQL(HasSQL.DEFAULT_SQL_FLAGS),
              true));
    }
    this.specs = List.copyOf(specs);
    this.scan = new LocalTableIndex(this, IndexColumn.wrap(columns), List.of());
  }

  RowSource source() {
    return source;
  }

  @Override
  public boolean takesTableRows() {
    return source instanceof PredictionRows predictions && predictions.takesTableRows();
  }

  /** Makes the table visible to the session's statements. */
  void register() {
    session.addLocalTempTable(this);
    registered = true;
  }

  @Override
  public String sqlName() {
    return getSQL(HasSQL.DEFAULT_SQL_FLAGS);
  }

  @Override
  public List<ColumnSpec> columns() {
    return specs;
  }

  @Override
  public int parameterCount() {
    return source.parameterCount();
  }

  @Override
  public void beginExecution(List<@Nullable Object> parameters) throws SQLException {
    if (parameters.size() != source.parameterCount()) {
      throw new IllegalArgumentException(
          parameters.size() + " values for " + source.parameterCount() + " parameters");
    }
    session.lock();
    try {
      endExecution();
      source.refresh();
      List<Value> values = new ArrayList<>();
      for (Object parameter : parameters) {
        values.add(ValueToObjectConverter.objectToValue(session, parameter, Value.UNKNOWN));
      }
      executionId = session.getDatabase().getNextModificationDataId();
      execution = new Execution(values);
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  @Override
  public void endExecution() {
    Execution ended = execution;
    execution = null;
    if (ended != null) {
      session.lock();
      try {
        ended.close();
      } finally {
        session.unlock();
      }
    }
  }

  @Override
  public long scans() {
    return scans;
  }

  @Override
  public void close() {
    session.lock();
    try {
      endExecution();
      if (registered) {
        registered = false;
        session.removeLocalTempTable(this);
        whenClosed.accept(this);
      }
    } finally {
      session.unlock();
    }
  }

  /** H2 looks up here what a statement names, what a star stands for included. */
  @Override
  public @Nullable Column findColumn(String columnName) {
    Column found = super.findColumn(columnName);
    if (found != null) {
      source.lookedUp(found.getColumnId());
    }
    return found;
  }

  /** Reads, for an index that H2 chose; {@code keys} are the columns of which it gives bounds. */
  Cursor find(List<Integer> keys, @Nullable SearchRow first, @Nullable SearchRow last) {
    try {
      Execution current = execution;
      if (current == null) {
        throw MlException.of(ErrorCode.INTERNAL, getName() + " was read outside of an execution");
      }
      return new LocalTableCursor(current.read(keys, first, last));
    } catch (RuntimeException e) {
      throw H2Errors.inside(e);
    }
  }

  /**
   * Returns the rest of what a query gives, if it is this table's columns for each row and the rows
   * are being streamed; null else.
   */
  @Nullable DirectRows directRows() {
    Select select = planner;
    Execution current = execution;
    if (select == null || current == null || select.getCondition() != null) {
      return null;
    }
    int[] wanted = PlainColumns.of(select);
    ColumnStream stream = current.columnStream();
    return wanted == null
            || stream == null
            || select.getTopTableFilter().getFilterCondition() != null
        ? null
        : new DirectRows(stream, wanted);
  }

  /** Returns whether it is sure that there is one row at most. */
  boolean isMostOneRow() {
    return source.isMostOneRow();
  }

  double cost(List<Integer> keys) {
    long rows = source.estimatedRows();
    return keys.isEmpty() ? 10.0 * rows + 1000 : 10.0 + Math.log(rows + 1.0);
  }

  @Override
  public PlanItem getBestPlanItem(
      SessionLocal planning,
      int @Nullable [] masks,
      TableFilter[] filters,
      int filter,
      SortOrder sortOrder,
      AllColumnsForPlan allColumnsSet,
      boolean isSelectCommand) {
    outermost = false;
    planner = filters[filter].getSelect();
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; masks != null && i < masks.length; i++) {
      if ((masks[i] & IndexCondition.EQUALITY) != 0
          && (masks[i] & IndexCondition.ALWAYS_FALSE) != IndexCondition.ALWAYS_FALSE) {
        keys.add(i);
      }
    }
    if (!keys.isEmpty()) {
      Column[] keyColumns = keys.stream().map(this::getColumn).toArray(Column[]::new);
      planned = List.of(new LocalTableIndex(this, IndexColumn.wrap(keyColumns), keys));
    }
    try {
      return super.getBestPlanItem(
          planning, masks, filters, filter, sortOrder, allColumnsSet, isSelectCommand);
    } finally {
      planned = List.of();
    }
  }

  @Override
  public List<Index> getIndexes() {
    return planned;
  }

  @Override
  public Index getScanIndex(SessionLocal planning) {
    return scan;
  }

  @Override
  public boolean lock(SessionLocal locking, int lockType) {
    for (DbObject object : source.dependencies()) {
      if (object instanceof Table table) {
        table.lock(locking, Table.READ_LOCK);
      }
    }
    return false;
  }

  @Override
  public void addDependencies(HashSet<DbObject> dependencies) {
    super.addDependencies(dependencies);
    // The statement's own snapshot has to hold what its input reads.
    dependencies.addAll(source.dependencies());
  }

  /**
   * Differs in every execution, so that H2 neither gives an earlier execution's result again nor
   * computes an uncorrelated sub-query anew for every row of one execution.
   */
  @Override
  public long getMaxDataModificationId() {
    return Math.max(executionId, source.maxDataModificationId());
  }

  @Override
  public boolean isDeterministic() {
    return source.isDeterministic();
  }

  @Override
  public boolean canGetRowCount(SessionLocal counting) {
    return false;
  }

  @Override
  public long getRowCount(SessionLocal counting) {
    return source.estimatedRows();
  }

  @Override
  public long getRowCountApproximation(SessionLocal counting) {
    return source.estimatedRows();
  }

  @Override
  public boolean canDrop() {
    return false;
  }

  @Override
  public void addDependentView(TableView view) {
    throw H2Errors.inside(MlException.of(ErrorCode.OUTLIVES_SESSION, "a view"));
  }

  /**
   * H2 drops the local tables of a session that ends. Whoever ends it holds the database, so there
   * is no waiting for the session here.
   */
  @Override
  public void removeChildrenAndResources(SessionLocal ending) {
    Execution ended = execution;
    execution = null;
    registered = false;
    if (ended != null) {
      ended.close();
    }
  }

  /** What one execution of the statement reads. */
  private final class Execution implements AutoCloseable {
    private final List<Value> parameters;
    private final List<RowStream> streams = new ArrayList<>();
    private @Nullable SpooledRows copy;

    Execution(List<Value> parameters) {
      this.parameters = parameters;
    }

    RowStream read(List<Integer> keys, @Nullable SearchRow first, @Nullable SearchRow last) {
      SpooledRows rows = copy;
      if (rows == null) {
        if (streams.isEmpty() && readsOnce()) {
          RowStream stream = open();
          streams.add(stream);
          return stream;
        }
        rows = spool();
        copy = rows;
      }
      List<Integer> bound = new ArrayList<>();
      List<Value> wanted = new ArrayList<>();
      for (int key : keys) {
        Value low = first == null ? null : first.getValue(key);
        Value high = last == null ? null : last.getValue(key);
        if (low != null && high != null && session.compare(low, high) == 0) {
          bound.add(key);
          wanted.add(low);
        }
      }
      return bound.isEmpty() ? rows.all() : rows.equal(bound, wanted.toArray(new Value[0]));
    }

    /** Returns the rows if they are read once, as they come, and column by column; null else. */
    @Nullable ColumnStream columnStream() {
      return copy == null && streams.size() == 1 && streams.get(0) instanceof ColumnStream stream
          ? stream
          : null;
    }

    /**
     * The place of an outermost table in its statement is the same in every execution of a plan.
     */
    private boolean readsOnce() {
      if (outermost) {
        return true;
      }
      CallChain.Reading reading = CallChain.toHere(nestedOnce.getAsBoolean());
      outermost = reading == CallChain.Reading.OUTERMOST;
      return reading != CallChain.Reading.AGAIN;
    }

    private RowStream open() {
      scans++;
      return source.open(parameters);
    }

    private SpooledRows spool() {
      SpooledRows rows = new SpooledRows(session, columns);
      try (RowStream stream = open()) {
        for (Row row = stream.next(); row != null; row = stream.next()) {
          rows.add(row.getValueList());
        }
      } catch (RuntimeException | Error e) {
        rows.close();
        throw e;
      }
      return rows;
    }

    @Override
    public void close() {
      streams.forEach(RowStream::close);
      SpooledRows rows = copy;
      copy = null;
      if (rows != null) {
        rows.close();
      }
    }
  }

  @Override
  public String toString() {
    return getName() + Arrays.toString(columns);
  }
}
