package dev.insitu.h2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.result.Row;
import org.h2.store.fs.FileUtils;
import org.h2.table.Column;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueRow;
import org.jspecify.annotations.Nullable;

/**
 * A copy of rows that are read more than once, with a look-up by equality of some columns.
 *
 * <p>Up to {@value #MEMORY_BYTES} bytes of rows (as H2 estimates them) stay in memory; what is more
 * goes to a temporary file, of which {@value #CACHE_MEGABYTES} MB are cached. The order of equality
 * is the session's own comparison. Confined to one thread.
 */
final class SpooledRows implements AutoCloseable {
  static final long MEMORY_BYTES = 16L << 20;
  private static final int CACHE_MEGABYTES = 16;

  /** Says whose file it is, should the process be killed. */
  private static final String FILE_PREFIX = "insitu-" + ProcessHandle.current().pid();

  private final SessionLocal session;
  private final Column[] columns;
  private List<Value[]> memory = new ArrayList<>();
  private long bytes;
  private long size;
  private @Nullable MVStore store;
  private @Nullable String file;
  private @Nullable MVMap<Long, ValueRow> map;
  private final Map<List<Integer>, Value[][]> sorted = new HashMap<>();
  private final Map<List<Integer>, MVMap<ValueRow, Long>> sortedFiles = new HashMap<>();

  SpooledRows(SessionLocal session, Column[] columns) {
    this.session = session;
    this.columns = columns;
  }

  long size() {
    return size;
  }

  boolean isInMemory() {
    return map == null;
  }

  void add(Value[] row) {
    MVMap<Long, ValueRow> target = map;
    if (target == null) {
      memory.add(row);
      bytes += 32;
      for (Value value : row) {
        bytes += value.getMemory() + 8L;
      }
      if (bytes > MEMORY_BYTES) {
        target = toFile();
        map = target;
        long key = 0;
        for (Value[] kept : memory) {
          target.append(key++, ValueRow.get(kept));
        }
        memory = new ArrayList<>();
      }
    } else {
      target.append(size, ValueRow.get(row));
    }
    size++;
  }

  /** Returns all rows in their order. */
  RowStream all() {
    MVMap<Long, ValueRow> source = map;
    if (source == null) {
      return new ArrayStream(memory.toArray(new Value[0][]), 0, null, null);
    }
    Cursor<Long, ValueRow> cursor = source.cursor(null);
    return new FileStream() {
      @Override
      public @Nullable Row next() {
        if (!cursor.hasNext()) {
          return null;
        }
        cursor.next();
        return row(cursor.getValue().getList());
      }
    };
  }

  /** Returns the rows whose values in {@code keys} equal the given ones, NULL equal to NULL. */
  RowStream equal(List<Integer> keys, Value[] wanted) {
    if (map == null) {
      Comparator<Value[]> order = order(keys);
      Value[][] rows = sorted.computeIfAbsent(keys, k -> sortedRows(order));
      Value[] probe = new Value[columns.length];
      for (int i = 0; i < wanted.length; i++) {
        probe[keys.get(i)] = wanted[i];
      }
      int low = 0;
      int high = rows.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (order.compare(rows[middle], probe) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return new ArrayStream(rows, low, probe, order);
    }
    return fromFile(keys, wanted);
  }

  private static Row row(Value[] values) {
    return Row.get(values, Row.MEMORY_CALCULATE);
  }

  private Value[][] sortedRows(Comparator<Value[]> order) {
    Value[][] rows = memory.toArray(new Value[0][]);
    Arrays.sort(rows, order); // stable: equal keys keep the order of the input
    return rows;
  }

  private Comparator<Value[]> order(List<Integer> keys) {
    int[] positions = keys.stream().mapToInt(Integer::intValue).toArray();
    return (a, b) -> {
      for (int position : positions) {
        int c = session.compare(a[position], b[position]);
        if (c != 0) {
          return c;
        }
      }
      return 0;
    };
  }

  private RowStream fromFile(List<Integer> keys, Value[] wanted) {
    MVMap<Long, ValueRow> rows = map;
    if (rows == null) {
      throw new AssertionError("no file");
    }
    MVMap<ValueRow, Long> index = sortedFiles.computeIfAbsent(keys, k -> buildIndex(k, rows));
    Value[] from = Arrays.copyOf(wanted, wanted.length + 1);
    from[wanted.length] = ValueBigint.get(Long.MIN_VALUE);
    Cursor<ValueRow, Long> cursor = index.cursor(ValueRow.get(from));
    return new FileStream() {
      @Override
      public @Nullable Row next() {
        if (!cursor.hasNext()) {
          return null;
        }
        Value[] key = cursor.next().getList();
        for (int i = 0; i < wanted.length; i++) {
          if (session.compare(key[i], wanted[i]) != 0) {
            return null;
          }
        }
        ValueRow row = rows.get(cursor.getValue());
        return row == null ? null : row(row.getList());
      }
    };
  }

  private MVMap<ValueRow, Long> buildIndex(List<Integer> keys, MVMap<Long, ValueRow> rows) {
    MVStore open = store;
    if (open == null) {
      throw new AssertionError("no store");
    }
    Database database = session.getDatabase();
    ValueDataType keyType = new ValueDataType(database, new int[keys.size() + 1]);
    Column[] keyColumns = new Column[keys.size() + 1];
    for (int i = 0; i < keys.size(); i++) {
      keyColumns[i] = columns[keys.get(i)];
    }
    keyColumns[keys.size()] = new Column("ROW", org.h2.value.TypeInfo.TYPE_BIGINT);
    keyType.setRowFactory(rowFactory(database, keyColumns));
    MVMap<ValueRow, Long> index =
        open.openMap(
            "index" + sortedFiles.size(),
            new MVMap.Builder<ValueRow, Long>()
                .keyType(keyType)
                .valueType(LongDataType.INSTANCE)
                .singleWriter());
    Cursor<Long, ValueRow> cursor = rows.cursor(null);
    long read = 0;
    while (cursor.hasNext()) {
      if ((++read & 1023) == 0) {
        session.checkCanceled();
      }
      Long number = cursor.next();
      Value[] row = cursor.getValue().getList();
      Value[] key = new Value[keys.size() + 1];
      for (int i = 0; i < keys.size(); i++) {
        key[i] = row[keys.get(i)];
      }
      key[keys.size()] = ValueBigint.get(number);
      index.put(ValueRow.get(key), number);
    }
    return index;
  }

  private MVMap<Long, ValueRow> toFile() {
    Database database = session.getDatabase();
    try {
      String name = FileUtils.createTempFile(FILE_PREFIX, Constants.SUFFIX_TEMP_FILE, true);
      file = name;
      FileStore<?> base = database.getStore().getMvStore().getFileStore();
      MVStore.Builder builder =
          new MVStore.Builder().cacheSize(CACHE_MEGABYTES).autoCommitDisabled();
      // Of a file database the copy inherits the encryption.
      MVStore opened =
          base == null
              ? builder.fileName(name).open()
              : builder.adoptFileStore(base.open(name, false)).open();
      store = opened;
      ValueDataType rowType = new ValueDataType(database, new int[columns.length]);
      rowType.setRowFactory(rowFactory(database, columns));
      return opened.openMap(
          "rows",
          new MVMap.Builder<Long, ValueRow>()
              .keyType(LongDataType.INSTANCE)
              .valueType(rowType)
              .singleWriter());
    } catch (IOException e) {
      throw DbException.convert(e);
    }
  }

  private static org.h2.result.RowFactory rowFactory(Database database, Column[] columns) {
    return org.h2.result.RowFactory.DefaultRowFactory.INSTANCE.createRowFactory(
        database, database.getCompareMode(), database, columns, null, false);
  }

  @Override
  public void close() {
    memory = new ArrayList<>();
    sorted.clear();
    sortedFiles.clear();
    map = null;
    MVStore open = store;
    store = null;
    if (open != null) {
      open.closeImmediately();
    }
    String name = file;
    file = null;
    if (name != null) {
      FileUtils.tryDelete(name);
    }
  }

  /** Rows of the file; the file is closed with the copy. */
  private abstract static class FileStream implements RowStream {
    @Override
    public void close() {}
  }

  /** Rows of an array, to its end or as long as they equal a probe. */
  private static final class ArrayStream implements RowStream {
    private final Value[][] rows;
    private int position;
    private final Value @Nullable [] probe;
    private final @Nullable Comparator<Value[]> order;

    ArrayStream(
        Value[][] rows,
        int position,
        Value @Nullable [] probe,
        @Nullable Comparator<Value[]> order) {
      this.rows = rows;
      this.position = position;
      this.probe = probe;
      this.order = order;
    }

    @Override
    public @Nullable Row next() {
      if (position == rows.length) {
        return null;
      }
      Value[] row = rows[position];
      if (probe != null && order != null && order.compare(row, probe) != 0) {
        return null;
      }
      position++;
      return row(row);
    }

    @Override
    public void close() {}
  }
}
