package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages below pages, found where they were found before, are those that the tree has. */
class ChildPagesTest {
  private static final int ENTRIES = 20_000;
  private static final int ROUNDS = 20;

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

  /** Returns the values below a page, and puts the leaves that were met into a list. */
  private static void read(
      Page<Long, String> page, List<String> values, List<Page<Long, String>> leaves) {
    if (page.isLeaf()) {
      leaves.add(page);
      for (int i = 0; i < page.getKeyCount(); i++) {
        values.add(page.getValue(i));
      }
      return;
    }
    ChildPages<Long, String> children = ChildPages.of(page);
    assertThat(children.count()).isEqualTo(page.getRawChildPageCount());
    for (int i = 0; i < children.count(); i++) {
      read(children.get(i), values, leaves);
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
    int ofOne = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (MVStore store = open(folder.resolve("gone" + round).toString())) {
        int before = ChildPages.knownParents();
        read(filled(store).getRootPage(), new ArrayList<>(), new ArrayList<>());
        ofOne = Math.max(ofOne, ChildPages.knownParents() - before);
      }
      System.gc();
      Thread.sleep(20); // what is gone is told by another thread
    }
    assertThat(ofOne).isPositive();
    assertThat(ChildPages.knownParents()).isLessThan(ROUNDS / 2 * ofOne);
  }
}
