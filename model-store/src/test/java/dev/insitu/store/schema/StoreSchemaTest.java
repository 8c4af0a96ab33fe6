package dev.insitu.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSchemaTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final Migration ONE =
      new Migration(1, "one", SqlScript.parse("CREATE TABLE IF NOT EXISTS INSITU.A (I INT);"));
  private static final Migration TWO =
      new Migration(
          2, "two", SqlScript.parse("ALTER TABLE INSITU.A ADD COLUMN IF NOT EXISTS J INT;"));

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:", "SA", "");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void makesAndUpgradesAStore() throws SQLException {
    StoreSchema old = new StoreSchema(List.of(ONE));
    StoreSchema current = new StoreSchema(List.of(ONE, TWO));
    assertThat(old.format(connection)).isEmpty();
    assertThat(old.migrate(connection, CLOCK)).isTrue();
    assertThat(old.migrate(connection, CLOCK)).isFalse();
    assertThat(old.format(connection)).hasValue(1);
    assertThat(current.migrate(connection, CLOCK)).isTrue();
    assertThat(current.format(connection)).hasValue(2);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT LISTAGG(NUMBER || TITLE, ',') WITHIN GROUP (ORDER BY NUMBER)"
                    + " FROM INSITU.STORED_MIGRATIONS")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("1one,2two");
    }
  }

  @Test
  void refusesANewerStoreWithBothNumbers() throws SQLException {
    new StoreSchema(List.of(ONE, TWO)).migrate(connection, CLOCK);
    assertThatThrownBy(() -> new StoreSchema(List.of(ONE)).migrate(connection, CLOCK))
        .isInstanceOfSatisfying(
            MlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_TOO_NEW))
        .hasMessageContaining("has format 2, but this version reads up to 1");
  }

  @Test
  void aStoreOfFormatTwoIsUpgradedAndKeepsItsRows() throws SQLException {
    StoreSchema two =
        new StoreSchema(
            List.of(
                new Migration(1, "one", SqlScript.resource("001-models-and-runs.sql")),
                new Migration(2, "two", SqlScript.resource("002-attachments.sql"))));
    two.migrate(connection, CLOCK);
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO INSITU.STORED_MODELS VALUES (1, 'PUBLIC', 'CHURN', 2, 2)");
      assertThat(StoreSchema.current().migrate(connection, CLOCK)).isTrue();
      assertThat(StoreSchema.current().format(connection)).hasValue(4);
      for (String view :
          List.of("FUNCTIONS", "PREDICTED_COLUMNS", "SCHEDULES", "SCHEDULE_RUNS", "MODELS")) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM INSITU." + view)) {
          assertThat(rows.next()).as(view).isFalse();
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM INSITU.STORED_MODELS")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("MODEL_NAME")).isEqualTo("CHURN");
      }
    }
    assertThatThrownBy(() -> two.migrate(connection, CLOCK))
        .hasMessageContaining("has format 4, but this version reads up to 2");
  }

  /** Views that people have made over ours go on, and have the rights that they had. */
  @Test
  void aStoreOfFormatThreeIsUpgradedUnderTheViewsOfOthers() throws SQLException {
    StoreSchema three =
        new StoreSchema(
            List.of(
                new Migration(1, "one", SqlScript.resource("001-models-and-runs.sql")),
                new Migration(2, "two", SqlScript.resource("002-attachments.sql")),
                new Migration(3, "three", SqlScript.resource("003-plain-functions.sql"))));
    three.migrate(connection, CLOCK);
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO INSITU.STORED_MODELS VALUES (1, 'PUBLIC', 'CHURN', 1, 1)");
      statement.execute(
          "INSERT INTO INSITU.STORED_PREDICTED_COLUMNS VALUES (7, 'PUBLIC', 'T', 'C', 'TR',"
              + " 'PUBLIC', 'CHURN', NULL, NULL, 'automatic', 1, NULL, NULL)");
      statement.execute("CREATE USER READER PASSWORD ''");
      for (String view : List.of("MODEL_VERSIONS", "PREDICTED_COLUMNS")) {
        statement.execute("CREATE VIEW V_" + view + " AS SELECT * FROM INSITU." + view);
        statement.execute("GRANT SELECT ON V_" + view + " TO READER");
      }
      assertThat(StoreSchema.current().migrate(connection, CLOCK)).isTrue();
      for (String view : List.of("MODEL_VERSIONS", "PREDICTED_COLUMNS")) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLE_PRIVILEGES WHERE GRANTEE ="
                    + " 'READER' AND TABLE_NAME = 'V_"
                    + view
                    + "'")) {
          rows.next();
          assertThat(rows.getInt(1)).as(view).isEqualTo(1);
        }
        statement.executeQuery("SELECT * FROM V_" + view).close();
      }
      try (ResultSet rows = statement.executeQuery("SELECT STATE FROM V_PREDICTED_COLUMNS")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("model dropped");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_TO_LOWER=TRUE",
        "DATABASE_TO_UPPER=FALSE",
        "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
        "MODE=Oracle"
      })
  void theStoreFoldsWithItsDatabase(String settings) throws SQLException {
    try (Connection folded = DriverManager.getConnection("jdbc:h2:mem:;" + settings, "SA", "");
        Statement statement = folded.createStatement()) {
      StoreSchema.current().migrate(folded, CLOCK);
      try (ResultSet rows =
          statement.executeQuery("SELECT STATE, TABLE_NAME FROM INSITU.PREDICTED_COLUMNS")) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void completesAMigrationThatWasKilled() throws SQLException {
    StoreSchema current = StoreSchema.current();
    List<String> statements = SqlScript.resource("001-models-and-runs.sql").statements();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA INSITU");
      for (String sql : statements.subList(0, statements.size() / 2)) {
        statement.execute(sql);
      }
    }
    assertThat(current.format(connection)).isEmpty();
    assertThat(current.migrate(connection, CLOCK)).isTrue();
    assertThat(current.format(connection)).hasValue(current.latest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "001-models-and-runs.sql",
        "002-attachments.sql",
        "003-plain-functions.sql",
        "004-aliases.sql"
      })
  void everyStatementMayRunTwice(String script) throws SQLException {
    StoreSchema.current().migrate(connection, CLOCK);
    try (Statement statement = connection.createStatement()) {
      for (String sql : SqlScript.resource(script).statements()) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void splitsScriptsAtSemicolonsThatEndALine() {
    assertThat(SqlScript.parse("-- no; statement\nA ';' B\n  C;\n\nD;\n").statements())
        .containsExactly("A ';' B\n  C", "D");
    assertThatThrownBy(() -> SqlScript.parse("A;\nB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no semicolon after: B");
  }
}
