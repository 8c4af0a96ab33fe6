package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns in which predictions are kept up to date. */
class PredictedColumnTest {
  private static final String KEPT = "SELECT id, score FROM customers ORDER BY id";
  private static final String PREDICTED =
      "SELECT id, predicted_churned FROM PREDICT(MODEL => 'churn', DATA => TABLE customers)"
          + " ORDER BY id";
  private static final String STATE =
      "SELECT state, version_number, refreshed_rows FROM INSITU.PREDICTED_COLUMNS";

  private PlainDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = PlainDatabase.inMemory();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void materialize() throws SQLException {
    database.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
  }

  private void isCurrent() throws SQLException {
    assertThat(database.rows(KEPT)).isNotEmpty().isEqualTo(database.expected(PREDICTED));
  }

  @Test
  void theColumnIsAddedFilledAndFollowsInsertUpdateAndMerge() throws SQLException {
    assertThat(database.one("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')"))
        .isEqualTo("PUBLIC.CUSTOMERS.SCORE added, 200 rows written by model PUBLIC.CHURN");
    isCurrent();
    assertThat(database.rows(STATE)).containsExactly(List.of("current", 1, 200L));
    database.execute(
        "INSERT INTO customers (id, age, income, region) VALUES (1001, 70, 1500, 'north'),"
            + " (1002, 19, 4000, NULL), (1003, NULL, NULL, NULL)");
    isCurrent();
    database.execute("UPDATE customers SET age = 96 - age WHERE id <= 150");
    isCurrent();
    database.execute(
        "MERGE INTO customers (id, age, income, region) KEY (id)"
            + " VALUES (1, 66, 1, 'south'), (2001, 21, 1, 'south')");
    isCurrent();
    database.execute(
        "MERGE INTO customers c USING (VALUES (2, 75), (2002, 75)) s(id, age) ON c.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET age = s.age"
            + " WHEN NOT MATCHED THEN INSERT (id, age) VALUES (s.id, s.age)");
    isCurrent();
    database.execute("UPDATE customers SET score = 'own'");
    isCurrent();
    try (PreparedStatement insert =
        database.plain().prepareStatement("INSERT INTO customers (id, age) VALUES (?, ?)")) {
      for (int i = 0; i < 100; i++) {
        insert.setInt(1, 3000 + i);
        insert.setInt(2, 18 + i % 60);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    isCurrent();
  }

  @Test
  void aVersionSwitchWritesItAgainInItsOwnTransaction() throws SQLException {
    materialize();
    List<List<Object>> first = database.rows(KEPT);
    database.driver().setAutoCommit(false);
    database.retrain();
    List<List<Object>> second = database.expected(PREDICTED);
    assertThat(second).isNotEqualTo(first);
    assertThat(database.expected(KEPT)).as("the switching session").isEqualTo(second);
    assertThat(database.rows(KEPT)).as("another session").isEqualTo(first);
    assertThat(database.rows(STATE)).containsExactly(List.of("current", 1, 200L));
    database.driver().rollback();
    assertThat(database.rows(KEPT)).isEqualTo(first);
    isCurrent();
    database.retrain();
    database.driver().commit();
    database.driver().setAutoCommit(true);
    assertThat(database.rows(KEPT)).isEqualTo(second);
    // A version that was rolled back has had its number.
    assertThat(database.rows("SELECT state, refreshed_rows FROM INSITU.PREDICTED_COLUMNS"))
        .containsExactly(List.of("current", 200L));
    database.driver(
        "DROP MODEL churn VERSION "
            + database.one("SELECT MAX(version_number) FROM INSITU.MODEL_VERSIONS"));
    assertThat(database.rows(KEPT)).isEqualTo(first);
    assertThat(database.rows(STATE)).containsExactly(List.of("current", 1, 200L));
  }

  /** The first that looks at the store is the trigger. */
  @Test
  void aColumnOfAStoreWithoutAliasesIsWrittenAndFollowsOneAfterwards(@TempDir Path folder)
      throws SQLException {
    database.close();
    Path file = folder.resolve("old");
    database = PlainDatabase.inFile(file);
    materialize();
    for (String sql :
        List.of(
            "DROP VIEW INSITU.MODEL_ALIASES",
            "DROP VIEW INSITU.ALIASED_COLUMNS",
            "DROP TABLE INSITU.STORED_ALIASES",
            "DROP TABLE INSITU.STORED_FOLLOWED_ALIASES",
            "DELETE FROM INSITU.STORED_MIGRATIONS WHERE NUMBER = 4")) {
      database.execute(sql);
    }
    database.close();
    database = PlainDatabase.open(file);
    database.execute("INSERT INTO customers (id, age) VALUES (1001, 70), (1002, 19)");
    isCurrent();
    assertThat(database.rows(STATE)).containsExactly(List.of("current", 1, 200L));
    database.driver("ALTER MODEL churn SET ALIAS champion = VERSION 1");
    database.execute("CALL INSITU.DEMATERIALIZE('customers', 'score')");
    database.execute("CALL INSITU.MATERIALIZE('churn@champion', 'customers', 'score')");
    database.retrain();
    assertThat(database.rows(STATE)).containsExactly(List.of("current", 1, 202L));
    database.driver("ALTER MODEL churn SET ALIAS champion = VERSION 2");
    isCurrent();
  }

  @Test
  void rollbackTakesRowsAndScoresBack() throws SQLException {
    materialize();
    List<List<Object>> before = database.rows(KEPT);
    database.plain().setAutoCommit(false);
    database.execute("UPDATE customers SET age = 96 - age");
    database.execute("INSERT INTO customers (id, age) VALUES (1001, 70)");
    assertThat(database.rows(KEPT)).isNotEqualTo(before);
    database.plain().rollback();
    assertThat(database.rows(KEPT)).isEqualTo(before);
    database.plain().setAutoCommit(true);
  }

  @Test
  void twoSessionsWriteAtOnce() throws SQLException {
    materialize();
    try (Connection other = DriverManager.getConnection("jdbc:h2:" + database.name(), "sa", "")) {
      other.setAutoCommit(false);
      database.plain().setAutoCommit(false);
      for (int i = 0; i < 20; i++) {
        PlainDatabase.execute(
            other, "INSERT INTO customers (id, age) VALUES (" + (5000 + i) + ", " + (20 + i) + ")");
        database.execute(
            "INSERT INTO customers (id, age) VALUES (" + (6000 + i) + ", " + (50 + i) + ")");
      }
      other.commit();
      database.plain().commit();
    } finally {
      database.plain().setAutoCommit(true);
    }
    assertThat(database.one("SELECT COUNT(*) FROM customers")).isEqualTo(240L);
    isCurrent();
  }

  @Test
  void whoHasNoRightsOnTheStoreWritesRowsAndCannotKeepColumns() throws SQLException {
    materialize();
    database.execute("CREATE USER clerk PASSWORD 'p'");
    database.execute("GRANT SELECT, INSERT, UPDATE ON customers TO clerk");
    try (Connection clerk =
        DriverManager.getConnection("jdbc:h2:" + database.name(), "clerk", "p")) {
      PlainDatabase.execute(clerk, "INSERT INTO customers (id, age) VALUES (1001, 70)");
      PlainDatabase.execute(clerk, "UPDATE customers SET age = 20 WHERE id = 1");
      isCurrent();
      assertThat(ImportedDoorsTest.rows(clerk, STATE)).hasSize(1);
      assertThatThrownBy(
              () ->
                  PlainDatabase.execute(
                      clerk, "CALL INSITU.MATERIALIZE('churn', 'customers', 'more')"))
          .hasMessageContaining("ML005");
      assertThatThrownBy(
              () -> PlainDatabase.execute(clerk, "CALL INSITU.DEMATERIALIZE('customers', 'score')"))
          .hasMessageContaining("ML005");
    }
  }

  @Test
  void withoutRefreshItIsStaleUntilItIsKeptAgain() throws SQLException {
    database.execute(
        "CALL INSITU.MATERIALIZE('churn', 'customers', 'score', '{\"refresh\": \"manual\"}')");
    List<List<Object>> first = database.rows(KEPT);
    database.retrain();
    assertThat(database.rows(KEPT)).isEqualTo(first);
    assertThat(database.rows(STATE)).containsExactly(List.of("stale", 1, 200L));
    assertThat(database.one("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')"))
        .isEqualTo("PUBLIC.CUSTOMERS.SCORE written again, 200 rows by model PUBLIC.CHURN");
    isCurrent();
    assertThat(database.rows(STATE)).containsExactly(List.of("current", 2, 200L));
  }

  @Test
  void probabilitiesAndVersionsAreKeptBesideEachOther() throws SQLException {
    database.execute("ALTER TABLE customers ADD COLUMN score DOUBLE PRECISION");
    database.execute(
        "CALL INSITU.MATERIALIZE('churn@1', 'customers', 'score', '{\"class\": \"yes\"}')");
    database.execute(
        "CALL INSITU.MATERIALIZE('churn', 'customers', 'latest', '{\"class\": \"yes\"}')");
    String first =
        "SELECT id, PREDICTION_PROBABILITY('churn@1', 'yes', age, income, region)"
            + " FROM customers ORDER BY id";
    assertThat(database.rows(KEPT)).isEqualTo(database.expected(first));
    database.retrain();
    database.execute("UPDATE customers SET age = age + 1");
    assertThat(database.rows(KEPT)).isEqualTo(database.expected(first));
    assertThat(database.rows("SELECT id, latest FROM customers ORDER BY id"))
        .isEqualTo(database.expected(first.replace("@1", "")));
    assertThat(
            database.rows(
                "SELECT column_name, pinned_version, class_text, state"
                    + " FROM INSITU.PREDICTED_COLUMNS ORDER BY 1"))
        .containsExactly(
            java.util.Arrays.asList("LATEST", null, "yes", "current"),
            List.of("SCORE", 1, "yes", "current"));
    assertThatThrownBy(() -> database.driver("DROP MODEL churn VERSION 1"))
        .hasMessageContaining(
            "ML086: model \"PUBLIC.CHURN\" version 1 is used by column PUBLIC.CUSTOMERS.SCORE");
  }

  @Test
  void everyTypeEntersTheModelAsItDoesInAQuery() throws SQLException {
    database.execute(
        "CREATE TABLE mixed (id INT PRIMARY KEY, b BOOLEAN, t TINYINT, n NUMERIC(12, 3), r REAL,"
            + " c CHAR(4), e ENUM('one', 'two'), l CLOB, d DATE, tm TIME(6), ts TIMESTAMP(9),"
            + " tz TIMESTAMP(6) WITH TIME ZONE, y DOUBLE PRECISION)");
    database.execute(
        "INSERT INTO mixed SELECT x, MOD(x, 2) = 0, MOD(x, 100), x / 7.0, x / 3.0,"
            + " CASE MOD(x, 3) WHEN 0 THEN 'ab' ELSE 'x ' END,"
            + " CASE MOD(x, 2) WHEN 0 THEN 'one' ELSE 'two' END, 'text ' || MOD(x, 4),"
            + " DATEADD(DAY, x, DATE '1500-01-01'), DATEADD(SECOND, x, TIME '01:02:03.123456'),"
            + " DATEADD(MINUTE, x * 7, TIMESTAMP '2026-03-29 01:58:00.123456789'),"
            + " DATEADD(HOUR, x, TIMESTAMP WITH TIME ZONE '2026-03-29 00:30:00+05:30'),"
            + " MOD(x * 31, 17) FROM SYSTEM_RANGE(1, 60)");
    database.driver(
        "CREATE MODEL mix OPTIONS (model_type = 'random_forest_regressor',"
            + " input_label_cols = ['y'], data_split_method = 'no_split')"
            + " AS SELECT b, t, n, r, c, e, l, d, tm, ts, tz, y FROM mixed");
    database.execute("CALL INSITU.MATERIALIZE('mix', 'mixed', 'kept')");
    try (PreparedStatement insert =
        database.plain().prepareStatement("INSERT INTO mixed (id, ts) VALUES (?, ?)")) {
      insert.setInt(1, 100);
      insert.setObject(2, LocalDateTime.parse("2026-03-29T02:30:00.5"));
      insert.execute();
    }
    assertThat(database.rows("SELECT id, kept FROM mixed ORDER BY id"))
        .isEqualTo(
            database.expected(
                "SELECT id, predicted_y FROM PREDICT(MODEL => 'mix', DATA => TABLE mixed)"
                    + " ORDER BY id"));
  }

  @Test
  void aColumnThatTheModelNeedsIsMissed() throws SQLException {
    materialize();
    database.execute("ALTER TABLE customers DROP COLUMN region");
    assertThatThrownBy(() -> database.execute("INSERT INTO customers (id) VALUES (1001)"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML020"))
        .hasMessageContaining(
            "ML020: model \"PUBLIC.CHURN\" needs column \"REGION\" (CHARACTER VARYING(10))")
        .hasMessageContaining("or call DEMATERIALIZE");
    database.execute("ALTER TABLE customers ADD COLUMN region VARCHAR(10)");
    database.execute("INSERT INTO customers (id, region) VALUES (1001, 'north')");
    database.execute("ALTER TABLE customers ALTER COLUMN age RENAME TO years");
    assertThatThrownBy(() -> database.execute("UPDATE customers SET id = id WHERE id = 1"))
        .hasMessageContaining("ML020: model \"PUBLIC.CHURN\" needs column \"AGE\"");
    database.execute("ALTER TABLE customers ALTER COLUMN years RENAME TO age");
    database.execute("ALTER TABLE customers ALTER COLUMN score RENAME TO kept");
    assertThatThrownBy(() -> database.execute("UPDATE customers SET id = id WHERE id = 1"))
        .hasMessageContaining("ML087: column \"PUBLIC.CUSTOMERS.SCORE\" cannot keep predictions");
    database.execute("ALTER TABLE customers ALTER COLUMN kept RENAME TO score");
    database.execute("UPDATE customers SET id = id");
    isCurrent();
    assertThat(database.one("CALL INSITU.DEMATERIALIZE('customers', 'score')"))
        .isEqualTo("PUBLIC.CUSTOMERS.SCORE is an ordinary column now");
    database.execute("ALTER TABLE customers DROP COLUMN region");
    database.execute("INSERT INTO customers (id, score) VALUES (1002, 'own')");
    assertThat(database.one("SELECT score FROM customers WHERE id = 1002")).isEqualTo("own");
    assertThat(database.rows(STATE)).isEmpty();
  }

  @Test
  void aSwitchThatTheTableCannotFollowIsRefusedWhole() throws SQLException {
    materialize();
    List<List<Object>> first = database.rows(KEPT);
    assertThatThrownBy(
            () ->
                database.driver(
                    "CREATE OR REPLACE MODEL churn OPTIONS (model_type = 'logistic_reg',"
                        + " input_label_cols = ['churned'], data_split_method = 'no_split')"
                        + " AS SELECT age * 2 AS twice, churned FROM customers"))
        .hasMessageContaining("ML020: model \"PUBLIC.CHURN\" needs column \"TWICE\"");
    assertThat(database.rows("SELECT version_number FROM INSITU.MODEL_VERSIONS")).hasSize(1);
    assertThat(database.rows(KEPT)).isEqualTo(first);
    isCurrent();
  }

  @Test
  void aRenamedTableIsFollowedAndADroppedOneForgotten() throws SQLException {
    materialize();
    database.execute("ALTER TABLE customers RENAME TO clients");
    assertThat(database.rows("SELECT table_name FROM INSITU.PREDICTED_COLUMNS"))
        .containsExactly(List.of("CLIENTS"));
    database.execute("INSERT INTO clients (id, age) VALUES (1001, 70)");
    database.driver(
        "CREATE OR REPLACE MODEL churn"
            + PlainDatabase.CHURN_OPTIONS.replace("customers", "clients")
            + " WHERE id > 50");
    assertThat(database.rows(KEPT.replace("customers", "clients")))
        .isEqualTo(database.expected(PREDICTED.replace("customers", "clients")));
    database.execute("DROP TABLE clients");
    database.execute(
        "CREATE TABLE customers AS SELECT x AS id, CAST(x AS INT) AS age,"
            + " CAST(x AS DOUBLE PRECISION) AS income, CAST('n' AS VARCHAR(10)) AS region,"
            + " CASE MOD(x, 2) WHEN 0 THEN 'yes' ELSE 'no' END AS churned"
            + " FROM SYSTEM_RANGE(1, 50)");
    database.driver("CREATE OR REPLACE MODEL churn" + PlainDatabase.CHURN_OPTIONS);
    assertThat(database.rows(STATE)).isEmpty();
    database.driver("DROP MODEL churn");
  }

  @Test
  void aModelWhosePredictionsAreKeptIsDroppedByCascadeOnly() throws SQLException {
    materialize();
    assertThatThrownBy(() -> database.driver("DROP MODEL churn"))
        .hasMessageContaining(
            "ML086: model \"PUBLIC.CHURN\" is used by column PUBLIC.CUSTOMERS.SCORE");
    List<List<Object>> kept = database.rows(KEPT);
    database.driver("DROP MODEL churn CASCADE");
    assertThat(database.rows(KEPT)).isEqualTo(kept);
    database.execute("UPDATE customers SET score = 'own' WHERE id = 1");
    assertThat(database.one("SELECT score FROM customers WHERE id = 1")).isEqualTo("own");
  }

  @Test
  void whoIsInTheWayOfUninstallingIsNamedAsTheColumnItIs() throws SQLException {
    materialize();
    database.execute("ALTER TABLE customers RENAME TO clients");
    assertThatThrownBy(() -> database.execute("CALL INSITU.UNINSTALL()"))
        .hasMessageContaining(
            "ML086: model \"PUBLIC.CHURN\" is used by column PUBLIC.CLIENTS.SCORE");
    assertThat(database.rows("SELECT object, kind, done FROM INSITU.DETACH()"))
        .containsExactly(
            List.of("PUBLIC.CLIENTS.SCORE", "kept column", "an ordinary column with its values"));
    assertThat(
            database.rows(
                "SELECT * FROM INFORMATION_SCHEMA.TRIGGERS WHERE TRIGGER_NAME LIKE 'INSITU$%'"))
        .isEmpty();
    database.execute("CALL INSITU.UNINSTALL()");
  }

  /** A trigger for statements that was left alone does nothing, and goes. */
  @Test
  void aTriggerThatIsLeftIsFoundAndDropped() throws SQLException {
    materialize();
    String trigger =
        (String)
            database.one(
                "SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS"
                    + " WHERE TRIGGER_NAME LIKE 'INSITU$%' AND TRIGGER_NAME NOT LIKE '%STATEMENT%'");
    database.execute("DROP TRIGGER \"" + trigger + "\"");
    database.execute("INSERT INTO customers (id, age) VALUES (1001, 70)");
    assertThat(database.rows("SELECT object, done FROM INSITU.DETACH()"))
        .containsExactly(
            List.of("PUBLIC.CUSTOMERS." + trigger.replace("$", "$STATEMENT$"), "dropped"));
  }

  @Test
  void itIsThereAfterTheDatabaseWasClosed(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("shop");
    try (PlainDatabase made = PlainDatabase.inFile(file)) {
      made.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
    }
    try (PlainDatabase opened = PlainDatabase.open(file)) {
      opened.execute("INSERT INTO customers (id, age) VALUES (1001, 70)");
      opened.retrain();
      assertThat(opened.rows(KEPT)).isEqualTo(opened.expected(PREDICTED));
    }
  }

  @Test
  void mistakesLeaveTheTableAsItWas() throws SQLException {
    database.execute("CREATE VIEW v AS SELECT * FROM customers");
    database.execute(
        "CREATE TABLE few (age INT, number INT, must VARCHAR(3) NOT NULL,"
            + " made VARCHAR(3) GENERATED ALWAYS AS ('x'))");
    refused(
        "'churn', 'nowhere', 'score'",
        "ML087: column \"PUBLIC.NOWHERE.*\" cannot keep predictions: there");
    refused("'churn', 'v', 'score'", "is no table, but a view");
    refused("'chrun', 'customers', 'score'", "ML010: model \"CHRUN\" not found");
    refused("'churn', 'few', 'score'", "ML020: model \"PUBLIC.CHURN\" needs column \"INCOME\"");
    refused(
        "'churn', 'customers', 'id'", "it is INTEGER, but model PUBLIC.CHURN answers CHARACTER");
    database.execute("ALTER TABLE few ADD COLUMN income DOUBLE PRECISION");
    database.execute("ALTER TABLE few ADD COLUMN region VARCHAR(10)");
    refused("'churn', 'few', 'must'", "it is generated, an identity or NOT NULL");
    refused("'churn', 'few', 'made'", "it is generated, an identity or NOT NULL");
    refused("NULL, 'customers', 'score'", "ML026: MATERIALIZE: the model is NULL");
    refused("'churn', 'customers', 's', '{\"refresh\": \"never\"}'", "ML031: option \"refresh\"");
    refused("'churn', 'customers', 's', '{\"fresh\": \"never\"}'", "ML030: option \"fresh\"");
    materialize();
    database.driver("CREATE MODEL other" + PlainDatabase.CHURN_OPTIONS);
    refused(
        "'other', 'customers', 'score'", "it keeps those of model \"PUBLIC\".\"CHURN\" already");
    assertThatThrownBy(() -> database.execute("CALL INSITU.DEMATERIALIZE('customers', 'age')"))
        .hasMessageContaining("ML087: column \"PUBLIC.CUSTOMERS.AGE\"");
    assertThat(database.rows("SELECT * FROM few")).isEmpty();
    assertThat(database.rows(STATE)).hasSize(1);
  }

  private void refused(String arguments, String message) {
    assertThatThrownBy(() -> database.execute("CALL INSITU.MATERIALIZE(" + arguments + ")"))
        .as(arguments)
        .hasMessageContaining(message);
  }
}
