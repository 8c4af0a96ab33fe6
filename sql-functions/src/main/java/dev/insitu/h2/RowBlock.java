package dev.insitu.h2;

import dev.insitu.score.AnsweredBlock;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** Some rows of an input, their features and scores; used again for later rows. */
final class RowBlock {
  private static final int FEW = 4;

  Value[][] rows = new Value[FEW][];
  int size;

  /** The number of the first row among those of the input. */
  long firstRow;

  /** Whether the scores are known already. */
  boolean known;

  /** The pages in it whose scores are to be kept. */
  final List<Part> parts = new ArrayList<>();

  @Nullable FeatureBatch features;
  @Nullable PredictionBatch scores;

  /** What is made of the scores, by whoever scores the block; null if nothing is. */
  private final @Nullable Fold fold;

  RowBlock(@Nullable Fold fold) {
    this.fold = fold;
  }

  /** What is made of scores, block by block, by one thread at a time. */
  interface Fold {
    /** Adds the scores of the first rows. */
    void add(PredictionBatch scores, int rows);
  }

  /** A page, from row {@code from} to before row {@code to}. */
  record Part(AnsweredBlock answers, int from, int to) {}

  /** Makes of the scores what is to be made of them. */
  void fold() {
    if (fold != null && scores != null) {
      fold.add(scores, size);
    }
  }

  /** Makes room for so many rows, soon for all that are wanted. */
  void reserve(int size, int wanted) {
    if (size > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(size, Math.min(wanted, 4 * rows.length)));
    }
  }

  /** Returns where scores belong, so wide and so many. */
  PredictionBatch scores(int capacity, int width) {
    PredictionBatch target = scores;
    if (target == null || target.width() != width || target.capacity() < capacity) {
      target = new PredictionBatch(capacity, width);
      scores = target;
    }
    return target;
  }
}
