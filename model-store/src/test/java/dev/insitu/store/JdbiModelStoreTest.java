package dev.insitu.store;

import static dev.insitu.store.Samples.CHURN;
import static dev.insitu.store.Samples.CLOCK;
import static dev.insitu.store.Samples.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelSummary;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.store.ModelStore.Existing;
import dev.insitu.store.TwoConnections.Rows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdbiModelStoreTest {
  @TempDir Path folder;

  static Stream<TrainedModel> models() {
    return Stream.of(
        Samples.regression("r"),
        Samples.classification(),
        Samples.clustering(),
        Samples.imported());
  }

  static AbstractThrowableAssert<?, ?> refuses(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return assertThatThrownBy(work)
        .isInstanceOfSatisfying(MlException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @MethodSource("models")
  void readsBackWhatWasWrittenAlsoAfterTheFileWasClosed(TrainedModel model) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("shop");
    ModelVersion written;
    try (var session = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      written = store.publish(CHURN, model, 1, Existing.REFUSE);
      assertThat(store.find(CHURN, DEFAULT)).contains(written);
      session.user.commit();
    }
    try (var session = TwoConnections.administrator(url, "second")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      ModelVersion read = store.find(CHURN, DEFAULT).orElseThrow();
      assertThat(read.model().artifact().bytes()).isEqualTo(model.artifact().bytes());
      assertThat(read.model().options().keySet())
          .containsExactlyElementsOf(model.options().keySet());
      assertThat(read).isEqualTo(written);
      assertThat(read.model()).isEqualTo(model);
      assertThat(read.createdAt()).isEqualTo(CLOCK.instant());
    }
  }

  @Test
  void readsADatabaseWithoutStoreAsEmptyAndMakesNothing() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(store.list()).isEmpty();
      assertThat(store.versions(CHURN)).isEmpty();
      assertThat(store.find(CHURN, DEFAULT)).isEmpty();
      assertThat(store.findId(CHURN, new Selector.Version(3))).isEmpty();
      assertThat(store.findId(CHURN, new Selector.Alias("champion"))).isEmpty();
      assertThat(store.drop(CHURN, OptionalInt.empty(), false)).isZero();
      assertThat(
              Rows.all(
                  session.control,
                  "SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA"
                      + " WHERE SCHEMA_NAME = 'INSITU'"))
          .isEmpty();
    }
  }

  @Test
  void addsVersionsOfWhichTheLastIsTheDefault() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      ModelVersion first = store.publish(CHURN, Samples.regression("1"), 1, Existing.REFUSE);
      ModelVersion second = store.publish(CHURN, Samples.regression("2"), 2, Existing.ADD_VERSION);
      assertThat(first.number()).isEqualTo(1);
      assertThat(second.number()).isEqualTo(2);
      assertThat(store.find(CHURN, DEFAULT)).contains(second);
      assertThat(store.findId(CHURN, DEFAULT)).contains(second.id());
      assertThat(store.find(CHURN, new Selector.Version(1))).contains(first);
      assertThat(store.findId(CHURN, new Selector.Version(1))).contains(first.id());
      assertThat(store.versions(CHURN)).containsExactly(1, 2);
      assertThat(store.list())
          .containsExactly(
              new ModelSummary(
                  CHURN, "linear_reg", "regression", 2, 2, 3, 1, CLOCK.instant(), List.of()));
      refuses(ErrorCode.VERSION_NOT_FOUND, () -> store.find(CHURN, new Selector.Version(9)))
          .hasMessage("ML012: model \"PUBLIC.CHURN\" has no version 9; it has 1, 2");
    }
  }

  @Test
  void takesNamesExactlyAsGiven() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      List<ModelName> names =
          List.of(
              new ModelName("PUBLIC", "churn"),
              new ModelName("PUBLIC", "Churn"),
              new ModelName("public", "churn"),
              new ModelName("PUBLIC", "a.\"b' :c"),
              new ModelName("S", Samples.ODD));
      for (ModelName name : names) {
        ModelVersion version = store.publish(name, Samples.regression("x"), 1, Existing.REFUSE);
        assertThat(store.findId(name, DEFAULT)).contains(version.id());
        assertThat(store.find(name, DEFAULT).orElseThrow().name()).isEqualTo(name);
      }
      assertThat(store.list().stream().map(ModelSummary::name))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void neverGivesANumberTwice() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      for (int i = 1; i <= 3; i++) {
        store.publish(CHURN, Samples.classification(), i, Existing.ADD_VERSION);
      }
      assertThat(store.drop(CHURN, OptionalInt.of(3), false)).isEqualTo(1);
      assertThat(store.versions(CHURN)).containsExactly(1, 2);
      assertThat(store.find(CHURN, DEFAULT).orElseThrow().number()).isEqualTo(2);
      assertThat(store.drop(CHURN, OptionalInt.of(1), false)).isEqualTo(1);
      assertThat(store.find(CHURN, DEFAULT).orElseThrow().number()).isEqualTo(2);
      assertThat(store.publish(CHURN, Samples.regression("4"), 4, Existing.ADD_VERSION).number())
          .isEqualTo(4);
      refuses(ErrorCode.VERSION_NOT_FOUND, () -> store.drop(CHURN, OptionalInt.of(3), false));
      assertThat(store.drop(CHURN, OptionalInt.empty(), false)).isEqualTo(2);
      assertThat(store.find(CHURN, DEFAULT)).isEmpty();
      assertThat(store.list()).isEmpty();
      assertThat(store.publish(CHURN, Samples.regression("5"), 5, Existing.REFUSE).number())
          .isEqualTo(5);
      assertThat(
              Rows.all(
                  session.user,
                  "SELECT VERSION_NUMBER, DROPPED_BY FROM INSITU.STORED_TOMBSTONES"
                      + " ORDER BY VERSION_NUMBER"))
          .containsExactly("1|SA", "2|SA", "3|SA", "4|SA");
    }
  }

  @Test
  void dropsEveryRowOfAVersionButItsTombstone() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.publish(CHURN, Samples.classification(), 1, Existing.REFUSE);
      store.alter(CHURN, new ModelChange.SetAlias("CHAMPION", 1));
      store.drop(CHURN, OptionalInt.empty(), false);
      List<String> tables =
          Rows.all(
              session.user,
              "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'INSITU' AND"
                  + " TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME NOT IN ('STORED_MIGRATIONS',"
                  + " 'STORED_INCARNATION', 'STORED_TOMBSTONES')");
      assertThat(tables).hasSizeGreaterThan(15);
      for (String table : tables) {
        assertThat(Rows.one(session.user, "SELECT COUNT(*) FROM INSITU." + table))
            .as(table)
            .isEqualTo("0");
      }
    }
  }

  @Test
  void keepsAHundredMegabytes() throws SQLException {
    byte[] bytes = new byte[100_000_001];
    new Random(1).nextBytes(bytes);
    try (var session = TwoConnections.administrator("jdbc:h2:file:" + folder.resolve("big"))) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      TrainedModel model = Samples.withArtifact(Samples.regression("x"), bytes);
      store.publish(CHURN, model, 1, Existing.REFUSE);
      session.user.rollback();
      assertThat(store.find(CHURN, DEFAULT)).isEmpty();
      store.publish(CHURN, model, 2, Existing.REFUSE);
      session.user.commit();
      assertThat(store.find(CHURN, DEFAULT).orElseThrow().model().artifact().bytes())
          .isEqualTo(bytes);
    }
  }

  @Test
  void leavesNothingOfAPublicationThatFails() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      Rows.execute(session.user, "CREATE TABLE T (I INT)");
      Rows.execute(session.user, "INSERT INTO T VALUES (1)");
      Rows.execute(session.control, "ALTER TABLE INSITU.STORED_ARTIFACTS ADD CHECK (FALSE)");
      refuses(
              ErrorCode.STORE_ACCESS,
              () -> store.publish(CHURN, Samples.classification(), 1, Existing.ADD_VERSION))
          .hasMessageStartingWith("ML056: could not write the model store: Check constraint");
      for (String table : List.of("STORED_COLUMNS", "STORED_VERSIONS", "STORED_VERIFICATION")) {
        assertThat(Rows.one(session.user, "SELECT COUNT(*) FROM INSITU." + table)).isEqualTo("0");
      }
      assertThat(Rows.one(session.user, "SELECT COUNT(*) FROM INSITU.STORED_MODELS"))
          .isEqualTo("0");
      assertThat(Rows.one(session.user, "SELECT COUNT(*) FROM T")).isEqualTo("1");
    }
  }

  @Test
  void refusesToWriteModelsInAutoCommit() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      session.user.setAutoCommit(true);
      refuses(
          ErrorCode.INTERNAL,
          () -> store.publish(CHURN, Samples.regression("1"), 1, Existing.REFUSE));
    }
  }

  @Test
  void findsTheKeyOfAVersionThatCameLater() throws SQLException {
    String url = TwoConnections.memory();
    try (var one = TwoConnections.administrator(url);
        var two = TwoConnections.administrator(url)) {
      JdbiModelStore reader = JdbiModelStore.of(one, CLOCK);
      assertThat(reader.findId(CHURN, DEFAULT)).isEmpty();
      JdbiModelStore writer = JdbiModelStore.of(two, CLOCK);
      writer.prepareForWriting();
      long first = writer.publish(CHURN, Samples.regression("1"), 1, Existing.REFUSE).id();
      assertThat(reader.findId(CHURN, DEFAULT)).isEmpty();
      two.user.commit();
      assertThat(reader.findId(CHURN, DEFAULT)).contains(first);
      long second = writer.publish(CHURN, Samples.regression("2"), 2, Existing.ADD_VERSION).id();
      assertThat(reader.findId(CHURN, DEFAULT)).contains(first);
      two.user.commit();
      assertThat(reader.findId(CHURN, DEFAULT)).contains(second);
      Rows.execute(two.control, "DROP SCHEMA INSITU CASCADE");
      assertThat(reader.findId(CHURN, DEFAULT)).isEmpty();
    }
  }
}
