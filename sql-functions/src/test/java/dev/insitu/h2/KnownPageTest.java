package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.score.PredictionBatch;
import dev.insitu.score.ScoreMemo;
import dev.insitu.score.ScorerCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are found where they were found before are those that the tree has. */
class KnownPageTest {
  private static final int ENTRIES = 20_000;
  private static final int ROUNDS = 20;
  private static final long ROOM = 10_000;

  @TempDir Path folder;

  private static MVStore open(String file) {
    return new MVStore.Builder().fileName(file).autoCommitDisabled().cacheSize(1).open();
  }

  private static MVMap<Long, String> filled(MVStore store) {
    MVMap<Long, String> map = store.openMap("numbers");
    for (long i = 0; i < ENTRIES; i++) {
      map.put(i, "number " + i);
    }
    store.commit();
    return map;
  }

  /** Puts the values below a page, and the leaves that have them, into lists. */
  private static void read(
      Page<Long, String> page, List<String> values, List<Page<Long, String>> leaves) {
    Leaves<Long, String> walk = new Leaves<>(page);
    while (walk.next()) {
      leaves.add(walk.page());
      assertThat(walk.known().get()).isSameAs(walk.page());
      for (int i = 0; i < walk.page().getKeyCount(); i++) {
        values.add(walk.page().getValue(i));
      }
    }
  }

  private static List<String> values(MVMap<Long, String> map) {
    List<String> values = new ArrayList<>();
    map.keyIterator(null).forEachRemaining(key -> values.add(map.get(key)));
    return values;
  }

  @Test
  void pagesOfAFileAreFoundWhereTheyLie() {
    try (MVStore store = open(folder.resolve("found").toString())) {
      MVMap<Long, String> map = filled(store);
      Page<Long, String> before = map.getRootPage();
      List<String> values = new ArrayList<>();
      List<Page<Long, String>> leaves = new ArrayList<>();
      read(before, values, leaves);
      assertThat(values).hasSize(ENTRIES).isEqualTo(values(map));
      store.setCacheSize(0); // H2 finds them no more without reading the file
      List<Page<Long, String>> again = new ArrayList<>();
      read(before, new ArrayList<>(), again);
      assertThat(again).hasSameSizeAs(leaves);
      for (int i = 0; i < leaves.size(); i++) {
        assertThat(again.get(i)).isSameAs(leaves.get(i));
      }
    }
  }

  @Test
  void aChangedTreeHasItsOwn() {
    try (MVStore store = open(folder.resolve("changed").toString())) {
      MVMap<Long, String> map = filled(store);
      Page<Long, String> before = map.getRootPage();
      List<String> old = new ArrayList<>();
      read(before, old, new ArrayList<>());
      for (long i = 0; i < ENTRIES; i += 1000) {
        map.put(i, "changed");
        map.remove(i + 1);
      }
      for (int step = 0; step < 2; step++) { // while the pages are in memory alone, and in the file
        List<String> values = new ArrayList<>();
        read(map.getRootPage(), values, new ArrayList<>());
        assertThat(values).isEqualTo(values(map)).isNotEqualTo(old);
        store.commit();
      }
      List<String> still = new ArrayList<>();
      read(before, still, new ArrayList<>());
      assertThat(still).isEqualTo(old);
    }
  }

  @Test
  void pagesThatAreGoneAreForgotten() throws InterruptedException {
    int known = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (MVStore store = open(folder.resolve("gone" + round).toString())) {
        List<Page<Long, String>> leaves = new ArrayList<>();
        read(filled(store).getRootPage(), new ArrayList<>(), leaves);
        known += leaves.size();
      }
    }
    for (int i = 0; i < 500 && KnownPage.count() > known / ROUNDS; i++) {
      System.gc();
      Thread.sleep(10); // what is gone is told by another thread
      KnownPage.forgetGone();
    }
    assertThat(KnownPage.count()).isLessThanOrEqualTo(known / ROUNDS);
  }

  @Test
  void whatIsKeptForPagesThatAreGoneMakesRoom() throws Exception {
    try (RouteA route = RouteA.open("jdbc:h2:mem:");
        ScorerCache cache = new ScorerCache(1, Long.MAX_VALUE, ROOM, version -> route.scorer);
        MVStore store = open(folder.resolve("room").toString())) {
      ScoreMemo memo =
          Objects.requireNonNull(
              cache
                  .scorer("database", FakeModel.prediction(0, route.scorer).version())
                  .memo(List.of()));
      Leaves<Long, String> walk = new Leaves<>(filled(store).getRootPage());
      PredictionBatch scores = new PredictionBatch(1, 2);
      int kept = 0;
      while (walk.next() && keep(memo, walk.known(), scores)) {
        kept++;
      }
      assertThat(kept).isBetween(1, (int) ROOM / 100);
      KnownPage wanted = KnownPage.of(walk.page());
      Page<Long, String> stays = walk.page();
      walk = new Leaves<>(stays);
      store.close();
      for (int i = 0; i < 500 && !keep(memo, wanted, scores); i++) {
        System.gc();
        Thread.sleep(10);
        KnownPage.forgetGone();
      }
      assertThat(memo.copy(wanted.answers(), scores, 0)).isEqualTo(1);
      assertThat(wanted.get()).isSameAs(stays);
    }
  }

  private static boolean keep(ScoreMemo memo, KnownPage page, PredictionBatch scores) {
    memo.keep(page.answers(), scores, 0, 1);
    return memo.copy(page.answers(), scores, 0) == 1;
  }
}
