package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of models, called by plain H2 connections. */
public final class NamedFunctionTest {
  private static final String PREDICTED =
      "SELECT id, predicted_churned FROM PREDICT(MODEL => 'churn', DATA => TABLE customers)"
          + " ORDER BY id";
  private static final String CALLED =
      "SELECT id, PREDICT_CHURN(age, income, region) FROM customers ORDER BY id";

  private PlainDatabase database;

  /** A user's trigger that scores the row that is about to be inserted. */
  public static final class ScoresNewRow implements Trigger {
    @Override
    public void fire(
        Connection connection,
        @Nullable Object @Nullable [] before,
        @Nullable Object @Nullable [] after)
        throws SQLException {
      if (after == null) {
        return;
      }
      try (PreparedStatement query = connection.prepareStatement("SELECT PREDICT_CHURN(?, ?, ?)")) {
        for (int i = 1; i <= 3; i++) {
          query.setObject(i, after[i]);
        }
        try (ResultSet row = query.executeQuery()) {
          row.next();
          after[4] = row.getString(1);
        }
      }
    }
  }

  @BeforeEach
  void open() throws SQLException {
    database = PlainDatabase.inMemory();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void aFunctionOfTheModelsOwnInputsAnswersAsPredict() throws SQLException {
    assertThat(database.one("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')"))
        .isEqualTo(
            "PUBLIC.PREDICT_CHURN(AGE INTEGER, INCOME DOUBLE PRECISION, REGION CHARACTER"
                + " VARYING(10)) returns VARCHAR of model PUBLIC.CHURN");
    assertThat(database.rows(CALLED)).hasSize(200).isEqualTo(database.expected(PREDICTED));
    assertThat(
            database.one(
                "CALL INSITU.CREATE_FUNCTION('churn', 'churn_risk', '{\"class\": \"yes\"}')"))
        .asString()
        .endsWith("returns DOUBLE PRECISION of model PUBLIC.CHURN, the probability of yes");
    assertThat(database.rows("SELECT id, CHURN_RISK(age, income, region) FROM customers"))
        .isEqualTo(
            database.expected(
                "SELECT id, PREDICTION_PROBABILITY('churn', 'yes', age, income, region)"
                    + " FROM customers"));
    assertThat(database.rows("SELECT function_name, model, class_text FROM INSITU.FUNCTIONS"))
        .containsExactlyInAnyOrder(
            java.util.Arrays.asList("PREDICT_CHURN", "\"PUBLIC\".\"CHURN\"", null),
            List.of("CHURN_RISK", "\"PUBLIC\".\"CHURN\"", "yes"));
  }

  @Test
  void everyTypeOfAnswerHasFunctionsOfItsOwn() throws SQLException {
    List<String> labels =
        List.of(
            "CAST(MOD(id, 2) + 7 AS TINYINT)",
            "CAST(MOD(id, 2) + 70000 AS INTEGER)",
            "CAST(MOD(id, 2) + 7000000000 AS BIGINT)",
            "CAST(MOD(id, 2) + 0.25 AS NUMERIC(5, 2))",
            "MOD(id, 2) = 1",
            "DATEADD(DAY, MOD(id, 2), DATE '2026-01-01')",
            "DATEADD(HOUR, MOD(id, 2), TIMESTAMP '2026-01-01 10:00:00.125')",
            "CAST(CHAR(97 + MOD(id, 2)) AS VARCHAR(3))",
            "CAST(TIME '10:00:00' AS TIME)");
    for (int i = 0; i < labels.size(); i++) {
      boolean one = labels.get(i).startsWith("CAST(TIME");
      String label = one ? "DATEADD(HOUR, MOD(id, 2), TIME '10:00:00')" : labels.get(i);
      trained(
          "typed" + i,
          "logistic_reg",
          "SELECT age, MOD(id, 2) AS parity, " + label + " AS label FROM customers");
    }
    trained(
        "typed_number", "linear_reg", "SELECT age, id AS parity, income AS label FROM customers");
    database.driver(
        "CREATE MODEL typed_cluster OPTIONS (model_type = 'kmeans', num_clusters = 3) AS"
            + " SELECT age, id AS parity FROM customers");
    for (String model :
        List.of(
            "typed0",
            "typed1",
            "typed2",
            "typed3",
            "typed4",
            "typed5",
            "typed6",
            "typed7",
            "typed8",
            "typed_number",
            "typed_cluster")) {
      database.execute("CALL INSITU.CREATE_FUNCTION('" + model + "', 'f_" + model + "')");
      String parity = model.contains("_") ? "id" : "MOD(id, 2)";
      String type =
          database
              .rows(
                  "SELECT data_type FROM INFORMATION_SCHEMA.ROUTINES WHERE routine_name = 'F_"
                      + model.toUpperCase(java.util.Locale.ROOT)
                      + "'")
              .get(0)
              .get(0)
              .toString();
      String text = type.equals("CHARACTER VARYING") ? "CAST(%s AS VARCHAR)" : "%s";
      assertThat(
              database.rows(
                  "SELECT id, f_" + model + "(age, " + parity + ") FROM customers ORDER BY id"))
          .as(model)
          .isEqualTo(
              database.expected(
                  "SELECT id, "
                      + text.replace("%s", "PREDICTION('" + model + "', age, " + parity + ")")
                      + " FROM customers ORDER BY id"));
    }
    assertThat(database.rows("SELECT function_name, returns FROM INSITU.FUNCTIONS ORDER BY 1"))
        .extracting(row -> row.get(1))
        .containsExactly(
            "WHOLE",
            "WHOLE",
            "BIG_WHOLE",
            "DECIMAL",
            "TRUTH",
            "DAY",
            "MOMENT",
            "TEXT",
            "TEXT",
            "WHOLE",
            "NUMBER");
  }

  private void trained(String model, String type, String query) throws SQLException {
    database.driver(
        "CREATE MODEL "
            + model
            + " OPTIONS (model_type = '"
            + type
            + "', input_label_cols = ['label'], data_split_method = 'no_split') AS "
            + query);
  }

  @Test
  void itStandsWhereverAValueMay() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    String call = "PREDICT_CHURN(age, income, region)";
    String said = "PREDICTION('churn', age, income, region)";
    for (String query :
        List.of(
            "SELECT id FROM customers WHERE %s = 'yes' ORDER BY id",
            "SELECT %s, COUNT(*) FROM customers GROUP BY %s ORDER BY 1",
            "SELECT id FROM customers ORDER BY %s DESC, id",
            "SELECT id, RANK() OVER (PARTITION BY region ORDER BY %s) FROM customers ORDER BY 1",
            "SELECT a.id, b.id FROM customers b JOIN customers a ON %s = 'yes' AND a.id = b.id + 1"
                + " ORDER BY 1, 2",
            "SELECT COUNT(*) FROM customers HAVING MAX(%s) = 'yes'",
            "SELECT CASE WHEN %s = 'yes' THEN 1 ELSE 0 END FROM customers ORDER BY id")) {
      String qualified = query.contains(" a ON ") ? "(a.age, a.income, a.region)" : "";
      String ours = qualified.isEmpty() ? call : "PREDICT_CHURN" + qualified;
      String theirs = qualified.isEmpty() ? said : "PREDICTION('churn', a.age, a.income, a.region)";
      assertThat(database.rows(query.replace("%s", ours)))
          .as(query)
          .isNotEmpty()
          .isEqualTo(database.expected(query.replace("%s", theirs)));
    }
    assertThat(
            database.rows(
                "WITH RECURSIVE r(n, c) AS (SELECT 18, PREDICT_CHURN(18, 3000, 'north') UNION ALL"
                    + " SELECT n + 20, PREDICT_CHURN(n + 20, 3000, 'north') FROM r WHERE n < 70)"
                    + " SELECT n, c FROM r ORDER BY n"))
        .isEqualTo(
            database.expected(
                "SELECT CAST(x AS INT), PREDICTION('churn', x, CAST(3000 AS DOUBLE PRECISION), 'north')"
                    + " FROM SYSTEM_RANGE(18, 78, 20) ORDER BY x"));
  }

  @Test
  void viewsColumnsTriggersAndMergeUseIt() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    database.execute(
        "CREATE VIEW scored AS SELECT id, PREDICT_CHURN(age, income, region) AS p FROM customers");
    List<List<Object>> expected = database.expected(PREDICTED);
    assertThat(database.rows("SELECT * FROM scored ORDER BY id")).isEqualTo(expected);
    database.execute(
        "CREATE TABLE generated (id INT, age INT, income DOUBLE PRECISION, region VARCHAR(10),"
            + " p VARCHAR(3) GENERATED ALWAYS AS (PREDICT_CHURN(age, income, region)))");
    database.execute(
        "INSERT INTO generated (id, age, income, region)"
            + " SELECT id, age, income, region FROM customers");
    assertThat(database.rows("SELECT id, p FROM generated ORDER BY id")).isEqualTo(expected);
    database.execute(
        "CREATE TABLE triggered (id INT PRIMARY KEY, age INT, income DOUBLE PRECISION,"
            + " region VARCHAR(10), p VARCHAR(3))");
    database.execute(
        "CREATE TRIGGER scores BEFORE INSERT ON triggered FOR EACH ROW CALL '"
            + ScoresNewRow.class.getName()
            + "'");
    database.execute(
        "INSERT INTO triggered (id, age, income, region)"
            + " SELECT id, age, income, region FROM customers");
    assertThat(database.rows("SELECT id, p FROM triggered ORDER BY id")).isEqualTo(expected);
    database.execute("UPDATE triggered SET p = NULL");
    database.execute(
        "MERGE INTO triggered t USING customers c ON t.id = c.id"
            + " WHEN MATCHED AND PREDICT_CHURN(c.age, c.income, c.region) = 'yes'"
            + " THEN UPDATE SET p = 'yes'"
            + " WHEN MATCHED THEN UPDATE SET p = PREDICT_CHURN(c.age, c.income, c.region)");
    assertThat(database.rows("SELECT id, p FROM triggered ORDER BY id")).isEqualTo(expected);
    assertThatThrownBy(() -> database.execute("CALL INSITU.DROP_FUNCTION('predict_churn')"))
        .hasMessageContaining(
            "ML086: function \"PUBLIC.PREDICT_CHURN\" is used by generated column"
                + " PUBLIC.GENERATED.P, view PUBLIC.SCORED");
  }

  @Test
  void itFollowsTheDefaultVersionUnlessOneIsNamed() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    database.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'FIRST_CHURN')");
    database.execute(
        "CREATE VIEW scored AS SELECT id, PREDICT_CHURN(age, income, region) AS p FROM customers");
    List<List<Object>> first = database.expected(PREDICTED);
    assertThat(database.rows(CALLED)).isEqualTo(first);
    database.retrain();
    List<List<Object>> second = database.expected(PREDICTED);
    assertThat(second).isNotEqualTo(first);
    assertThat(database.rows(CALLED)).isEqualTo(second);
    assertThat(database.rows("SELECT * FROM scored ORDER BY id")).isEqualTo(second);
    assertThat(database.rows(CALLED.replace("PREDICT_CHURN", "FIRST_CHURN"))).isEqualTo(first);
    assertThatThrownBy(() -> database.driver("DROP MODEL churn VERSION 1"))
        .hasMessageContaining("ML086: model \"PUBLIC.CHURN\" version 1 is used by function");
    database.driver("DROP MODEL churn VERSION 2");
    assertThat(database.rows(CALLED)).isEqualTo(first);
  }

  @Test
  void aModelThatAFunctionAsksIsDroppedByCascadeOnly() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    assertThatThrownBy(() -> database.driver("DROP MODEL churn"))
        .hasMessageContaining(
            "ML086: model \"PUBLIC.CHURN\" is used by function PUBLIC.PREDICT_CHURN");
    database.execute("CREATE VIEW v AS SELECT PREDICT_CHURN(1, 2, 'x') AS p");
    assertThatThrownBy(() -> database.driver("DROP MODEL churn CASCADE"))
        .hasMessageContaining("is used by view PUBLIC.V");
    database.execute("DROP VIEW v");
    database.driver("DROP MODEL churn CASCADE");
    assertThat(database.rows("SELECT * FROM INSITU.FUNCTIONS")).isEmpty();
    assertThatThrownBy(() -> database.rows(CALLED)).hasMessageContaining("PREDICT_CHURN");
  }

  @Test
  void whoCallsItInTheTextOfAQueryUsesIt() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    database.driver("CREATE MODEL other" + PlainDatabase.CHURN_OPTIONS);
    database.execute(
        "CREATE VIEW twice AS SELECT * FROM INSITU.PREDICT('other',"
            + " 'SELECT *, predict_churn(age, income, region) AS p FROM customers')");
    String used = "ML086: function \"PUBLIC.PREDICT_CHURN\" is used by view PUBLIC.TWICE";
    assertThatThrownBy(() -> database.execute("CALL INSITU.DROP_FUNCTION('predict_churn')"))
        .hasMessageContaining(used);
    assertThatThrownBy(() -> database.driver("DROP MODEL churn CASCADE"))
        .hasMessageContaining(used);
    assertThatThrownBy(() -> database.execute("CALL INSITU.UNINSTALL()"))
        .hasMessageContaining("\"INSITU\".\"PREDICT\", \"PUBLIC\".\"PREDICT_CHURN\" is used by");
    assertThat(database.rows("SELECT COUNT(p) FROM twice")).containsExactly(List.of(200L));
    database.execute(
        "CREATE OR REPLACE VIEW twice AS SELECT * FROM INSITU.PREDICT('other',"
            + " 'SELECT *, ''predict_churn(1)'' AS p FROM customers')");
    database.execute("CALL INSITU.DROP_FUNCTION('predict_churn')");
  }

  @Test
  void aModelThatAViewNamesIsDroppedByCascadeOnly() throws SQLException {
    database.driver("CREATE MODEL other" + PlainDatabase.CHURN_OPTIONS);
    database.driver(
        "CREATE VIEW twice AS SELECT * FROM PREDICT(MODEL => 'churn', DATA => (SELECT *,"
            + " PREDICTION('other@1', age, income, region) AS first FROM customers))");
    assertThatThrownBy(() -> database.driver("DROP MODEL churn"))
        .hasMessageContaining("ML086: model \"PUBLIC.CHURN\" is used by view PUBLIC.TWICE");
    assertThatThrownBy(() -> database.execute("CALL INSITU.DROP_MODEL('other')"))
        .hasMessageContaining("ML086: model \"PUBLIC.OTHER\" is used by view PUBLIC.TWICE");
    database.driver("CREATE OR REPLACE MODEL other" + PlainDatabase.CHURN_OPTIONS);
    assertThatThrownBy(() -> database.driver("DROP MODEL other VERSION 1"))
        .hasMessageContaining(
            "ML086: model \"PUBLIC.OTHER\" version 1 is used by view PUBLIC.TWICE")
        .hasMessageContaining("CASCADE leaves what names the model");
    database.driver("DROP MODEL other VERSION 2");
    database.execute("CALL INSITU.DROP_MODEL('churn', FALSE, TRUE)");
    assertThatThrownBy(() -> database.rows("SELECT * FROM twice"))
        .hasMessageContaining("ML010: model \"PUBLIC.CHURN\" not found");
    database.driver("CREATE MODEL churn" + PlainDatabase.CHURN_OPTIONS);
    assertThat(database.rows("SELECT COUNT(*) FROM twice")).containsExactly(List.of(200L));
  }

  @Test
  void aVersionOfAnotherTypeIsRefusedWithAHint() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    database.driver(
        "CREATE OR REPLACE MODEL churn OPTIONS (model_type = 'linear_reg',"
            + " input_label_cols = ['y'], data_split_method = 'no_split')"
            + " AS SELECT age, income, region, id AS y FROM customers");
    assertThatThrownBy(() -> database.rows(CALLED))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML017"))
        .hasMessageContaining("needs a model that answers VARCHAR")
        .hasMessageContaining("DROP_FUNCTION and CREATE_FUNCTION");
    database.driver(
        "CREATE OR REPLACE MODEL churn OPTIONS (model_type = 'logistic_reg',"
            + " input_label_cols = ['churned'], data_split_method = 'no_split')"
            + " AS SELECT age, churned FROM customers");
    assertThatThrownBy(() -> database.rows(CALLED))
        .hasMessageContaining("ML022: model \"PUBLIC.CHURN\" has 1 input columns (AGE), but 3");
  }

  @Test
  void itIsThereAfterTheDatabaseWasClosed(@TempDir Path directory) throws SQLException {
    List<List<Object>> expected;
    Path file = directory.resolve("shop");
    try (PlainDatabase made = PlainDatabase.inFile(file)) {
      made.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
      made.execute(
          "CREATE VIEW scored AS SELECT id, PREDICT_CHURN(age, income, region) p FROM customers");
      expected = made.expected(PREDICTED);
    }
    try (Connection plain =
        DriverManager.getConnection("jdbc:h2:" + file.toAbsolutePath(), "sa", "")) {
      assertThat(ImportedDoorsTest.rows(plain, CALLED)).isEqualTo(expected);
      assertThat(ImportedDoorsTest.rows(plain, "SELECT * FROM scored ORDER BY id"))
          .isEqualTo(expected);
    }
  }

  @Test
  void aDatabaseHasSixtyFourFunctionsOfAType() throws SQLException {
    for (int i = 1; i <= 64; i++) {
      database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'f" + i + "')");
    }
    assertThatThrownBy(() -> database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'f65')"))
        .hasMessageContaining(
            "ML085: there are 64 functions that return VARCHAR, and a database can have no more");
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'other', '{\"class\": \"yes\"}')");
    assertThat(database.rows("SELECT f1(30, 2000, 'north'), f64(30, 2000, 'north')").get(0))
        .doesNotContainNull();
    database.execute("CALL INSITU.DROP_FUNCTION('f17')");
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'f65')");
    database.execute("DROP ALIAS f3");
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'f66')");
    assertThat(database.one("SELECT COUNT(*) FROM INSITU.FUNCTIONS WHERE returns = 'TEXT'"))
        .isEqualTo(64L);
  }

  @Test
  void theCallersTransactionStaysAsItIs() throws SQLException {
    database.plain().setAutoCommit(false);
    database.execute("INSERT INTO customers (id) VALUES (1000)");
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    assertThat(database.one("SELECT PREDICT_CHURN(30, 2000, 'north')")).isIn("yes", "no");
    database.plain().rollback();
    database.plain().setAutoCommit(true);
    assertThat(database.one("SELECT COUNT(*) FROM customers WHERE id = 1000")).isEqualTo(0L);
    assertThat(database.one("SELECT PREDICT_CHURN(30, 2000, 'north')")).isIn("yes", "no");
  }

  @Test
  void whoHasNoRightsOnTheStoreCallsItAndMakesNone() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    database.execute("CREATE USER reader PASSWORD 'p'");
    database.execute("GRANT SELECT ON customers TO reader");
    try (Connection reader =
        DriverManager.getConnection("jdbc:h2:" + database.name(), "reader", "p")) {
      assertThat(ImportedDoorsTest.rows(reader, CALLED)).isEqualTo(database.expected(PREDICTED));
      for (String call :
          List.of("CREATE_FUNCTION('churn', 'f')", "DROP_FUNCTION('predict_churn')")) {
        assertThatThrownBy(() -> PlainDatabase.execute(reader, "CALL INSITU." + call))
            .hasMessageContaining("ML005")
            .hasMessageContaining("needs ADMIN rights, but user \"READER\" has none");
      }
    }
  }

  @Test
  void mistakesAreToldWithTheirNames() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    refused(
        "CREATE_FUNCTION('churn', 'predict_churn')", "ML083: function \"PUBLIC.PREDICT_CHURN\"");
    refused("CREATE_FUNCTION('churn', 'abs')", "ML083: function \"PUBLIC.ABS\" already exists");
    refused("CREATE_FUNCTION('chrun', 'f')", "ML010: model \"CHRUN\" not found");
    refused(
        "CREATE_FUNCTION('churn', 'a b')", "ML026: CREATE_FUNCTION: cannot read function 'a b'");
    refused("CREATE_FUNCTION('churn', 'nowhere.f')", "ML016: schema \"NOWHERE\" not found");
    refused("CREATE_FUNCTION(NULL, 'f')", "ML026: CREATE_FUNCTION: the model is NULL");
    refused("CREATE_FUNCTION('churn', NULL)", "ML026: CREATE_FUNCTION: the function is NULL");
    refused(
        "CREATE_FUNCTION('churn', 'f', '{\"class\": \"perhaps\"}')",
        "ML025: model \"PUBLIC.CHURN\" has no class 'perhaps'; it has no, yes");
    refused("CREATE_FUNCTION('churn', 'f', '{\"clas\": \"yes\"}')", "ML030: option \"clas\"");
    refused(
        "DROP_FUNCTION('predict_chrun')", "ML084: there is no function \"PUBLIC.PREDICT_CHRUN\"");
    assertThat(database.rows("SELECT * FROM INSITU.FUNCTIONS")).hasSize(1);
    assertThat(database.one("CALL INSITU.DROP_FUNCTION('predict_churn')"))
        .isEqualTo("PUBLIC.PREDICT_CHURN of model \"PUBLIC\".\"CHURN\"");
    refused("DROP_FUNCTION('predict_churn')", "ML084");
  }

  private void refused(String call, String message) {
    assertThatThrownBy(() -> database.execute("CALL INSITU." + call))
        .as(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(message.substring(0, 5)))
        .hasMessageContaining(message);
  }
}
