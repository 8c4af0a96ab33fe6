package dev.insitu.score.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Puts the steps behind each other on which wanted columns depend. Used once. */
final class Schedule {
  /** A frame has no more columns: of 64 rows, then, 8 MB. */
  private static final int MOST_SLOTS = 1 << 14;

  private final List<Step> steps = new ArrayList<>();
  private final Set<Producer.Group> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final BitSet numbersRead = new BitSet();
  private int slots;

  /**
   * Begins.
   *
   * @param inputs how many slots are the batch's own arrays
   */
  Schedule(int inputs) {
    this.slots = inputs;
  }

  List<Step> steps() {
    return steps;
  }

  int slots() {
    return slots;
  }

  /** Returns the slots of the inputs that something depends on. */
  BitSet numbersRead() {
    return numbersRead;
  }

  /** Gives a column a slot, and those that it depends on; chains may be as long as graphs are. */
  void need(Column wanted) throws NotCovered {
    Deque<Column> open = new ArrayDeque<>();
    open.push(wanted);
    while (!open.isEmpty()) {
      Column column = open.peek();
      Producer producer = column.producer;
      if (column.slot() >= 0 || producer == null) {
        if (producer == null) {
          numbersRead.set(column.slot());
        }
        open.pop();
        continue;
      }
      int before = open.size();
      for (Column input : producer.inputs()) {
        if (input.slot() < 0) {
          open.push(input);
        } else if (input.producer == null) {
          numbersRead.set(input.slot());
        }
      }
      if (open.size() == before) {
        open.pop();
        place(column, producer);
      }
    }
  }

  private void place(Column column, Producer producer) throws NotCovered {
    if (producer instanceof Producer.Part part) {
      if (done.add(part.group())) {
        part.group().outputs().forEach(output -> output.place(slots++));
        steps.add(Steps.of(producer, -1, Step.SCRATCHES * steps.size()));
      }
    } else {
      column.place(slots++);
      steps.add(Steps.of(producer, column.slot(), Step.SCRATCHES * steps.size()));
    }
    if (slots > MOST_SLOTS) {
      throw new NotCovered("more than " + MOST_SLOTS + " columns to compute");
    }
  }
}
