package dev.insitu.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.model.ModelVersion;
import dev.insitu.store.VersionCache.Identity;
import dev.insitu.store.VersionCache.Key;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class VersionCacheTest {
  private static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.UTC);

  private static Key key(String database, long id, OffsetDateTime created) {
    return new Key(database, Samples.CHURN, new Identity(id, 1, "hash", created, true));
  }

  private static ModelVersion version(int bytes) {
    return new ModelVersion(
        1,
        Samples.CHURN,
        1,
        Samples.withArtifact(Samples.clustering(), new byte[bytes]),
        Instant.EPOCH);
  }

  @Test
  void givesBackWhatIsTheSameInEverything() {
    VersionCache cache = new VersionCache(10, 1 << 20);
    ModelVersion version = version(10);
    cache.add(key("a", 1, NOW), version);
    assertThat(cache.find(key("a", 1, NOW))).containsSame(version);
    assertThat(cache.find(key("b", 1, NOW))).isEmpty();
    assertThat(cache.find(key("a", 2, NOW))).isEmpty();
    assertThat(cache.find(key("a", 1, NOW.plusNanos(1)))).isEmpty();
  }

  @Test
  void letsGoOfWhatWasNotUsedForLongest() throws InterruptedException {
    VersionCache cache = new VersionCache(2, 1 << 20);
    cache.add(key("a", 1, NOW), version(1));
    cache.add(key("a", 2, NOW), version(1));
    assertThat(cache.find(key("a", 1, NOW))).isPresent();
    cache.add(key("a", 3, NOW), version(1));
    assertThat(cache.find(key("a", 1, NOW))).isPresent();
    assertThat(cache.size()).isEqualTo(2);
    for (int i = 0; i < 500 && cache.find(key("a", 2, NOW)).isPresent(); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(cache.find(key("a", 2, NOW))).as("nobody holds it").isEmpty();
  }

  @Test
  void whatSomebodyHoldsIsFoundAgain() {
    VersionCache cache = new VersionCache(1, 1 << 20);
    ModelVersion large = version(1 << 19);
    ModelVersion first = version(1);
    cache.add(key("a", 1, NOW), large);
    cache.add(key("a", 2, NOW), first);
    cache.add(key("a", 3, NOW), version(1));
    System.gc();
    assertThat(cache.find(key("a", 1, NOW))).as("too large to stay").containsSame(large);
    assertThat(cache.find(key("a", 2, NOW))).as("did not stay").containsSame(first);
    assertThat(cache.size()).isOne();
    cache.forget("a");
    assertThat(cache.find(key("a", 1, NOW))).isEmpty();
    assertThat(cache.find(key("a", 2, NOW))).isEmpty();
    assertThat(large.id()).isEqualTo(first.id()); // held until here
  }

  @Test
  void staysWithinItsBytes() {
    VersionCache cache = new VersionCache(1000, 1 << 20);
    cache.add(key("a", 0, NOW), version(1 << 19));
    assertThat(cache.size()).as("one that would take most of it").isZero();
    for (int i = 1; i <= 100; i++) {
      cache.add(key("a", i, NOW), version(100_000));
    }
    assertThat(cache.size()).isBetween(7, 10);
    assertThat(cache.find(key("a", 100, NOW))).isPresent();
  }

  @Test
  void forgetsADatabase() {
    VersionCache cache = new VersionCache(10, 1 << 20);
    cache.add(key("a", 1, NOW), version(1));
    cache.add(key("b", 1, NOW), version(1));
    cache.forget("a");
    assertThat(cache.find(key("a", 1, NOW))).isEmpty();
    assertThat(cache.find(key("b", 1, NOW))).isPresent();
    VersionCache none = VersionCache.none();
    none.add(key("a", 1, NOW), version(1));
    assertThat(none.size()).isZero();
  }
}
