package dev.insitu.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScorerCacheTest {
  private final List<Counting> opened = new CopyOnWriteArrayList<>();

  @Test
  void opensAVersionOnceForAllSessions() {
    ScorerCache cache = cache(10, Long.MAX_VALUE);
    score(cache.scorer("db", version(1)));
    score(cache.scorer("db", version(1)));
    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).batches.get()).isEqualTo(2);
  }

  @Test
  void opensEightVersionsOnceEachForThirtyTwoSessionsAtOnce() throws Exception {
    CyclicBarrier start = new CyclicBarrier(32);
    List<Long> ids = new CopyOnWriteArrayList<>();
    ScorerCache cache =
        new ScorerCache(
            8,
            Long.MAX_VALUE,
            1 << 20,
            version -> {
              ids.add(version.id());
              Counting scorer = new Counting(null, null);
              opened.add(scorer);
              LockSupport.parkNanos(5_000_000); // so that the others come meanwhile
              return scorer;
            });
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 32; t++) {
        int first = t;
        all.add(
            threads.submit(
                () -> {
                  start.await(60, TimeUnit.SECONDS);
                  for (int i = 0; i < 8; i++) {
                    score(cache.scorer("db", version(1 + (first + i) % 8)));
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ids).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(opened).allMatch(scorer -> scorer.batches.get() == 32 && !scorer.closed);
    assertThat(cache.size()).isEqualTo(8);
  }

  @Test
  void tellsDatabasesApart() {
    ScorerCache cache = cache(10, Long.MAX_VALUE);
    cache.scorer("one", version(1));
    cache.scorer("two", version(1));
    assertThat(opened).hasSize(2);
  }

  @Test
  void tellsVersionsOfADatabaseMadeAnewApart() {
    ScorerCache cache = cache(10, Long.MAX_VALUE);
    cache.scorer("db", TestModel.linear().version(1));
    cache.scorer("db", TestModel.forest().version(1));
    assertThat(opened).hasSize(2);
  }

  @Test
  void closesTheLeastRecentlyUsed() {
    ScorerCache cache = cache(2, Long.MAX_VALUE);
    Scorer first = cache.scorer("db", version(1));
    cache.scorer("db", version(2));
    score(first);
    cache.scorer("db", version(3));
    assertThat(opened).extracting(scorer -> scorer.closed).containsExactly(false, true, false);
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void closesWhatIsTooLargeButKeepsTheOneInUse() {
    ScorerCache cache = cache(10, 1);
    cache.scorer("db", version(1));
    Scorer second = cache.scorer("db", version(2));
    score(second);
    assertThat(opened).extracting(scorer -> scorer.closed).containsExactly(true, false);
  }

  @Test
  void opensAnEvictedVersionAgainForWhoeverStillHoldsIt() {
    ScorerCache cache = cache(1, Long.MAX_VALUE);
    Scorer first = cache.scorer("db", version(1));
    cache.scorer("db", version(2));
    score(first);
    assertThat(opened).hasSize(3);
    assertThat(opened.get(0).batches.get()).isZero();
    assertThat(opened.get(2).batches.get()).isEqualTo(1);
    assertThat(first.width()).isEqualTo(1);
    assertThat(first.engine()).isEqualTo("counting");
  }

  @Test
  void closesDroppedVersionsAndClosedDatabases() {
    ScorerCache cache = cache(10, Long.MAX_VALUE);
    cache.scorer("db", version(1));
    cache.scorer("db", version(2));
    cache.scorer("other", version(1));
    cache.forget("db", 1);
    assertThat(opened).extracting(scorer -> scorer.closed).containsExactly(true, false, false);
    cache.forget("db");
    assertThat(opened).extracting(scorer -> scorer.closed).containsExactly(true, true, false);
    cache.close();
    assertThat(opened).allMatch(scorer -> scorer.closed);
    assertThat(cache.size()).isZero();
  }

  @Test
  void doesNotCloseWhileABatchIsUnderWay() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ScorerCache cache =
        new ScorerCache(
            1,
            Long.MAX_VALUE,
            0,
            version -> {
              Counting scorer = new Counting(inside, goOn);
              opened.add(scorer);
              return scorer;
            });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Scorer scorer = cache.scorer("db", version(1));
      Future<?> batch = thread.submit(() -> score(scorer));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      cache.forget("db", 1);
      assertThat(opened.get(0).closed).isFalse();
      goOn.countDown();
      batch.get(10, TimeUnit.SECONDS);
      assertThat(opened.get(0).closed).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void forgetsAFailureToOpen() {
    AtomicInteger attempts = new AtomicInteger();
    ScorerCache cache =
        new ScorerCache(
            1,
            Long.MAX_VALUE,
            0,
            version -> {
              if (attempts.incrementAndGet() == 1) {
                throw MlException.of(ErrorCode.ENGINE, "load the graph", "test");
              }
              return new Counting(null, null);
            });
    assertThatThrownBy(() -> cache.scorer("db", version(1))).isInstanceOf(MlException.class);
    assertThat(cache.size()).isZero();
    score(cache.scorer("db", version(1)));
    assertThat(attempts.get()).isEqualTo(2);
  }

  @Test
  void survivesManyThreadsThatEvictEachOther() throws Exception {
    ScorerCache cache = cache(2, Long.MAX_VALUE);
    ModelVersion[] versions = {version(1), version(2), version(3), version(4)};
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int first = t;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    score(cache.scorer("db", versions[(first + i) % 4]));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    cache.close();
    assertThat(opened).allMatch(scorer -> scorer.closed);
    assertThat(opened.stream().mapToInt(scorer -> scorer.batches.get()).sum()).isEqualTo(4000);
  }

  private ScorerCache cache(int maxScorers, long maxBytes) {
    return new ScorerCache(
        maxScorers,
        maxBytes,
        1 << 20,
        version -> {
          Counting scorer = new Counting(null, null);
          opened.add(scorer);
          return scorer;
        });
  }

  private static ModelVersion version(long id) {
    return TestModel.linear().version(id);
  }

  private static void score(Scorer scorer) {
    scorer.score(TestRows.random(1, 1), new PredictionBatch(1, 1));
  }

  /** A scorer that counts, and fails if it is used after it was closed. */
  private static final class Counting implements Scorer {
    private final AtomicInteger batches = new AtomicInteger();
    private final @Nullable CountDownLatch inside;
    private final @Nullable CountDownLatch goOn;
    private volatile boolean closed;

    Counting(@Nullable CountDownLatch inside, @Nullable CountDownLatch goOn) {
      this.inside = inside;
      this.goOn = goOn;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public String engine() {
      return "counting";
    }

    @Override
    public void score(FeatureBatch features, PredictionBatch predictions) {
      assertThat(closed).isFalse();
      batches.incrementAndGet();
      if (inside != null && goOn != null) {
        inside.countDown();
        try {
          assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      assertThat(closed).isFalse();
    }

    @Override
    public void close() {
      assertThat(closed).isFalse();
      closed = true;
    }
  }
}
