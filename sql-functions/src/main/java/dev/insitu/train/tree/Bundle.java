package dev.insitu.train.tree;

import dev.insitu.train.tree.TreeColumns.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Columns with few codes that are counted as one: a code of the bundle stands for codes of its
 * columns that occur together. Records have no arrays, hence a class. Immutable.
 */
final class Bundle {
  /** Codes of a bundle at most: what a byte tells apart. */
  static final int MAX_CODES = 256;

  /** The columns, by position. */
  final int[] columns;

  /** How many codes there are. */
  final int size;

  /** The code of each row. */
  final char[] codes;

  /** By column, then by code of the bundle: the column's code. */
  final char[][] codesOf;

  private Bundle(int[] columns, int size, char[] codes, char[][] codesOf) {
    this.columns = columns;
    this.size = size;
    this.codes = codes;
    this.codesOf = codesOf;
  }

  /** Bundles columns, those with few codes first. */
  static List<Bundle> of(List<Column> columns) {
    List<Bundle> bundles = new ArrayList<>();
    int[] order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparingInt(c -> columns.get(c).size()))
            .mapToInt(c -> c)
            .toArray();
    @Nullable Bundle open = null;
    for (int c : order) {
      Bundle next = of(c, columns.get(c));
      @Nullable Bundle both = open == null ? next : open.with(next);
      if (open != null && both == null) {
        bundles.add(open);
      }
      open = both == null ? next : both;
    }
    if (open != null) {
      bundles.add(open);
    }
    return bundles;
  }

  private static Bundle of(int c, Column column) {
    char[] identity = new char[column.size()];
    for (int code = 0; code < identity.length; code++) {
      identity[code] = (char) code;
    }
    return new Bundle(new int[] {c}, identity.length, column.codes, new char[][] {identity});
  }

  /** Returns the bundle of both, or null if too many codes occur together. */
  private @Nullable Bundle with(Bundle other) {
    int[] known = new int[size * other.size];
    char[] mine = new char[MAX_CODES];
    char[] theirs = new char[MAX_CODES];
    char[] joint = new char[codes.length];
    int count = 0;
    for (int row = 0; row < codes.length; row++) {
      int pair = codes[row] * other.size + other.codes[row];
      if (known[pair] == 0) {
        if (count == MAX_CODES) {
          return null;
        }
        mine[count] = codes[row];
        theirs[count] = other.codes[row];
        known[pair] = ++count;
      }
      joint[row] = (char) (known[pair] - 1);
    }
    char[][] of = new char[columns.length + other.columns.length][count];
    int[] all = Arrays.copyOf(columns, of.length);
    System.arraycopy(other.columns, 0, all, columns.length, other.columns.length);
    for (int code = 0; code < count; code++) {
      for (int k = 0; k < of.length; k++) {
        of[k][code] =
            k < columns.length
                ? codesOf[k][mine[code]]
                : other.codesOf[k - columns.length][theirs[code]];
      }
    }
    return new Bundle(all, count, joint, of);
  }
}
