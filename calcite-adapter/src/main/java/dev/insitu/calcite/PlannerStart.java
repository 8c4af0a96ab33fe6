package dev.insitu.calcite;

import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.calcite.rule.PredictRules;
import dev.insitu.calcite.rule.Reading;
import dev.insitu.model.ColumnSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads Calcite once per process, in the background: its classes take longer than most statements.
 * Not at once, since the first statement of a process loads classes enough, and most need no plan.
 * Who needs one waits, so that no two threads initialise the same classes.
 */
public final class PlannerStart {
  private static final CountDownLatch LOADED = new CountDownLatch(1);
  private static final CountDownLatch WANTED = new CountDownLatch(1);

  /** The first statement of a process has ended by then. */
  private static final long DELAY_SECONDS = 3;

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private PlannerStart() {}

  /** Begins, if nobody has. */
  public static void begin() {
    if (BEGUN.compareAndSet(false, true)) {
      new Loading().start();
    }
  }

  /** Waits until it is loaded. */
  static void await() {
    begin();
    WANTED.countDown();
    boolean interrupted = false;
    while (LOADED.getCount() > 0) {
      try {
        LOADED.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** No lambda, whose linking would be the statement's time that began it. */
  private static final class Loading extends Thread {
    Loading() {
      super("insitu-planner-start");
      setDaemon(true);
      setContextClassLoader(PlannerStart.class.getClassLoader());
    }

    @Override
    public void run() {
      load();
    }
  }

  private static void load() {
    try {
      boolean now = WANTED.await(DELAY_SECONDS, TimeUnit.SECONDS);
      System.getLogger(PlannerStart.class.getName())
          .log(System.Logger.Level.TRACE, now ? "a plan is wanted" : "a plan may be wanted");
      SqlText sql =
          SqlText.of("SELECT y FROM (VALUES (1, 'a')) AS t(x, y) WHERE x = 1 AND y > 'b'");
      Planning.plan(sql, new Nothing(), Map.of(), Map.of())
          .ifPresent(
              plan ->
                  PredictRules.optimize(
                      plan,
                      new Reading() {
                        @Override
                        public boolean mayMove(String call) {
                          return true;
                        }

                        @Override
                        public boolean reads(String call, String column) {
                          return true;
                        }
                      }));
    } catch (InterruptedException | RuntimeException | Error e) {
      System.getLogger(PlannerStart.class.getName())
          .log(System.Logger.Level.DEBUG, "loading the planner failed", e);
    } finally {
      LOADED.countDown();
    }
  }

  /** A database in which there is nothing. */
  private static final class Nothing implements PlanCatalog {
    @Override
    public Optional<List<ColumnSpec>> columns(String schema, String table) {
      return Optional.empty();
    }

    @Override
    public boolean schemaExists(String schema) {
      return true;
    }

    @Override
    public String currentSchema() {
      return "PUBLIC";
    }

    @Override
    public String fold(String identifier) {
      return identifier.toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean isUserRoutine(String name) {
      return false;
    }

    @Override
    public boolean accepts(TableCall call, Narrowing narrowing) {
      return false;
    }

    @Override
    public CallPlan describe(PredictionCall call) {
      throw new IllegalStateException("there are no models");
    }
  }
}
