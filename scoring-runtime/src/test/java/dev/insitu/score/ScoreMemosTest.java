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

  private static boolean knows(ScoreMemo memo, Object block) {
    return memo.copy(block, new PredictionBatch(ROWS, 2), 0) == ROWS;
  }

  @Test
  void givesBackWhatWasAnsweredForABlock() {
    ScoreMemo memo = new ScoreMemos(1 << 20).of("model", List.of(0));
    PredictionBatch answers = batch(100);
    for (int row = 0; row < 2 * ROWS; row++) {
      answers.labels()[row] = row % 3;
    }
    Object block = new Object();
    memo.keep(block, answers, ROWS, 2 * ROWS);
    PredictionBatch target = new PredictionBatch(3 * ROWS, 2);
    assertThat(memo.copy(block, target, 5)).isEqualTo(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertThat(target.row(5 + row)).isEqualTo(answers.row(ROWS + row));
      assertThat(target.labels()[5 + row]).isEqualTo((ROWS + row) % 3);
    }
    assertThat(memo.copy(new Object(), target, 0)).isEqualTo(ScoreMemo.UNKNOWN);
  }

  @Test
  void isOfOneScorerAndOneChoiceOfColumns() {
    ScoreMemos memos = new ScoreMemos(1 << 20);
    Object block = new Object();
    memos.of("model", List.of(0, 1)).keep(block, batch(1), 0, ROWS);
    assertThat(knows(memos.of("model", List.of(0, 1)), block)).isTrue();
    assertThat(knows(memos.of("model", List.of(1, 0)), block)).isFalse();
    assertThat(knows(memos.of("another", List.of(0, 1)), block)).isFalse();
    memos.forget("model"::equals);
    assertThat(knows(memos.of("model", List.of(0, 1)), block)).isFalse();
    assertThat(memos.bytes()).isZero();
  }

  @Test
  void roomForMoreForgetsNothing() {
    ScoreMemo memo = new ScoreMemos(1 << 20).of("model", List.of());
    List<Object> blocks = new ArrayList<>();
    memo.expect(Long.MAX_VALUE);
    for (int i = 0; i < 100; i++) {
      Object block = new Object();
      blocks.add(block);
      memo.keep(block, batch(i), 0, ROWS);
      memo.expect(1000);
    }
    assertThat(blocks).allMatch(block -> knows(memo, block));
  }

  @Test
  void keepsNoTexts() {
    ScoreMemo memo = new ScoreMemos(1 << 20).of("model", List.of());
    PredictionBatch answers = batch(1);
    answers.texts(0)[0] = "text";
    Object block = new Object();
    memo.keep(block, answers, 0, ROWS);
    assertThat(knows(memo, block)).isFalse();
  }

  @Test
  void theLongestUnusedGoesFirstAndTheBoundHolds() {
    long bound = 100_000;
    ScoreMemos memos = new ScoreMemos(bound);
    List<Object> blocks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      blocks.add(new Object());
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
  void whatIsGoneIsForgotten() throws InterruptedException {
    ScoreMemos memos = new ScoreMemos(1 << 20);
    ScoreMemo memo = memos.of("model", List.of());
    Object stays = new Object();
    memo.keep(stays, batch(1), 0, ROWS);
    long one = memos.bytes();
    for (int i = 0; i < 100; i++) {
      memo.keep(new Object(), batch(1), 0, ROWS);
    }
    for (int i = 0; i < 100 && memos.bytes() > 3 * one; i++) {
      System.gc();
      Thread.sleep(10);
      memo.keep(stays, batch(1), 0, ROWS);
    }
    assertThat(memos.bytes()).isLessThanOrEqualTo(3 * one);
    assertThat(knows(memo, stays)).isTrue();
  }

  @Test
  void manyKeepAndForgetAtOnce() throws Exception {
    long bound = 200_000;
    ScoreMemos memos = new ScoreMemos(bound);
    List<Object> blocks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      blocks.add(i); // the block's number is what is answered for it
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

  private static int keepAndLookUp(ScoreMemos memos, List<Object> blocks, int first) {
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
