package dev.insitu.store;

import static dev.insitu.store.JdbiModelStoreTest.refuses;
import static dev.insitu.store.Samples.CHURN;
import static dev.insitu.store.Samples.CLOCK;
import static dev.insitu.store.Samples.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.error.ErrorCode;
import dev.insitu.model.Artifact;
import dev.insitu.model.TrainedModel;
import dev.insitu.store.ModelStore.Existing;
import dev.insitu.store.TwoConnections.Rows;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreDamageTest {
  @TempDir Path folder;

  @Test
  void refusesAnArtifactWhoseHashIsAnother() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      TrainedModel model = Samples.regression("graph");
      store.publish(CHURN, model, 1, Existing.REFUSE);
      Rows.execute(session.user, "UPDATE INSITU.STORED_ARTIFACTS SET ARTIFACT = X'00'");
      String found = Artifact.of(Artifact.Format.ONNX, new byte[1]).sha256();
      refuses(ErrorCode.ARTIFACT_CORRUPT, () -> store.find(CHURN, DEFAULT))
          .hasMessage(
              "ML050: artifact of model \"PUBLIC.CHURN\" version 1 is corrupt: SHA-256 "
                  + model.artifact().sha256()
                  + " was stored, "
                  + found
                  + " was read\nHint: Restore the database from a backup, or train the model"
                  + " again.");
      assertThat(store.findId(CHURN, DEFAULT)).isPresent();
    }
  }

  @Test
  void refusesAStoreOfANewerFormatAndChangesNothing() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore.of(session, CLOCK).prepareForWriting();
      Rows.execute(
          session.control,
          "INSERT INTO INSITU.STORED_MIGRATIONS VALUES (7, 'later', CURRENT_TIMESTAMP)");
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      String message =
          "ML051: the model store has format 7, but this version reads up to 4\n"
              + "Hint: Use the version of Insitu that wrote the store, or a newer one.";
      refuses(ErrorCode.STORE_TOO_NEW, store::list).hasMessage(message);
      refuses(ErrorCode.STORE_TOO_NEW, () -> store.find(CHURN, DEFAULT)).hasMessage(message);
      refuses(ErrorCode.STORE_TOO_NEW, store::prepareForWriting).hasMessage(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "DELETE FROM INSITU.STORED_COLUMNS WHERE COLUMN_ROLE = 'label'; its label column",
        "DELETE FROM INSITU.STORED_COLUMNS WHERE COLUMN_ROLE = 'input'; lacks row 0",
        "DELETE FROM INSITU.STORED_COLUMNS; its signature",
        "DELETE FROM INSITU.STORED_CLASSES; its classes",
        "DELETE FROM INSITU.STORED_CLASSES WHERE ORDINAL = 1; STORED_CLASSES lacks row 1",
        "DELETE FROM INSITU.STORED_ARTIFACTS; its row in STORED_ARTIFACTS",
        "DELETE FROM INSITU.STORED_VERSIONS; the default version of model",
        "DELETE FROM INSITU.STORED_WEIGHTS WHERE ORDINAL = 0; STORED_WEIGHTS lacks row 0",
        "DELETE FROM INSITU.STORED_VERIFICATION WHERE ORDINAL > 12; verification row 3",
        "UPDATE INSITU.STORED_VERSIONS SET TASK = 'guessing'; \"guessing\" is no task",
        "UPDATE INSITU.STORED_VERSIONS SET ARTIFACT_FORMAT = 'pickle'; \"pickle\" is no Format",
        "UPDATE INSITU.STORED_COLUMNS SET COLUMN_TYPE = 'MONEY'; \"MONEY\" is no ColumnType",
        "UPDATE INSITU.STORED_WEIGHTS SET WEIGHT_TEXT = 'x'; \"x\" is no number"
      })
  void namesWhatIsMissingOrUnknown(String damage, String said) throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.publish(CHURN, Samples.classification(), 1, Existing.REFUSE);
      if (said.startsWith("the default")) {
        store.publish(CHURN, Samples.classification(), 2, Existing.ADD_VERSION);
        Rows.execute(session.user, damage + " WHERE VERSION_NUMBER = 2");
      } else {
        Rows.execute(session.user, damage);
      }
      refuses(ErrorCode.STORE_DAMAGED, () -> store.find(CHURN, DEFAULT))
          .hasMessageStartingWith("ML052: the model store is damaged: ")
          .hasMessageContaining(said);
    }
  }

  @Test
  void namesAMissingTable() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      Rows.execute(session.control, "DROP TABLE INSITU.STORED_MODELS CASCADE");
      refuses(ErrorCode.STORE_DAMAGED, () -> store.findId(CHURN, DEFAULT));
    }
  }

  @Test
  void readsAStoreInADatabaseThatIsOpenForReadingOnly() throws SQLException {
    String file = "jdbc:h2:file:" + folder.resolve("shop");
    try (var session = TwoConnections.administrator(file, "first")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      store.prepareForWriting();
      store.publish(CHURN, Samples.classification(), 1, Existing.REFUSE);
      session.user.commit();
    }
    try (var session = TwoConnections.administrator(file + ";ACCESS_MODE_DATA=r", "second")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(store.find(CHURN, DEFAULT).orElseThrow().model())
          .isEqualTo(Samples.classification());
    }
  }
}
