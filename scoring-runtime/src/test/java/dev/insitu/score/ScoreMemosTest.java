package dev.insitu.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScoreMemosTest {
  private static final int ROWS = 24;

  private static PredictionBatch batch(double score) {
    PredictionBatch batch = new PredictionBatch(2 * ROWS, 2);
    for (int i = 0; i < batch.scores().length; i++) {
      batch.scores()[i] = score + i;
    }
    return batch;
  }

  private static boolean knows(ScoreMemo memo, AnsweredBlock block) {
    return memo.copy(block, new PredictionBatch(ROWS, 2), 0) == ROWS;
  }

  @Test
  void givesBackWhatWasAnsweredForABlock() {
    ScoreMemo memo = new ScoreMemos(1 << 20).of("model", List.of(0));
    PredictionBatch answers = batch(100);
    for (int row = 0; row < 2 * ROWS; row++) {
      answers.labels()[row] = row % 3;
    }
    AnsweredBlock block = new AnsweredBlock();
    memo.keep(block, answers, ROWS, 2 * ROWS);
    PredictionBatch target = new PredictionBatch(3 * ROWS, 2);
    assertThat(memo.copy(block, target, 5)).isEqualTo(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertThat(target.row(5 + row)).isEqualTo(answers.row(ROWS + row));
      assertThat(target.labels()[5 + row]).isEqualTo((ROWS + row) % 3);
    }
    assertThat(memo.copy(new AnsweredBlock(), target, 0)).isEqualTo(ScoreMemo.UNKNOWN);
  }

  @Test
  void isOfOneScorerAndOneChoiceOfColumns() {
    ScoreMemos memos = new ScoreMemos(1 << 20);
    AnsweredBlock block = new AnsweredBlock();
    memos.of("model", List.of(0, 1)).keep(block, batch(1), 0, ROWS);
    assertThat(knows(memos.of("model", List.of(0, 1)), block)).isTrue();
    assertThat(knows(memos.of("model", List.of(1, 0)), block)).isFalse();
    assertThat(knows(memos.of("another", List.of(0, 1)), block)).isFalse();
    memos.forget("model"::equals);
    assertThat(knows(memos.of("model", List.of(0, 1)), block)).isFalse();
    assertThat(memos.bytes()).isZero();
  }

  @Test
  void keepsNoTexts() {
    ScoreMemo memo = new ScoreMemos(1 << 20).of("model", List.of());
    PredictionBatch answers = batch(1);
    answers.texts(0)[0] = "text";
    AnsweredBlock block = new AnsweredBlock();
    memo.keep(block, answers, 0, ROWS);
    assertThat(knows(memo, block)).isFalse();
  }

  @Test
  void theLongestUnusedGoesFirstAndTheBoundHolds() {
    long bound = 100_000;
    ScoreMemos memos = new ScoreMemos(bound);
    List<AnsweredBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      blocks.add(new AnsweredBlock());
    }
    ScoreMemo old = memos.of("old", List.of());
    blocks.subList(0, 50).forEach(block -> old.keep(block, batch(1), 0, ROWS));
    ScoreMemo recent = memos.of("recent", List.of());
    blocks.subList(0, 50).forEach(block -> recent.keep(block, batch(2), 0, ROWS));
    ScoreMemo large = memos.of("large", List.of());
    recent.keep(blocks.get(50), batch(2), 0, ROWS);
    memos.of("recent", List.of());
    blocks.forEach(block -> large.keep(block, batch(3), 0, ROWS));
    assertThat(memos.bytes()).isBetween(bound - 1000, bound);
    assertThat(knows(old, blocks.get(0))).isFalse();
    assertThat(knows(recent, blocks.get(0))).as("asked for since").isTrue();
    assertThat(knows(large, blocks.get(0))).isTrue();
    assertThat(knows(large, blocks.get(999))).as("no more room").isFalse();
  }

  @Test
  void whatIsGoneIsForgotten() {
    ScoreMemos memos = new ScoreMemos(1 << 20);
    ScoreMemo memo = memos.of("model", List.of());
    ScoreMemo other = memos.of("other", List.of());
    List<AnsweredBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      AnsweredBlock block = new AnsweredBlock();
      memo.keep(block, batch(i), 0, ROWS);
      other.keep(block, batch(i), 0, ROWS);
      blocks.add(block);
    }
    long all = memos.bytes();
    for (int gone : List.of(2, 0, 4)) { // amid the others, the first, and the last
      blocks.get(gone).forget();
      blocks.get(gone).forget();
      assertThat(knows(memo, blocks.get(gone))).isFalse();
      memo.keep(blocks.get(gone), batch(1), 0, ROWS); // scored while it was forgotten
      assertThat(knows(memo, blocks.get(gone))).isFalse();
    }
    assertThat(memos.bytes()).isEqualTo(all * 2 / 5);
    assertThat(knows(memo, blocks.get(1))).isTrue();
    assertThat(knows(other, blocks.get(3))).isTrue();
    memos.forget("model"::equals);
    assertThat(knows(memo, blocks.get(1))).isFalse();
    assertThat(knows(other, blocks.get(1))).isTrue();
    assertThat(memos.bytes()).isEqualTo(all / 5);
    blocks.forEach(AnsweredBlock::forget);
    assertThat(memos.bytes()).isZero();
  }

  @Test
  void manyKeepAndForgetAtOnce() throws Exception {
    long bound = 200_000;
    ScoreMemos memos = new ScoreMemos(bound);
    List<AnsweredBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      blocks.add(new AnsweredBlock()); // the block's number is what is answered for it
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread;
        work.add(() -> keepAndLookUp(memos, blocks, first));
      }
      int found = 0;
      for (Future<Integer> done : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
        found += done.get();
      }
      assertThat(found).isPositive();
    } finally {
      threads.shutdownNow();
    }
    assertThat(memos.bytes()).isBetween(0L, bound);
    memos.forget(scorer -> true);
    assertThat(memos.bytes()).isZero();
  }

  private static int keepAndLookUp(ScoreMemos memos, List<AnsweredBlock> blocks, int first) {
    PredictionBatch target = new PredictionBatch(ROWS, 2);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      int number = (first * 31 + i * 7) % blocks.size();
      ScoreMemo memo = memos.of("model" + i / 100 % 5, List.of());
      if (memo.copy(blocks.get(number), target, 0) == ROWS) {
        found++;
        assertThat(target.score(0, 0)).isEqualTo(number);
        assertThat(target.score(ROWS - 1, 1)).isEqualTo(number + 2 * ROWS - 1);
      } else {
        memo.keep(blocks.get(number), batch(number), 0, ROWS);
      }
    }
    return found;
  }
}
