package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.command.Prepared;
import org.h2.command.query.Query;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.expression.ExpressionVisitor;
import org.h2.expression.Parameter;
import org.h2.result.LazyResult;
import org.h2.result.ResultInterface;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The input query of a prediction, run inside another statement of the same session.
 *
 * <p>It is executed as H2 executes a derived table, without a {@code Command} of its own: starting
 * and ending one would end the statement around it and, in auto-commit mode, commit. Read with lazy
 * execution, under a held version; one row is read while the statement around it holds its own.
 */
final class InnerQuery implements InputRows {
  private final SessionLocal session;
  private final String sql;
  private @Nullable Query compiled;
  private @Nullable List<DbObject> dependencies;
  private boolean mostOneRow;
  private final InputColumns columns;
  private final int parameterCount;

  private InnerQuery(SessionLocal session, String sql) {
    this.session = session;
    this.sql = sql;
    Query first = compile(session, sql);
    this.compiled = first;
    this.mostOneRow = OneRow.isMost(first);
    this.parameterCount = first.getParameters().size();
    try (ResultInterface meta = first.queryMeta()) {
      this.columns = InputColumns.of(meta);
    }
  }

  @Override
  public boolean scansTable() {
    return TableScan.of(query()) != null;
  }

  /** Compiles with the caller's rights. */
  static InnerQuery of(SessionLocal session, String sql) {
    return new InnerQuery(session, sql);
  }

  @Override
  public List<ColumnSpec> columns() {
    return columns.specs();
  }

  @Override
  public int parameterCount() {
    return parameterCount;
  }

  boolean ordered() {
    return query().hasOrder();
  }

  @Override
  public SessionLocal session() {
    return session;
  }

  @Override
  public void refresh() {
    if (query().needRecompile()) {
      compiled = recompiled();
      dependencies = null;
    }
  }

  /** Returns whether nobody reads it and no DDL has made it stale. */
  boolean isCurrent() {
    Query known = compiled;
    return known != null && !known.needRecompile();
  }

  /** The query, compiled again if a reading has taken the last one. */
  private Query query() {
    Query known = compiled;
    if (known == null) {
      known = recompiled();
      compiled = known;
    }
    return known;
  }

  private Query recompiled() {
    Query fresh = compile(session, sql);
    try (ResultInterface meta = fresh.queryMeta()) {
      columns.check(meta);
    }
    mostOneRow = OneRow.isMost(fresh);
    return fresh;
  }

  @Override
  public List<DbObject> dependencies() {
    List<DbObject> known = dependencies;
    if (known == null) {
      HashSet<DbObject> found = new HashSet<>();
      query().isEverything(ExpressionVisitor.getDependenciesVisitor(found));
      known = List.copyOf(found);
      dependencies = known;
    }
    return known;
  }

  @Override
  public long maxDataModificationId() {
    ExpressionVisitor visitor = ExpressionVisitor.getMaxModificationIdVisitor();
    query().isEverything(visitor);
    return visitor.getMaxDataModificationId();
  }

  @Override
  public boolean isDeterministic() {
    return query().isEverything(ExpressionVisitor.DETERMINISTIC_VISITOR);
  }

  @Override
  public long estimatedRows() {
    long most = 1;
    for (DbObject object : dependencies()) {
      if (object instanceof Table table) {
        most = Math.max(most, table.getRowCountApproximation(session));
      }
    }
    return Math.min(most, 1_000_000_000L);
  }

  @Override
  public boolean isMostOneRow() {
    return mostOneRow;
  }

  @Override
  public Reading open(List<Value> parameters) {
    refresh();
    Query reader = query();
    // A lazy result reads through the filters of its query: no other reading has it meanwhile.
    compiled = null;
    return new LazyReading(reader, parameters);
  }

  private static Query compile(SessionLocal session, String sql) {
    Prepared prepared = OwnPlan.of(session, sql);
    if (prepared instanceof Query query) {
      return query;
    }
    throw MlException.of(ErrorCode.CANNOT_RUN, "a statement as input", "it is not a query")
        .withHint("Give a SELECT, VALUES, TABLE or WITH query.");
  }

  @Override
  public Column column(int i) {
    return columns.column(i);
  }

  /** One pass over the rows. */
  private final class LazyReading implements Reading {
    private final @Nullable HeldVersion version;
    private final Query reader;
    private final @Nullable TableScan scan;
    private final @Nullable LeafPages pages;
    private @Nullable ResultInterface result;

    private LazyReading(Query reader, List<Value> parameters) {
      this.reader = reader;
      List<Parameter> markers = reader.getParameters();
      for (int i = 0; i < markers.size(); i++) {
        markers.get(i).setValue(parameters.get(i));
      }
      this.version = mostOneRow ? null : HeldVersion.of(session);
      try (Lazily lazily = Lazily.on(session)) {
        ResultInterface rows = reader.query(0);
        this.result = rows;
        this.scan = rows instanceof LazyResult ? TableScan.of(reader) : null;
        this.pages = scan == null || mostOneRow ? null : scan.pages(session).orElse(null);
      } catch (RuntimeException | Error e) {
        letGo();
        throw e;
      }
    }

    @Override
    public int read(Value[][] rows, int from, int to) {
      ResultInterface open = result;
      if (open == null) {
        return 0;
      }
      int count = next(open, rows, from, to);
      if (count < to - from) {
        close();
      }
      return count;
    }

    private int next(ResultInterface open, Value[][] rows, int from, int to) {
      if (pages != null) {
        return pages.read(rows, from, to);
      }
      return scan == null ? copy(open, rows, from, to) : scan.read(open, rows, from, to);
    }

    private static int copy(ResultInterface open, Value[][] rows, int from, int to) {
      int next = from;
      while (next < to && open.next()) {
        rows[next++] = open.currentRow();
      }
      return next - from;
    }

    @Override
    public int[] places() {
      return scan == null ? IntStream.range(0, columns.specs().size()).toArray() : scan.places();
    }

    @Override
    public @Nullable LeafPages pages() {
      return pages;
    }

    @Override
    public void checkCancelled() {
      reader.checkCanceled();
    }

    @Override
    public void close() {
      ResultInterface open = result;
      result = null;
      try {
        if (open != null) {
          open.close();
          compiled = reader;
        }
      } finally {
        letGo();
      }
    }

    private void letGo() {
      if (version != null) {
        version.close();
      }
    }
  }
}
