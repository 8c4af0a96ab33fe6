package dev.insitu.schedule;

import dev.insitu.function.OptionValue;
import dev.insitu.store.StoredSchedule;
import dev.insitu.store.StoredSchedules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks for what is due in the databases that this process has open, and trains it.
 *
 * <p>A database is looked at by one task at a time, which runs what is due one after the other: no
 * two trainings of a schedule are ever under way at once. Threads are daemons, and go when nothing
 * is scheduled. Nothing here keeps a database open: one that is closed amid a training ends it.
 * Thread-safe.
 */
public final class Scheduler {
  private static final System.Logger LOGGER = System.getLogger(Scheduler.class.getName());

  /** So many databases of a process train at once. */
  private static final int THREADS = 2;

  /** Sooner or later the clock is looked at, since somebody may set it. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** After so long is looked again at a database that another thread is looking at. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** So long a database that is being closed waits for its training to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Scheduler PROCESS = new Scheduler(Clock.systemUTC());

  private final Clock clock;
  private final ScheduledThreadPoolExecutor executor;
  private final Map<ScheduledDatabase, ScheduledFuture<?>> timers = new HashMap<>();
  private final Map<ScheduledDatabase, Look> looking = new HashMap<>();

  Scheduler(Clock clock) {
    this.clock = clock;
    this.executor =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "insitu-schedule");
              thread.setDaemon(true);
              return thread;
            });
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
  }

  /** Returns the one of this process. */
  public static Scheduler ofProcess() {
    return PROCESS;
  }

  /**
   * Looks at a database after a while, and then whenever something of it is due.
   *
   * @param json reads the options of a schedule
   */
  public void watch(
      ScheduledDatabase database, Duration delay, Function<String, Map<String, OptionValue>> json) {
    synchronized (timers) {
      ScheduledFuture<?> former = timers.get(database);
      if (former != null) {
        former.cancel(false);
      }
      try {
        timers.put(
            database,
            executor.schedule(
                () -> lookAndWatch(database, json), delay.toMillis(), TimeUnit.MILLISECONDS));
      } catch (RejectedExecutionException e) {
        LOGGER.log(System.Logger.Level.DEBUG, "the process ends", e);
      }
    }
  }

  /**
   * Looks no more at a database that is being closed: a training is cancelled, and waited for a
   * while, so that it lets go of what it reads.
   */
  public void forget(ScheduledDatabase database) {
    synchronized (timers) {
      ScheduledFuture<?> timer = timers.remove(database);
      if (timer != null) {
        timer.cancel(false);
      }
    }
    synchronized (looking) {
      Look look = looking.get(database);
      if (look != null) {
        look.cancel();
        await(look, database);
      }
    }
  }

  private void await(Look look, ScheduledDatabase database) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    long left = PATIENCE.toMillis();
    try {
      while (left > 0 && looking.get(database) == look && !look.isOwn()) {
        looking.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAndWatch(
      ScheduledDatabase database, Function<String, Map<String, OptionValue>> json) {
    Optional<Instant> next;
    try {
      next = look(database, json);
    } catch (SQLException | RuntimeException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "looking for schedules failed", e);
      next = database.isClosed() ? Optional.empty() : Optional.of(clock.instant().plus(LONGEST));
    }
    synchronized (timers) {
      if (next.isEmpty() || database.isClosed()) {
        timers.remove(database);
      } else if (timers.containsKey(database)) {
        Duration wait = Duration.between(clock.instant(), next.get());
        Duration delay = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        watch(database, delay.isNegative() ? Duration.ZERO : delay, json);
      }
    }
  }

  /**
   * Trains what is due in a database, one after the other; does nothing while another thread does.
   *
   * @return when to look again; empty without a schedule
   */
  Optional<Instant> look(
      ScheduledDatabase database, Function<String, Map<String, OptionValue>> json)
      throws SQLException {
    if (database.isClosed()) {
      return Optional.empty();
    }
    Look look = new Look();
    synchronized (looking) {
      if (looking.putIfAbsent(database, look) != null) {
        return Optional.of(clock.instant().plus(AGAIN));
      }
    }
    try {
      return look(database, json, look);
    } finally {
      synchronized (looking) {
        looking.remove(database);
        looking.notifyAll();
      }
    }
  }

  private Optional<Instant> look(
      ScheduledDatabase database, Function<String, Map<String, OptionValue>> json, Look look)
      throws SQLException {
    try (ScheduledSession elevated = database.elevated()) {
      Connection control = elevated.connection();
      List<StoredSchedule> all = StoredSchedules.all(control);
      if (all.isEmpty()) {
        return Optional.empty();
      }
      String incarnation = elevated.sessions().incarnation();
      StoredSchedules.settle(control, incarnation, clock.instant());
      ScheduledTraining training = new ScheduledTraining(database, control, clock, json, look);
      for (StoredSchedule schedule : all) {
        if (!schedule.nextRun().isAfter(clock.instant()) && !database.isClosed()) {
          training.run(schedule, incarnation);
        }
      }
      return database.isClosed()
          ? Optional.empty()
          : StoredSchedules.all(control).stream().map(StoredSchedule::nextRun).findFirst();
    }
  }
}
