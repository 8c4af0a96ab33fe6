package dev.insitu.train.tree;

import dev.insitu.train.tree.TreeColumns.Column;
import java.util.SplittableRandom;

/**
 * The rows of a tree, those of a node side by side and ascending: those that are learnt from
 * ({@code inside}), and those that are only told what the tree says. Confined to one thread.
 */
final class NodeRows {
  /** The array that has the rows learnt from. */
  final int[] inside;

  /** The array that has the rows only told. */
  final int[] outside;

  private final int[] moved;

  NodeRows(int rows) {
    this.inside = new int[rows];
    this.outside = new int[rows];
    this.moved = new int[rows];
  }

  /** Where the rows of a node are: learnt from, and only told. */
  record Segment(int first, int last, int firstOutside, int lastOutside) {
    int rows() {
      return last - first;
    }
  }

  /** Says what a row weighs. */
  interface Weights {
    double of(int row);
  }

  /** Draws the rows that a tree learns from, none without weight; returns the root. */
  Segment draw(double share, SplittableRandom random, Weights weights) {
    int in = 0;
    int out = 0;
    for (int row = 0; row < inside.length; row++) {
      boolean drawn = share == 1 || random.nextDouble() < share;
      if (drawn && weights.of(row) > 0) {
        inside[in++] = row;
      } else {
        outside[out++] = row;
      }
    }
    return new Segment(0, in, 0, out);
  }

  /**
   * Puts the rows that go left first, both sides in their order.
   *
   * @param code the last code on the left; of flags, the flag
   * @return the left child; the right one begins where it ends
   */
  Segment left(Segment node, Column column, int code) {
    return new Segment(
        node.first,
        partition(inside, node.first, node.last, column, code),
        node.firstOutside,
        partition(outside, node.firstOutside, node.lastOutside, column, code));
  }

  /** Returns the right child. */
  static Segment right(Segment node, Segment left) {
    return new Segment(left.last, node.last, left.lastOutside, node.lastOutside);
  }

  /** Without a branch on where a row goes, which no processor could foresee. */
  private int partition(int[] rows, int first, int last, Column column, int code) {
    char[] codes = column.codes;
    int left = first;
    int right = 0;
    if (column.flags) {
      int equal = column.flagGoesLeft(code) ? 1 : 0;
      for (int i = first; i < last; i++) {
        int row = rows[i];
        int goesLeft = codes[row] == code ? equal : 1 - equal;
        rows[left] = row;
        moved[right] = row;
        left += goesLeft;
        right += 1 - goesLeft;
      }
    } else {
      for (int i = first; i < last; i++) {
        int row = rows[i];
        int goesLeft = codes[row] <= code ? 1 : 0;
        rows[left] = row;
        moved[right] = row;
        left += goesLeft;
        right += 1 - goesLeft;
      }
    }
    System.arraycopy(moved, 0, rows, left, right);
    return left;
  }
}
