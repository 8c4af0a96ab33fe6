package dev.insitu.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.store.StoredSchedules.Outcome;
import dev.insitu.store.schema.StoreSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredObjectsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");
  private static final ModelName CHURN = new ModelName("PUBLIC", "CHURN");

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:", "SA", "");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Adds a function, a kept column and a schedule that runs. */
  static void addOneOfEach(Connection control, Instant now) {
    StoredFunctions.add(
        control,
        new StoredFunction("TEXT", 1, "PUBLIC", "F", "CHURN", Optional.empty(), "SA", now));
    StoredColumns.add(
        control,
        new StoredColumn(
            1, "PUBLIC", "T", "C", "TR", CHURN, ModelText.DEFAULT_VERSION, Optional.empty(), true),
        1);
    StoredColumns.add(
        control,
        new StoredColumn(
            2, "PUBLIC", "T", "D", "TS", CHURN, new Selector.Alias("A"), Optional.empty(), true),
        1);
    StoredSchedule schedule =
        new StoredSchedule(
            1,
            CHURN,
            "SELECT 1",
            "{}",
            "1 day",
            86_400,
            Optional.empty(),
            "SA",
            "PUBLIC",
            now,
            now,
            Optional.empty());
    StoredSchedules.add(control, schedule);
    StoredSchedules.begin(control, schedule, "a", now);
  }

  @Test
  void withoutAStoreThereIsNothing() {
    assertThat(StoredInstallations.version(connection)).isEmpty();
    assertThat(StoredFunctions.all(connection)).isEmpty();
    assertThat(StoredFunctions.find(connection, "TEXT", 1)).isEmpty();
    assertThat(StoredColumns.all(connection)).isEmpty();
    assertThat(StoredSchedules.all(connection)).isEmpty();
  }

  @Test
  void theInstallationThatIsLastCounts() throws SQLException {
    migrate();
    StoredInstallations.note(connection, "0.7", NOW);
    StoredInstallations.note(connection, "0.8", NOW);
    assertThat(StoredInstallations.version(connection)).hasValue("0.8");
    StoredInstallations.clear(connection);
    assertThat(StoredInstallations.version(connection)).isEmpty();
  }

  @Test
  void aFunctionComesBackAsItWasStored() throws SQLException {
    migrate();
    StoredFunction text =
        new StoredFunction(
            "TEXT",
            3,
            "PUBLIC",
            "PREDICT_CHURN",
            "\"PUBLIC\".\"CHURN\"",
            Optional.empty(),
            "SA",
            NOW);
    StoredFunction number =
        new StoredFunction(
            "NUMBER",
            3,
            "PUBLIC",
            "CHURN_YES",
            "\"PUBLIC\".\"CHURN\"@2",
            Optional.of("yes"),
            "SA",
            NOW);
    StoredFunctions.add(connection, text);
    StoredFunctions.add(connection, number);
    assertThat(StoredFunctions.all(connection)).containsExactly(number, text);
    assertThat(StoredFunctions.find(connection, "TEXT", 3)).hasValue(text);
    assertThat(StoredFunctions.find(connection, "TEXT", 4)).isEmpty();
    assertThat(
            rows(
                "SELECT FUNCTION_NAME, MODEL, CLASS_TEXT, RETURNS FROM INSITU.FUNCTIONS ORDER BY 1"))
        .containsExactly(
            "CHURN_YES, \"PUBLIC\".\"CHURN\"@2, yes, NUMBER",
            "PREDICT_CHURN, \"PUBLIC\".\"CHURN\", null, TEXT");
    assertThat(StoredFunctions.remove(connection, "TEXT", 3)).isTrue();
    assertThat(StoredFunctions.remove(connection, "TEXT", 3)).isFalse();
    assertThat(StoredFunctions.all(connection)).containsExactly(number);
  }

  @Test
  void aColumnIsCurrentStaleOrWithoutItsModel() throws SQLException {
    migrate();
    execute("INSERT INTO INSITU.STORED_MODELS VALUES (1, 'PUBLIC', 'CHURN', 1, 1)");
    version(1);
    execute("INSERT INTO INSITU.STORED_ALIASES VALUES (1, 'CHAMPION', 1, CURRENT_TIMESTAMP, 'SA')");
    StoredColumn following = column(ModelText.DEFAULT_VERSION, true);
    StoredColumn pinned = column(new Selector.Version(1), false);
    StoredColumn named = column(new Selector.Alias("CHAMPION"), true);
    for (StoredColumn column : List.of(following, pinned, named)) {
      StoredColumns.add(connection, column, 1);
      StoredColumns.refreshed(connection, column.id(), "CUSTOMERS", 1, NOW, 7);
    }
    assertThat(StoredColumns.of(connection, CHURN)).containsExactly(following, pinned, named);
    assertThat(StoredColumns.find(connection, pinned.id())).hasValue(pinned);
    String states = "SELECT STATE FROM INSITU.PREDICTED_COLUMNS ORDER BY COLUMN_NAME";
    assertThat(rows(states)).containsExactly("current", "current", "current");
    version(2);
    execute("UPDATE INSITU.STORED_MODELS SET DEFAULT_VERSION = 2");
    assertThat(rows(states)).containsExactly("stale", "current", "current");
    assertThat(StoredColumns.version(connection, CHURN, following.selector())).hasValue(2L);
    assertThat(StoredColumns.version(connection, CHURN, named.selector())).hasValue(1L);
    execute("UPDATE INSITU.STORED_ALIASES SET VERSION_NUMBER = 2");
    Jdbi.create(connection).useHandle(h -> StoredColumns.moved(h, CHURN, "CHAMPION", 2));
    assertThat(rows(states)).containsExactly("stale", "current", "stale");
    assertThat(StoredColumns.version(connection, CHURN, named.selector())).hasValue(2L);
    assertThat(rows("SELECT PINNED_VERSION FROM INSITU.PREDICTED_COLUMNS ORDER BY COLUMN_NAME"))
        .containsExactly("null", "1", "2");
    assertThat(rows("SELECT TABLE_NAME, COLUMN_NAME, ALIAS_NAME FROM INSITU.ALIASED_COLUMNS"))
        .containsExactly("CUSTOMERS, " + named.column() + ", CHAMPION");
    execute("DELETE FROM INSITU.STORED_VERSIONS WHERE VERSION_NUMBER = 1");
    assertThat(rows(states)).containsExactly("stale", "model dropped", "stale");
    execute("DELETE FROM INSITU.STORED_MODELS");
    assertThat(rows(states)).containsExactly("model dropped", "model dropped", "model dropped");
    assertThat(StoredColumns.version(connection, CHURN, named.selector())).isEmpty();
    assertThat(StoredColumns.remove(connection, following.id())).isTrue();
    assertThat(StoredColumns.all(connection)).containsExactly(pinned, named);
    assertThat(StoredColumns.remove(connection, named.id())).isTrue();
    assertThat(rows("SELECT * FROM INSITU.STORED_FOLLOWED_ALIASES")).isEmpty();
  }

  @Test
  void aScheduleHasItsHistory() throws SQLException {
    migrate();
    StoredSchedule schedule =
        new StoredSchedule(
            StoredSchedules.nextId(connection),
            CHURN,
            "SELECT * FROM customers",
            "{}",
            "1 day",
            86_400,
            Optional.of("SELECT TRUE"),
            "SA",
            "PUBLIC",
            NOW,
            NOW.plusSeconds(86_400),
            Optional.empty());
    StoredSchedules.add(connection, schedule);
    assertThat(StoredSchedules.of(connection, CHURN)).hasValue(schedule);
    String state = "SELECT STATE FROM INSITU.SCHEDULES";
    assertThat(rows(state)).containsExactly("waiting");
    long first = StoredSchedules.begin(connection, schedule, "a", NOW);
    assertThat(rows(state)).containsExactly("running");
    StoredSchedules.end(connection, first, Outcome.TRAINED, OptionalInt.of(4), null, NOW);
    StoredSchedules.due(connection, schedule.id(), Optional.of(NOW), NOW.plusSeconds(5));
    StoredSchedules.due(connection, schedule.id(), Optional.empty(), NOW.plusSeconds(9));
    assertThat(StoredSchedules.all(connection))
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.lastRun()).hasValue(NOW);
              assertThat(stored.nextRun()).isEqualTo(NOW.plusSeconds(9));
            });
    StoredSchedules.begin(connection, schedule, "a", NOW);
    assertThat(StoredSchedules.settle(connection, "a", NOW)).isZero();
    assertThat(StoredSchedules.settle(connection, "b", NOW)).isEqualTo(1);
    assertThat(rows(state)).containsExactly("interrupted");
    assertThat(StoredSchedules.remove(connection, schedule.id())).isTrue();
    assertThat(
            rows(
                "SELECT OUTCOME, VERSION_NUMBER, MESSAGE FROM INSITU.SCHEDULE_RUNS"
                    + " ORDER BY SCHEDULE_RUN_ID"))
        .containsExactly("trained, 4, null", "interrupted, null, the process of this run is gone");
  }

  private StoredColumn column(Selector selector, boolean automatic) {
    long id = StoredColumns.nextId(connection);
    return new StoredColumn(
        id,
        "PUBLIC",
        "CUSTOMERS",
        "SCORE" + id,
        "INSITU$" + id,
        CHURN,
        selector,
        automatic ? Optional.empty() : Optional.of("yes"),
        automatic);
  }

  private void version(int number) throws SQLException {
    execute(
        "INSERT INTO INSITU.STORED_VERSIONS (ID, MODEL_ID, VERSION_NUMBER, RUN_ID, CREATED_AT,"
            + " MODEL_TYPE, TASK, ARTIFACT_FORMAT, ARTIFACT_SHA256, ARTIFACT_BYTES, ROWS_READ,"
            + " ROWS_SKIPPED, ROWS_TRAINED, ROWS_HELD_OUT, SEED) VALUES ("
            + number
            + ", 1, "
            + number
            + ", 1, CURRENT_TIMESTAMP, 't', 't', 'f', 's', 1, 1, 0, 1, 0, 0)");
  }

  private void migrate() throws SQLException {
    StoreSchema.current().migrate(connection, Clock.fixed(NOW, ZoneOffset.UTC));
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
