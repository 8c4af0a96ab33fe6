package dev.insitu.test.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.jdbc.InsituDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Long random sequences of JDBC calls on H2's driver and on ours, compared call by call; see {@link
 * Sequence}. {@code -Dinsitu.jdbc.calls=300000} makes more of them, {@code -Dinsitu.jdbc.seed}
 * others, {@code -Dinsitu.jdbc.models=true} only such with statements of ours. There are always as
 * many as it takes that every method has been called.
 */
class DriverComparisonTest {
  private static final long SEED = Long.getLong("insitu.jdbc.seed", 1);
  private static final long CALLS = Long.getLong("insitu.jdbc.calls", 10_000);
  private static final boolean MODELS = Boolean.getBoolean("insitu.jdbc.models");
  private static final boolean ACCEPT = Boolean.getBoolean("insitu.accept");

  /** With so many calls or more every method that can succeed has done so. */
  private static final long THOROUGH = 60_000;

  private static final int STEPS = 150;
  private static final int SHRINKING = 250;
  private static final int REPORTED = 10;
  private static final Path NEVER =
      Path.of("tests-sql/src/test/resources/driver/never-succeeds.txt");

  private final Coverage coverage = new Coverage();

  @Test
  void whateverIsCalledBothDriversAnswerAlike() throws Exception {
    Kinds.ALL.forEach(coverage::expect);
    Map<String, String> failures = new LinkedHashMap<>();
    for (long number = 0; mustGoOn() && failures.size() < REPORTED; number++) {
      compare(SEED * 1_000_003 + number, failures);
    }
    assertThat(failures.values())
        .as("%s calls, -Dinsitu.jdbc.seed=%s", coverage.calls(), SEED)
        .isEmpty();
    checkCoverage();
    if (Long.getLong("insitu.jdbc.calls") != null) {
      System.getLogger(DriverComparisonTest.class.getName())
          .log(
              System.Logger.Level.INFO,
              "{0} calls, -Dinsitu.jdbc.seed={1}: no difference",
              coverage.calls(),
              SEED);
    }
  }

  /** Runs a sequence; of those that end with the same call, one is reported. */
  private void compare(long seed, Map<String, String> failures) throws SQLException {
    boolean models = seed % 12 == 0 || MODELS;
    List<Long> steps = steps(seed);
    List<String> failure = run(steps, models, coverage);
    if (failure == null) {
      return;
    }
    List<String> fewest = shrunk(steps, models, failure);
    String call = fewest.get(fewest.size() - 2).replaceAll("#\\d+|\\(.*", "");
    failures.putIfAbsent(call, "\nseed " + seed + ":\n" + String.join("\n", fewest) + '\n');
  }

  /** Draws steps; every second one is the next visit of the tour. */
  private static List<Long> steps(long seed) {
    Random random = new Random(seed);
    List<Long> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      long visit = Math.floorMod(seed * (STEPS / 2) + i / 2, Tour.length());
      long round = random.nextInt(1 << 20);
      steps.add(
          i % 2 == 0 ? (visit + round * Tour.length()) * Sequence.TOUR : random.nextLong() | 1);
    }
    return steps;
  }

  /** Runs steps; returns the calls up to the one that differs and the difference, else null. */
  private static @Nullable List<String> run(List<Long> steps, boolean models, Coverage coverage)
      throws SQLException {
    try (Databases databases = new Databases()) {
      if (models) {
        ModelTexts.prepare(databases);
      }
      Sequence sequence = new Sequence(databases, models, coverage);
      try {
        begin(sequence, databases);
        for (long step : steps) {
          sequence.step(step);
        }
        sequence.end();
      } catch (Difference e) {
        List<String> calls = new ArrayList<>(sequence.calls());
        calls.add(e.getMessage());
        return calls;
      }
      return null;
    }
  }

  private static void begin(Sequence sequence, Databases databases) throws SQLException {
    JdbcDataSource plain = new JdbcDataSource();
    plain.setUrl(databases.plainUrl());
    plain.setUser("sa");
    InsituDataSource ours = new InsituDataSource();
    ours.setUrl(databases.ourUrl());
    ours.setUser("sa");
    sequence.begin(plain, ours);
    sequence.begin(
        DriverManager.getDriver(databases.plainUrl()), DriverManager.getDriver(databases.ourUrl()));
    sequence.begin(
        DriverManager.getConnection(databases.plainUrl(), "sa", ""),
        DriverManager.getConnection(databases.ourUrl(), "sa", ""));
  }

  /** Leaves out whatever steps are not needed for a difference. */
  private static List<String> shrunk(List<Long> steps, boolean models, List<String> failure)
      throws SQLException {
    List<Long> needed = new ArrayList<>(steps);
    List<String> best = failure;
    int tries = 0;
    for (int chunk = steps.size() / 2; chunk >= 1 && tries < tries(models); chunk /= 2) {
      for (int i = 0; i < needed.size() && tries < tries(models); tries++) {
        List<Long> fewer = new ArrayList<>(needed.subList(0, i));
        fewer.addAll(needed.subList(Math.min(needed.size(), i + chunk), needed.size()));
        List<String> again = run(fewer, models, new Coverage());
        if (again == null) {
          i += chunk;
        } else {
          needed = fewer;
          best = again;
        }
      }
    }
    return best;
  }

  /** A model is trained in each try. */
  private static int tries(boolean models) {
    return models ? SHRINKING / 4 : SHRINKING;
  }

  private boolean mustGoOn() {
    return coverage.calls() < CALLS || !MODELS && !coverage.uncalled().isEmpty();
  }

  /** In a long run every method has succeeded, unless it can never do so. */
  private void checkCoverage() throws IOException {
    if (MODELS) {
      return;
    }
    if (ACCEPT) {
      Files.write(
          NEVER,
          coverage.neverSucceeded().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .toList());
    }
    assertThat(never()).doesNotContainValue(Coverage.UNKNOWN);
    assertThat(coverage.succeeded()).doesNotContainAnyElementsOf(never().keySet());
    if (CALLS >= THOROUGH) {
      assertThat(coverage.neverSucceeded()).as("never succeeded").isEqualTo(never());
    }
  }

  /** Returns the methods that can never succeed, with the reason. */
  private static Map<String, String> never() throws IOException {
    Map<String, String> never = new TreeMap<>();
    for (String line : Files.readAllLines(NEVER)) {
      never.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
    }
    return never;
  }
}
