package dev.insitu.store;

import static dev.insitu.store.Samples.CHURN;
import static dev.insitu.store.Samples.CLOCK;
import static dev.insitu.store.Samples.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.store.ModelStore.Existing;
import dev.insitu.store.TwoConnections.Rows;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sessions of one caller, several callers, and their transactions. */
class StoreSessionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "SNAPSHOT",
        "SERIALIZABLE"
      })
  void publishesInATransactionThatIsOlderThanTheStore(String level) throws SQLException {
    String url = TwoConnections.memory();
    try (var session = TwoConnections.administrator(url);
        var other = TwoConnections.administrator(url)) {
      Rows.execute(session.control, "CREATE TABLE T (I INT PRIMARY KEY)");
      Rows.execute(
          session.user, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level);
      Rows.execute(session.user, "INSERT INTO T VALUES (1)");
      assertThat(Rows.all(session.user, "SELECT * FROM T")).containsExactly("1");

      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(store.find(CHURN, DEFAULT)).isEmpty();
      store.prepareForWriting();
      long run = store.beginRun(CHURN, "logistic_reg", "SELECT 1");
      store.progress(run, "training", 1, 2);
      ModelVersion first = store.publish(CHURN, Samples.classification(), run, Existing.REFUSE);
      store.trained(run);
      ModelVersion second =
          store.publish(CHURN, Samples.regression("2"), run + 1, Existing.ADD_VERSION);
      assertThat(store.find(CHURN, DEFAULT)).contains(second);
      assertThat(store.drop(CHURN, OptionalInt.of(2), false)).isEqualTo(1);
      assertThat(store.find(CHURN, DEFAULT)).contains(first);

      JdbiModelStore theirs = JdbiModelStore.of(other, CLOCK);
      assertThat(theirs.find(CHURN, DEFAULT)).isEmpty();
      assertThat(Rows.all(other.user, "SELECT * FROM T")).isEmpty();
      session.user.commit();
      assertThat(Rows.all(other.user, "SELECT * FROM T")).containsExactly("1");
      assertThat(theirs.find(CHURN, DEFAULT)).contains(first);
      assertThat(Rows.one(other.user, "SELECT STATE FROM INSITU.RUNS")).isEqualTo("succeeded");
    }
  }

  @Test
  void takesPartInARollback() throws SQLException {
    String url = TwoConnections.memory();
    try (var session = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.publish(CHURN, Samples.classification(), 1, Existing.REFUSE);
      session.user.rollback();
      assertThat(store.find(CHURN, DEFAULT)).isEmpty();
      assertThat(store.list()).isEmpty();
      assertThat(store.publish(CHURN, Samples.classification(), 2, Existing.REFUSE).number())
          .isEqualTo(1);
    }
  }

  @Test
  void saysWhatToDoWhenTheCatalogueIsLocked() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      // H2 keeps the lock on its catalogue until the transaction that made a sequence ends.
      Rows.execute(session.user, "CREATE SEQUENCE S");
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      JdbiModelStoreTest.refuses(ErrorCode.STORE_ACCESS, store::prepareForWriting)
          .hasMessageStartingWith("ML056: could not make the model store: Timeout trying to lock")
          .hasMessageContaining("Hint: Commit or roll back open transactions");
      session.user.commit();
      store.prepareForWriting();
      assertThat(store.publish(CHURN, Samples.regression("1"), 1, Existing.REFUSE).number())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED", "SNAPSHOT", "SERIALIZABLE"})
  void letsOneOfTwoSessionsCreateAModel(String level) throws Exception {
    String url = TwoConnections.memory();
    try (var one = TwoConnections.administrator(url);
        var two = TwoConnections.administrator(url)) {
      String set = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level;
      Rows.execute(one.user, set);
      Rows.execute(two.user, set);
      JdbiModelStore first = JdbiModelStore.of(one, CLOCK);
      JdbiModelStore second = JdbiModelStore.of(two, CLOCK);
      first.prepareForWriting();
      second.prepareForWriting();
      assertThat(second.find(CHURN, DEFAULT)).isEmpty();
      ModelVersion winner = first.publish(CHURN, Samples.classification(), 1, Existing.REFUSE);
      // The first has not committed: the second waits for its lock in vain.
      JdbiModelStoreTest.refuses(
              ErrorCode.CONCURRENT_CREATE,
              () -> second.publish(CHURN, Samples.regression("2"), 2, Existing.REFUSE))
          .hasMessageStartingWith(
              "ML053: model \"PUBLIC.CHURN\" is being created by another session");
      one.user.commit();
      // Now it has: the name is taken, whatever the second sees.
      JdbiModelStoreTest.refuses(
          ErrorCode.CONCURRENT_CREATE,
          () -> second.publish(CHURN, Samples.regression("2"), 2, Existing.REFUSE));
      two.user.commit();
      assertThat(second.find(CHURN, DEFAULT)).contains(winner);
      assertThat(second.versions(CHURN)).containsExactly(1);
      assertThat(Rows.one(two.user, "SELECT COUNT(*) FROM INSITU.STORED_VERSIONS")).isEqualTo("1");
      assertThat(
              Rows.one(
                  two.user,
                  "SELECT COUNT(*) FROM INSITU.STORED_COLUMNS WHERE VERSION_ID <> " + winner.id()))
          .isEqualTo("0");
    }
  }

  @Test
  void twoThreadsThatCreateAStoreAndAModelLeaveOneOfEach() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        String url = TwoConnections.memory();
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<String> create =
            () -> {
              try (var session = TwoConnections.administrator(url)) {
                JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
                start.await(10, TimeUnit.SECONDS);
                store.prepareForWriting();
                long run = store.beginRun(CHURN, "linear_reg", "SELECT 1");
                try {
                  store.publish(CHURN, Samples.classification(), run, Existing.REFUSE);
                  store.trained(run);
                  session.user.commit();
                  return "created";
                } catch (MlException e) {
                  store.ended(run, ModelStore.Outcome.FAILED, e.getMessage());
                  return e.code().name();
                }
              }
            };
        try (var session = TwoConnections.administrator(url)) {
          List<Future<String>> results = List.of(threads.submit(create), threads.submit(create));
          assertThat(List.of(results.get(0).get(), results.get(1).get()))
              .containsExactlyInAnyOrder("created", "CONCURRENT_CREATE");
          JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
          assertThat(store.versions(CHURN)).containsExactly(1);
          assertThat(store.find(CHURN, DEFAULT).orElseThrow().model())
              .isEqualTo(Samples.classification());
          assertThat(Rows.all(session.user, "SELECT STATE FROM INSITU.RUNS ORDER BY STATE"))
              .containsExactly("failed", "succeeded");
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesToDropWhatAnotherSessionChanges() throws SQLException {
    String url = TwoConnections.memory();
    try (var one = TwoConnections.administrator(url);
        var two = TwoConnections.administrator(url)) {
      JdbiModelStore first = JdbiModelStore.of(one, CLOCK);
      JdbiModelStore second = JdbiModelStore.of(two, CLOCK);
      first.prepareForWriting();
      first.publish(CHURN, Samples.regression("1"), 1, Existing.REFUSE);
      one.user.commit();
      first.publish(CHURN, Samples.regression("2"), 2, Existing.ADD_VERSION);
      JdbiModelStoreTest.refuses(
          ErrorCode.CONCURRENT_CHANGE, () -> second.drop(CHURN, OptionalInt.empty(), false));
      one.user.commit();
      assertThat(second.drop(CHURN, OptionalInt.empty(), false)).isEqualTo(2);
      two.user.commit();
      assertThat(first.find(CHURN, DEFAULT)).isEmpty();
    }
  }

  @Test
  void showsViewsToEverybodyAndTablesToAdministrators() throws SQLException {
    String url = TwoConnections.memory();
    try (var session = TwoConnections.administrator(url);
        var bob = TwoConnections.ordinary(url, "BOB")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      long run = store.beginRun(CHURN, "logistic_reg", "SELECT 1");
      ModelVersion version = store.publish(CHURN, Samples.classification(), run, Existing.REFUSE);
      store.trained(run);
      store.alter(CHURN, new ModelChange.SetAlias("CHAMPION", 1));
      session.user.commit();
      assertThat(JdbiModelStore.of(bob, CLOCK).find(CHURN, DEFAULT)).contains(version);

      List<String> views =
          Rows.all(
              session.user,
              "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                  + " WHERE TABLE_SCHEMA = 'INSITU' AND TABLE_TYPE = 'VIEW' ORDER BY 1");
      assertThat(views)
          .containsExactly(
              "ALIASED_COLUMNS",
              "CENTROIDS",
              "CONFUSION",
              "FEATURES",
              "FUNCTIONS",
              "METRICS",
              "MODELS",
              "MODEL_ALIASES",
              "MODEL_CLASSES",
              "MODEL_COLUMNS",
              "MODEL_OPTIONS",
              "MODEL_VERSIONS",
              "PREDICTED_COLUMNS",
              "ROC",
              "RUNS",
              "SCHEDULES",
              "SCHEDULE_RUNS",
              "TRAINING_ITERATIONS",
              "WEIGHTS");
      StoredObjectsTest.addOneOfEach(session.control, CLOCK.instant());
      for (String view : views) {
        assertThat(Rows.all(bob.user, "SELECT * FROM INSITU." + view)).as(view).isNotEmpty();
        assertThat(Rows.all(bob.user, "SELECT * FROM INSITU." + view))
            .as(view)
            .isEqualTo(Rows.all(session.user, "SELECT * FROM INSITU." + view));
      }
      List<String> tables =
          Rows.all(
              session.user,
              "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                  + " WHERE TABLE_SCHEMA = 'INSITU' AND TABLE_TYPE = 'BASE TABLE'");
      assertThat(tables).hasSizeGreaterThan(15);
      for (String table : tables) {
        Assertions.assertThatThrownBy(
                () -> {
                  try (Statement statement = bob.user.createStatement()) {
                    statement.executeQuery("SELECT * FROM INSITU." + table);
                  }
                })
            .as(table)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("Not enough rights");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_TO_LOWER=TRUE",
        "DATABASE_TO_UPPER=FALSE",
        "DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
        "MODE=Oracle",
        "MODE=MySQL",
        "MODE=MariaDB",
        "MODE=MSSQLServer",
        "MODE=DB2",
        "MODE=Derby",
        "MODE=HSQLDB",
        "MODE=STRICT",
        "MODE=LEGACY",
        "MODE=REGULAR"
      })
  void worksWhateverTheDatabasesSettings(String settings) throws SQLException {
    String url = TwoConnections.memory() + ";" + settings;
    try (var session = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(store.list()).isEmpty();
      store.prepareForWriting();
      store.prepareForWriting();
      long run = store.beginRun(CHURN, "logistic_reg", "SELECT 1");
      // Oracle mode has no empty text, of which this sample is full.
      TrainedModel model =
          settings.equals("MODE=Oracle") ? Samples.clustering() : Samples.classification();
      ModelVersion version = store.publish(CHURN, model, run, Existing.REFUSE);
      store.trained(run);
      session.user.commit();
      assertThat(store.find(CHURN, DEFAULT)).contains(version);
      assertThat(store.findId(CHURN, DEFAULT)).contains(version.id());
      assertThat(store.alter(CHURN, new ModelChange.SetAlias("Champion", 1))).isTrue();
      session.user.commit();
      assertThat(store.findId(CHURN, new Selector.Alias("Champion"))).contains(version.id());
      assertThat(store.list().get(0).aliases()).containsExactly(new ModelAlias("Champion", 1));
      assertThat(Rows.all(session.user, "SELECT ALIAS_NAME FROM INSITU.MODEL_ALIASES"))
          .containsExactly("Champion");
      assertThat(Rows.all(session.user, "SELECT STATE FROM INSITU.RUNS"))
          .containsExactly("succeeded");
      assertThat(store.drop(CHURN, OptionalInt.empty(), false)).isEqualTo(1);
    }
  }
}
