package dev.insitu.store;

import static dev.insitu.store.Samples.CHURN;
import static dev.insitu.store.Samples.CLOCK;
import static dev.insitu.store.Samples.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.store.ModelStore.Existing;
import dev.insitu.store.ModelStore.Outcome;
import dev.insitu.store.TwoConnections.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {
  private static final String STATES = "SELECT STATE FROM INSITU.RUNS ORDER BY RUN_ID";

  @TempDir Path folder;
  private String url = "";

  @BeforeEach
  void newDatabase() {
    url = TwoConnections.memory();
  }

  @Test
  void showsARunFromItsStartToItsCommit() throws SQLException {
    try (var session = TwoConnections.administrator(url);
        var other = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      int syncs = session.syncs;
      long run = store.beginRun(CHURN, "logistic_reg", "SELECT * FROM t");
      assertThat(session.syncs).isEqualTo(syncs + 1);
      assertThat(Rows.all(other.user, STATES)).containsExactly("running");
      store.progress(run, "training", 3, -1);
      assertThat(
              Rows.one(
                  other.user,
                  "SELECT SCHEMA_NAME, MODEL_NAME, MODEL_TYPE, PHASE, STEPS_DONE, STEPS_TOTAL,"
                      + " USER_NAME, SESSION_ID, TRAINING_QUERY, ENDED_AT, MESSAGE FROM INSITU.RUNS"))
          .isEqualTo(
              "PUBLIC|CHURN|logistic_reg|training|3|null|SA|"
                  + session.sessionId()
                  + "|SELECT * FROM t|null|null");
      store.publish(CHURN, Samples.classification(), run, Existing.REFUSE);
      assertThat(Rows.all(other.user, STATES)).containsExactly("running");
      store.trained(run);
      assertThat(Rows.all(other.user, STATES)).containsExactly("running");
      assertThat(Rows.all(session.user, STATES)).containsExactly("succeeded");
      session.user.commit();
      assertThat(Rows.all(other.user, STATES)).containsExactly("succeeded");
      store.drop(CHURN, OptionalInt.empty(), false);
      session.user.commit();
      assertThat(Rows.all(other.user, STATES)).containsExactly("succeeded");
    }
  }

  @Test
  void showsARollbackAtOnceAndAlsoWhenTheSessionIsGone() throws SQLException {
    try (var other = TwoConnections.administrator(url)) {
      try (var session = TwoConnections.administrator(url)) {
        JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
        store.prepareForWriting();
        long run = store.beginRun(CHURN, "logistic_reg", "SELECT 1");
        store.publish(CHURN, Samples.classification(), run, Existing.REFUSE);
        store.trained(run);
        session.user.rollback();
        assertThat(Rows.all(other.user, STATES)).containsExactly("rolled_back");
        assertThat(Rows.all(session.user, STATES)).containsExactly("rolled_back");
      }
      assertThat(Rows.all(other.user, STATES)).containsExactly("rolled_back");
      JdbiModelStore.of(other, CLOCK).prepareForWriting();
      assertThat(Rows.one(other.control, "SELECT STATE FROM INSITU.STORED_RUNS"))
          .isEqualTo("rolled_back");
    }
  }

  @Test
  void keepsWhyARunFailedOrWasCancelled() throws SQLException {
    try (var session = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.ended(store.beginRun(CHURN, "kmeans", "q"), Outcome.FAILED, "ML040: no rows");
      store.ended(store.beginRun(CHURN, "kmeans", "q"), Outcome.CANCELLED, "cancelled");
      session.user.rollback();
      assertThat(Rows.all(session.user, "SELECT STATE, MESSAGE FROM INSITU.RUNS ORDER BY RUN_ID"))
          .containsExactly("failed|ML040: no rows", "cancelled|cancelled");
    }
  }

  @Test
  void showsARunWhoseSessionVanishedAsInterrupted() throws SQLException {
    try (var other = TwoConnections.administrator(url)) {
      try (var session = TwoConnections.administrator(url)) {
        JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
        store.prepareForWriting();
        store.beginRun(CHURN, "kmeans", "q");
      }
      assertThat(Rows.all(other.user, STATES)).containsExactly("interrupted");
      try (var bob = TwoConnections.ordinary(url, "BOB")) {
        // He cannot see the sessions of others; preparing the store settles it for him.
        assertThat(Rows.all(bob.user, STATES)).containsExactly("running");
        JdbiModelStore.of(other, CLOCK).prepareForWriting();
        bob.user.commit();
        assertThat(Rows.all(bob.user, STATES)).containsExactly("interrupted");
      }
    }
  }

  @Test
  void endsTheRunsOfAProcessThatIsGoneAtTheFirstLook() throws SQLException {
    String file = "jdbc:h2:file:" + folder.resolve("shop");
    try (var session = TwoConnections.administrator(file, "first")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.beginRun(CHURN, "kmeans", "q");
      long trained = store.beginRun(CHURN, "kmeans", "q");
      store.publish(CHURN, Samples.clustering(), trained, Existing.REFUSE);
      store.trained(trained);
      long committed = store.beginRun(CHURN, "kmeans", "q");
      session.user.rollback();
      store.publish(CHURN, Samples.clustering(), committed, Existing.REFUSE);
      store.trained(committed);
      session.user.commit();
      long open = store.beginRun(CHURN, "kmeans", "q");
      store.publish(CHURN, Samples.clustering(), open, Existing.ADD_VERSION);
      store.trained(open);
      // As kill -9 would: nothing is rolled back, nothing is closed.
      Rows.execute(session.control, "CHECKPOINT SYNC");
      Rows.execute(session.control, "SHUTDOWN IMMEDIATELY");
      session.user.close();
      session.control.close();
    } catch (SQLException e) {
      assertThat(e.getErrorCode()).as(e.getMessage()).isIn(90007, 90121, 90098);
    }
    try (Connection plain = DriverManager.getConnection(file, "SA", "")) {
      // Without our jar.
      assertThat(Rows.all(plain, STATES))
          .containsExactly("interrupted", "rolled_back", "succeeded", "rolled_back");
    }
    try (var session = TwoConnections.administrator(file, "second")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(store.find(CHURN, DEFAULT).orElseThrow().number()).isEqualTo(1);
      assertThat(Rows.all(session.user, STATES))
          .containsExactly("interrupted", "interrupted", "succeeded", "interrupted");
    }
  }

  @Test
  void leavesRunsOfLivingSessionsAlone() throws SQLException {
    try (var session = TwoConnections.administrator(url);
        var other = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.beginRun(CHURN, "kmeans", "q");
      long trained = store.beginRun(CHURN, "kmeans", "q");
      store.publish(CHURN, Samples.clustering(), trained, Existing.REFUSE);
      store.trained(trained);
      JdbiModelStore.of(other, CLOCK).prepareForWriting();
      assertThat(Rows.all(other.user, STATES)).containsExactly("running", "running");
    }
  }
}
