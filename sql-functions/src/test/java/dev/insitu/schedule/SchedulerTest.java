package dev.insitu.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.function.OptionValue;
import dev.insitu.h2.PlainSession;
import dev.insitu.h2.WatchedDatabase;
import dev.insitu.model.ModelText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ML088 and what a schedule does, on a clock that the test sets. */
public final class SchedulerTest {
  private static final String QUERY = "SELECT age, churned FROM customers";
  private static final String HISTORY =
      "SELECT outcome, version_number, message FROM INSITU.SCHEDULE_RUNS ORDER BY schedule_run_id";
  private static volatile CountDownLatch reached = new CountDownLatch(1);
  private static volatile CountDownLatch released = new CountDownLatch(0);

  private final SetClock clock = new SetClock();
  private final Scheduler scheduler = new Scheduler(clock);
  private Connection connection;
  private WatchedDatabase database;

  /** A function of a training query that waits until the test lets it go on. */
  public static int wait(int value) throws InterruptedException {
    reached.countDown();
    assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
    return value;
  }

  /** Tells the scheduler of the test what {@code Opening} tells that of the process. */
  public static final class Closing implements Trigger {
    private static volatile Runnable closing = () -> {};

    static void of(Scheduler scheduler, WatchedDatabase database) {
      closing =
          () -> {
            Thread user = new Thread(() -> released.countDown());
            user.start();
            scheduler.forget(database);
          };
    }

    @Override
    public void fire(
        Connection connection,
        @Nullable Object @Nullable [] before,
        @Nullable Object @Nullable [] after) {}

    @Override
    public void close() {
      closing.run();
    }
  }

  @BeforeEach
  void open() throws SQLException {
    open("mem:" + UUID.randomUUID());
    execute("CREATE TABLE customers (age INT, churned VARCHAR(3), created TIMESTAMP)");
    add(100);
  }

  private void open(String name) throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:" + name, "SA", "");
    database = WatchedDatabase.of(connection).orElseThrow();
  }

  private void add(int rows) throws SQLException {
    execute(
        "INSERT INTO customers SELECT MOD(x * 37, 60), CASE WHEN MOD(x * 37, 60) + MOD(x, 5) > 30"
            + " THEN 'yes' ELSE 'no' END, TIMESTAMP '2026-03-01 09:00:00' FROM SYSTEM_RANGE(1, "
            + rows
            + ")");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aModelIsTrainedWhenItIsDue() throws Exception {
    assertThat(schedule("churn", QUERY, full("1 day"))).isEqualTo("PUBLIC.CHURN every 1 day");
    Instant first = clock.instant().plus(Duration.ofDays(1));
    assertThat(look()).hasValue(first);
    assertThat(rows(HISTORY)).isEmpty();
    clock.pass(Duration.ofDays(1));
    assertThat(look()).hasValue(first.plus(Duration.ofDays(1)));
    assertThat(rows(HISTORY)).containsExactly("trained, 1, null");
    assertThat(look()).hasValue(first.plus(Duration.ofDays(1)));
    clock.pass(Duration.ofDays(10));
    assertThat(look()).hasValue(first.plus(Duration.ofDays(11)));
    assertThat(rows(HISTORY)).containsExactly("trained, 1, null", "trained, 2, null");
    assertThat(rows("SELECT state, user_name FROM INSITU.RUNS"))
        .containsExactly("succeeded, SA", "succeeded, SA");
  }

  @Test
  void whatIsNotSaidIsAsInTheModelsDefaultVersion() throws Exception {
    schedule("churn", QUERY, full("1 hour"));
    clock.pass(Duration.ofHours(1));
    look();
    assertThat(schedule("churn", QUERY + " WHERE age > 1", options("2 hours")))
        .isEqualTo("PUBLIC.CHURN every 2 hours, in place of every 1 hour");
    clock.pass(Duration.ofHours(2));
    look();
    String options =
        "SELECT option_name, option_value FROM INSITU.MODEL_OPTIONS WHERE version_number = ";
    assertThat(rows(options + 2)).isNotEmpty().isEqualTo(rows(options + 1));
    assertThat(rows("SELECT every, state FROM INSITU.SCHEDULES"))
        .containsExactly("2 hours, trained");
  }

  @Test
  void aConditionCountsFromTheLastTraining() throws Exception {
    Map<String, OptionValue> options = full("1 hour");
    options.put(
        "when",
        new OptionValue.Text("SELECT COUNT(*) >= 150 FROM customers WHERE created > last_run"));
    schedule("churn", QUERY, options);
    for (int i = 0; i < 3; i++) {
      clock.pass(Duration.ofHours(1));
      look();
    }
    assertThat(rows(HISTORY)).containsExactly("not due, null, the condition does not hold");
    assertThat(rows("SELECT last_run FROM INSITU.SCHEDULES")).containsExactly("null");
    add(50);
    clock.pass(Duration.ofHours(1));
    look();
    assertThat(rows(HISTORY)).containsExactly("trained, 1, null");
    assertThat(rows("SELECT CAST(last_run AS VARCHAR) FROM INSITU.SCHEDULES"))
        .containsExactly("2026-03-01 12:00:00+00");
    add(200); // created before the last training
    clock.pass(Duration.ofHours(1));
    look();
    assertThat(rows(HISTORY))
        .containsExactly("trained, 1, null", "not due, null, the condition does not hold");
  }

  @Test
  void whatFailsIsInTheHistoryAndTriedAgain() throws Exception {
    execute("CREATE USER boss PASSWORD 'p' ADMIN");
    execute("CREATE SCHEMA shop");
    try (Connection boss = DriverManager.getConnection(url(), "BOSS", "p");
        Statement statement = boss.createStatement()) {
      statement.execute("SET SCHEMA shop");
      statement.execute("CREATE TABLE own AS SELECT * FROM public.customers");
      schedule(boss, "churn", "SELECT age, churned FROM own", full("1 hour"));
    }
    clock.pass(Duration.ofHours(1));
    look();
    assertThat(rows(HISTORY)).containsExactly("trained, 1, null");
    execute("ALTER TABLE shop.own RENAME TO gone");
    failsNext("Table \"OWN\" not found");
    execute("ALTER TABLE shop.gone RENAME TO own");
    execute("ALTER USER boss ADMIN FALSE");
    failsNext("ML005: SCHEDULE needs ADMIN rights, but user \"BOSS\" has none");
    execute("ALTER USER boss ADMIN TRUE");
    execute("ALTER SCHEMA shop RENAME TO store");
    failsNext("schema \"SHOP\" is gone");
    execute("ALTER SCHEMA store RENAME TO shop");
    execute("DELETE FROM shop.own");
    failsNext("ML040: the training query returned no rows");
    execute("INSERT INTO shop.own SELECT * FROM public.customers");
    clock.pass(Duration.ofHours(1));
    look();
    assertThat(rows(HISTORY)).last().asString().startsWith("trained, 2");
    execute("DROP TABLE shop.own");
    execute("DROP USER boss");
    failsNext("user \"BOSS\" is gone");
  }

  private void failsNext(String message) throws SQLException {
    clock.pass(Duration.ofHours(1));
    look();
    assertThat(rows(HISTORY)).last().asString().startsWith("failed, null, ").contains(message);
  }

  @Test
  void noTwoAreEverUnderWayAtOnce() throws Exception {
    execute("CREATE ALIAS WAIT_HERE FOR '" + getClass().getName() + ".wait'");
    schedule("churn", "SELECT WAIT_HERE(age) AS age, churned FROM customers", full("1 second"));
    clock.pass(Duration.ofSeconds(1));
    reached = new CountDownLatch(1);
    released = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Optional<Instant>> first = other.submit(this::look);
      assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
      clock.pass(Duration.ofSeconds(30));
      assertThat(rows("SELECT state FROM INSITU.SCHEDULES")).containsExactly("running");
      assertThat(look()).hasValue(clock.instant().plusSeconds(1));
      assertThat(rows(HISTORY)).containsExactly("running, null, null");
      released.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS)).isPresent();
      assertThat(rows(HISTORY)).containsExactly("trained, 1, null");
    } finally {
      released.countDown();
      other.shutdownNow();
    }
  }

  @Test
  void aDatabaseThatIsClosedAmidATrainingTellsSoWhenItIsOpenedAgain(@TempDir Path directory)
      throws Exception {
    connection.close();
    open(directory.resolve("shop").toAbsolutePath().toString());
    execute("CREATE TABLE customers (age INT, churned VARCHAR(3), created TIMESTAMP)");
    add(100);
    execute("CREATE ALIAS WAIT_HERE FOR '" + getClass().getName() + ".wait'");
    schedule("churn", "SELECT WAIT_HERE(age) AS age, churned FROM customers", full("1 day"));
    clock.pass(Duration.ofDays(1));
    reached = new CountDownLatch(1);
    released = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Optional<Instant>> first = other.submit(this::look);
      assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
      execute(
          "CREATE TRIGGER closing AFTER DELETE ON customers FOR EACH ROW CALL '"
              + Closing.class.getName()
              + "'");
      Closing.of(scheduler, database);
      connection.close();
      try {
        assertThat(first.get(20, TimeUnit.SECONDS)).isEmpty();
      } catch (ExecutionException e) {
        assertThat(database.isClosed()).isTrue(); // the store could not be told any more
      }
    } finally {
      released.countDown();
      other.shutdownNow();
    }
    assertThat(database.isClosed()).isTrue();
    assertThat(look()).isEmpty();
    open(directory.resolve("shop").toAbsolutePath().toString());
    assertThat(rows("SELECT state FROM INSITU.SCHEDULES")).containsExactly("running");
    look();
    assertThat(rows(HISTORY)).containsExactly("interrupted, null, the process of this run is gone");
    clock.pass(Duration.ofDays(1));
    look();
    assertThat(rows(HISTORY)).last().asString().startsWith("trained, 1");
  }

  @Test
  void theTimerLooksByItself() throws Exception {
    Scheduler ticking = new Scheduler(Clock.systemUTC());
    Schedules schedules = schedules(connection, Clock.systemUTC());
    schedules.schedule(ModelText.parse("churn"), QUERY, json(full("1 second")), full("1 second"));
    ticking.watch(database, Duration.ZERO, SchedulerTest::parse);
    for (int i = 0; i < 200 && rows("SELECT 1 FROM INSITU.MODEL_VERSIONS").size() < 2; i++) {
      Thread.sleep(50);
    }
    ticking.forget(database);
    assertThat(rows("SELECT 1 FROM INSITU.MODEL_VERSIONS")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void whatIsScheduledNoMoreIsNotTrained() throws Exception {
    schedule("churn", QUERY, full("1 hour"));
    Schedules schedules = schedules(connection, clock);
    assertThat(schedules.unschedule(ModelText.parse("churn")))
        .isEqualTo("PUBLIC.CHURN is not trained every 1 hour any more");
    clock.pass(Duration.ofHours(2));
    assertThat(look()).isEmpty();
    assertThat(rows(HISTORY)).isEmpty();
    assertThatThrownBy(() -> schedules.unschedule(ModelText.parse("churn")))
        .hasMessageContaining("ML088: model \"PUBLIC.CHURN\" cannot be trained on a schedule: it");
  }

  @Test
  void mistakesAreToldBeforeAnythingIsScheduled() throws Exception {
    refused(
        QUERY,
        Map.of(),
        "ML088: model \"PUBLIC.CHURN\" cannot be trained on a schedule: \"every\"");
    refused(QUERY, full("soon"), "\"every\" is 'soon', which says no time");
    refused(QUERY, options("1 day"), "ML033: option \"model_type\" is missing");
    refused("SELECT age FROM nowhere", full("1 day"), "Table \"NOWHERE\" not found");
    refused(QUERY + " WHERE age > ?", full("1 day"), "ML088", "the query has parameters");
    Map<String, OptionValue> wrong = full("1 day");
    wrong.put("lern_rate", new OptionValue.Truth(true));
    refused(QUERY, wrong, "ML030: option \"lern_rate\" does not exist");
    Map<String, OptionValue> number = full("1 day");
    number.put("when", new OptionValue.Text("SELECT COUNT(*) FROM customers"));
    refused(QUERY, number, "ML088", "\"when\" answers BIGINT, but BOOLEAN was expected");
    number.put("when", new OptionValue.Text("SELECT nothing FROM customers"));
    refused(QUERY, number, "Column \"NOTHING\" not found");
    number.put("when", new OptionValue.Truth(true));
    refused(QUERY, number, "\"when\" is TRUE, but a query was expected");
    execute("CREATE USER clerk PASSWORD 'p'");
    try (Connection clerk = DriverManager.getConnection(url(), "CLERK", "p")) {
      assertThatThrownBy(() -> schedule(clerk, "churn", QUERY, full("1 day")))
          .hasMessageContaining("ML005");
    }
  }

  private void refused(String query, Map<String, OptionValue> options, String... messages) {
    assertThatThrownBy(() -> schedule("churn", query, options))
        .satisfies(e -> assertThat(e.getMessage()).contains(messages));
  }

  private Optional<Instant> look() throws SQLException {
    return scheduler.look(database, SchedulerTest::parse);
  }

  private String schedule(String model, String query, Map<String, OptionValue> options)
      throws SQLException {
    return schedule(connection, model, query, options);
  }

  private String schedule(
      Connection caller, String model, String query, Map<String, OptionValue> options)
      throws SQLException {
    return schedules(caller, clock).schedule(ModelText.parse(model), query, json(options), options);
  }

  private static Schedules schedules(Connection caller, Clock clock) throws SQLException {
    PlainSession session = PlainSession.of(caller);
    return new Schedules(
        session.session(), session.models(), session.session().storeSession(), clock);
  }

  private static Map<String, OptionValue> options(String every) {
    Map<String, OptionValue> options = new LinkedHashMap<>();
    options.put("every", new OptionValue.Text(every));
    return options;
  }

  private static Map<String, OptionValue> full(String every) {
    Map<String, OptionValue> options = options(every);
    options.put("model_type", new OptionValue.Text("logistic_reg"));
    options.put(
        "input_label_cols", new OptionValue.Items(List.of(new OptionValue.Text("churned"))));
    return options;
  }

  /** Not JSON, but the same to the scheduler, which has it read by its caller. */
  private static String json(Map<String, OptionValue> options) {
    List<String> lines = new ArrayList<>();
    options.forEach((name, value) -> lines.add(name + "=" + value.toSql()));
    return String.join("\n", lines);
  }

  private static Map<String, OptionValue> parse(String json) {
    Map<String, OptionValue> options = new LinkedHashMap<>();
    json.lines()
        .forEach(
            line -> {
              int place = line.indexOf('=');
              options.put(
                  line.substring(0, place),
                  OptionText.parse(line.substring(place + 1)).orElseThrow());
            });
    return options;
  }

  private String url() throws SQLException {
    return connection.getMetaData().getURL();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.add(String.join(", ", values));
      }
    }
    return rows;
  }
}
