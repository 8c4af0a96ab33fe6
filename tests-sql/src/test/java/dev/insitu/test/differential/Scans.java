package dev.insitu.test.differential;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Counts how often the inputs of one statement are read, by an alias that sees their rows. */
public final class Scans {
  private static final Map<Integer, Integer> COUNTS = new TreeMap<>();

  private Scans() {}

  /** Makes the function in a database of H2. */
  static void install(java.sql.Statement statement) throws SQLException {
    statement.execute("CREATE ALIAS scanned FOR '" + Scans.class.getName() + ".scanned'");
  }

  /** Is called for every row of an input, numbered from 1 within a reading; H2 calls it. */
  public static synchronized boolean scanned(int input, long row) {
    COUNTS.merge(input, row == 1 ? 1 : 0, Integer::sum);
    return true;
  }

  /** Returns how often each input that had rows was read since this was last asked. */
  static synchronized ArrayList<Integer> take() {
    ArrayList<Integer> counts = new ArrayList<>(COUNTS.values());
    COUNTS.clear();
    return counts;
  }
}
