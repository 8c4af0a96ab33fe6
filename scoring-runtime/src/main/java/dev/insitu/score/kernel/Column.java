package dev.insitu.score.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A column of a value of the graph, before and while it is compiled. Two columns are the same if
 * they are the same object.
 */
final class Column {
  /** What makes it; null of an input. */
  final @Nullable Producer producer;

  private int slot = -1;

  Column(@Nullable Producer producer) {
    this.producer = producer;
  }

  static Column input(int slot) {
    Column column = new Column(null);
    column.slot = slot;
    return column;
  }

  /** Returns its place in the frame, -1 as long as nobody has needed it. */
  int slot() {
    return slot;
  }

  void place(int slot) {
    this.slot = slot;
  }

  /** Returns its value if it is the same in every row. */
  @Nullable Double constant() {
    return producer instanceof Producer.Constant constant ? (Double) constant.value() : null;
  }
}
