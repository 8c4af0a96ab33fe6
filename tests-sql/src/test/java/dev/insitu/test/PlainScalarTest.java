package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code PREDICTION} and its relatives as functions of plain H2, beside the driver's. */
class PlainScalarTest {
  private final String database = "mem:" + UUID.randomUUID();
  private Connection driver;
  private Connection plain;

  @BeforeEach
  void open() throws SQLException {
    driver = DriverManager.getConnection("jdbc:insitu:h2:" + database, "sa", "");
    plain = plain();
    run(plain, "CREATE SCHEMA INSITU");
    aliases(plain);
  }

  @AfterEach
  void close() throws SQLException {
    driver.close();
    plain.close();
  }

  /** Makes the functions as an installation does. */
  static void aliases(Connection connection) throws SQLException {
    for (String[] alias :
        new String[][] {
          {"PREDICTION", "PredictedText.text"},
          {"PREDICTION_NUMBER", "PredictedNumber.number"},
          {"PREDICTION_PROBABILITY", "PredictedProbability.probability"},
          {"PREDICTION_VECTOR", "PredictedVector.vector"}
        }) {
      run(
          connection,
          "CREATE ALIAS IF NOT EXISTS INSITU."
              + alias[0]
              + " FOR 'dev.insitu.plain.row."
              + alias[1]
              + "'");
    }
  }

  @Test
  void bothDoorsAnswerTheSameForEveryTypeOfModel() throws SQLException {
    AllTypes.create(driver);
    String features = AllTypes.features();
    List<ModelFamiliesTest.Case> cases =
        ModelFamiliesTest.cases()
            .collect(
                Collectors.toMap(
                    test -> test.type() + test.label(), test -> test, (first, other) -> first))
            .values()
            .stream()
            .toList();
    assertThat(cases).hasSizeGreaterThan(10);
    for (ModelFamiliesTest.Case test : cases) {
      run(driver, test.create("things"));
      String call = "('" + test.model() + "', " + features + ")";
      String from = " FROM odd ORDER BY id";
      assertThat(rows(plain, "SELECT INSITU.PREDICTION" + call + from))
          .as(test.model())
          .hasSize(AllTypes.ODD_ROWS)
          .isEqualTo(rows(driver, "SELECT CAST(PREDICTION" + call + " AS VARCHAR)" + from));
      List<List<Object>> classes =
          rows(
              plain,
              "SELECT class_text FROM INSITU.MODEL_CLASSES WHERE model_name = '"
                  + test.model().toUpperCase(Locale.ROOT)
                  + "'");
      for (List<Object> one : classes) {
        String probability =
            "PREDICTION_PROBABILITY('"
                + test.model()
                + "', '"
                + one.get(0)
                + "', "
                + features
                + ")";
        assertThat(rows(plain, "SELECT INSITU." + probability + from))
            .isEqualTo(rows(driver, "SELECT " + probability + from));
      }
      if (classes.isEmpty()) {
        assertThat(rows(plain, "SELECT INSITU.PREDICTION_NUMBER" + call + from))
            .isEqualTo(
                rows(driver, "SELECT CAST(PREDICTION" + call + " AS DOUBLE PRECISION)" + from));
      }
    }
  }

  @Test
  void namesInJsonAnswerAsPositionsDo() throws SQLException {
    AllTypes.create(driver);
    run(
        driver,
        "CREATE MODEL m OPTIONS (model_type = 'boosted_tree_regressor', max_iterations = 10,"
            + " input_label_cols = ['amount']) AS SELECT "
            + AllTypes.features()
            + ", amount FROM things");
    run(
        driver,
        "CREATE MODEL l OPTIONS (model_type = 'linear_reg', input_label_cols = ['amount']) AS SELECT "
            + AllTypes.features()
            + ", amount FROM things");
    String finite =
        " FROM odd WHERE COALESCE(re, 0) BETWEEN -1e30 AND 1e30 AND COALESCE(dp, 0) BETWEEN -1e300 AND"
            + " 1e300 AND COALESCE(df, 0) BETWEEN -1e30 AND 1e30 AND COALESCE(nothing, 0) < 10"
            + " AND COALESCE(vc, '') <> CHAR(55357) ORDER BY id"; // half a character
    String fields =
        Arrays.stream(AllTypes.features().split(", "))
            .map(name -> "'" + name.toLowerCase(Locale.ROOT) + "': " + name)
            .collect(Collectors.joining(", "));
    for (String model : List.of("m", "l")) {
      List<List<Object>> byPosition =
          rows(
              plain,
              "SELECT id, INSITU.PREDICTION_NUMBER('"
                  + model
                  + "', "
                  + AllTypes.features()
                  + ")"
                  + finite);
      assertThat(byPosition).hasSizeGreaterThan(50);
      assertThat(
              rows(
                  plain,
                  "SELECT id, INSITU.PREDICTION_NUMBER('"
                      + model
                      + "', JSON_OBJECT('else': id, "
                      + fields
                      + "))"
                      + finite))
          .isEqualTo(byPosition);
    }
  }

  @Test
  void jsonIsTakenWhereverItComesFrom() throws SQLException {
    churn();
    String expected = (String) one("CALL INSITU.PREDICTION('churn', 30, 'EU')");
    assertThat(one("CALL INSITU.PREDICTION('churn', JSON '{\"AGE\": 30, \"region\": \"EU\"}')"))
        .isEqualTo(expected);
    assertThat(
            one("CALL INSITU.PREDICTION('churn', '{\"region\": \"EU\", \"age\": 30}' FORMAT JSON)"))
        .isEqualTo(expected);
    try (PreparedStatement call =
        plain.prepareStatement("CALL INSITU.PREDICTION('churn', ? FORMAT JSON)")) {
      call.setString(1, "{\"age\": 30.0, \"region\": \"EU\", \"more\": [1, {}]}");
      assertThat(read(call)).containsExactly(List.of(expected));
    }
    assertThat(
            one(
                "CALL INSITU.PREDICTION_PROBABILITY('churn', 'yes', JSON '{\"age\": null, \"region\": null}')"))
        .isEqualTo(one("CALL INSITU.PREDICTION_PROBABILITY('churn', 'yes', NULL, NULL)"));
    assertThat(one("CALL INSITU.PREDICTION('churn', JSON 'null')")).isNull();
    assertThat(one("CALL INSITU.PREDICTION('churn', CAST(NULL AS JSON))")).isNull();
    refused(
        "CALL INSITU.PREDICTION('churn', JSON '[30, \"EU\"]')",
        "ML026: PREDICTION: a JSON object was expected, but [30,\"EU\"] was given");
    refused(
        "CALL INSITU.PREDICTION('churn', JSON '{\"age\": 30}')",
        "ML020: model \"PUBLIC.CHURN\" needs column \"REGION\"");
    refused(
        "CALL INSITU.PREDICTION('churn', JSON '{\"age\": 30, \"regions\": \"EU\"}')",
        "The value has \"regions\": call it REGION.");
    refused(
        "CALL INSITU.PREDICTION('churn', JSON '{\"age\": \"30\", \"region\": \"EU\"}')",
        "ML021: column \"AGE\" of model \"PUBLIC.CHURN\" is INTEGER, but a JSON string was given");
    refused(
        "CALL INSITU.PREDICTION('churn', JSON '{\"age\": {}, \"region\": \"EU\"}')",
        "a JSON object was given");
  }

  @Test
  void eachFunctionHasItsType() throws SQLException {
    churn();
    run(
        driver,
        "CREATE MODEL price OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS"
            + " SELECT x, 2.0E0 * x AS y FROM SYSTEM_RANGE(1, 20)");
    run(
        driver,
        "CREATE MODEL grade OPTIONS (model_type = 'decision_tree_classifier', input_label_cols = ['y']) AS"
            + " SELECT x, CASE WHEN x < 10 THEN 1 ELSE 2 END AS y FROM SYSTEM_RANGE(1, 20)");
    assertThat(one("CALL INSITU.PREDICTION('churn', 30, 'EU')")).isInstanceOf(String.class);
    assertThat((Double) one("CALL INSITU.PREDICTION_NUMBER('price', 7)")).isBetween(13.9, 14.1);
    assertThat(one("CALL INSITU.PREDICTION('price', 7)"))
        .isEqualTo(one("CALL CAST(INSITU.PREDICTION_NUMBER('price', 7) AS VARCHAR)"));
    assertThat(one("CALL INSITU.PREDICTION_NUMBER('grade', 3)")).isEqualTo(1.0);
    assertThat(one("CALL INSITU.PREDICTION_NUMBER('grade', 15)")).isEqualTo(2.0);
    assertThat(one("CALL INSITU.PREDICTION('grade', 15)")).isEqualTo("2");
    assertThat(
            (Double)
                one(
                    "CALL INSITU.PREDICTION_PROBABILITY('churn', 'yes', 30, 'EU')"
                        + " + INSITU.PREDICTION_PROBABILITY('churn', 'no', 30, 'EU')"))
        .isBetween(0.999999, 1.000001);
    assertThat(
            rows(
                plain,
                "SELECT x FROM SYSTEM_RANGE(1, 20) WHERE INSITU.PREDICTION_NUMBER('price', x) > 35 ORDER BY x"))
        .containsExactly(List.of(18L), List.of(19L), List.of(20L));
    refused(
        "CALL INSITU.PREDICTION_NUMBER('churn', 30, 'EU')",
        "ML017: PREDICTION_NUMBER needs a model that predicts a number, but model \"PUBLIC.CHURN\" is one that predicts");
    refused(
        "CALL INSITU.PREDICTION_VECTOR('price', 1)",
        "ML017: PREDICTION_VECTOR needs a model that predicts an array of numbers");
    refused(
        "CALL INSITU.PREDICTION_PROBABILITY('price', 'x', 1)",
        "ML017: PREDICTION_PROBABILITY needs a classification");
  }

  @Test
  void mistakesAreTheDriversOwn() throws SQLException {
    churn();
    for (String call :
        List.of(
            "PREDICTION('churn', 30)",
            "PREDICTION('churn', 30, 'EU', 1)",
            "PREDICTION('chrun', 30, 'EU')",
            "PREDICTION('churn@7', 30, 'EU')",
            "PREDICTION('churn@champion', 30, 'EU')",
            "PREDICTION('nowhere.churn', 30, 'EU')",
            "PREDICTION('churn', 'old', 'EU')",
            "PREDICTION('churn', DATE '2020-01-01', 'EU')",
            "PREDICTION_PROBABILITY('churn', 'perhaps', 30, 'EU')",
            "PREDICTION('a.b.c', 30, 'EU')")) {
      SQLException ours = error(driver, "SELECT " + call);
      SQLException theirs = error(plain, "SELECT INSITU." + call);
      assertThat(theirs.getSQLState()).as(call).isEqualTo(ours.getSQLState()).startsWith("ML0");
      assertThat(theirs.getMessage()).startsWith(ours.getMessage());
    }
    refused(
        "CALL INSITU.PREDICTION('churn')",
        "ML022: model \"PUBLIC.CHURN\" has 2 input columns (AGE, REGION), but 0 were given");
    refused("CALL INSITU.PREDICTION(NULL, 30, 'EU')", "ML026: PREDICTION: the model is NULL");
    refused(
        "CALL INSITU.PREDICTION_PROBABILITY('churn', NULL, 30, 'EU')",
        "ML026: PREDICTION_PROBABILITY: the class is NULL");
    assertThat(one("CALL INSITU.PREDICTION('churn', NULL)")).isNull();
  }

  @Test
  void anyNumberOfInputsArrivesInOrder() throws SQLException {
    run(plain, PlainDatabases.INSTALL);
    for (int inputs = 1; inputs <= 18; inputs++) {
      String names = columns("c%d", inputs);
      run(
          driver,
          String.format(
              Locale.ROOT,
              "CREATE MODEL n%d OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT"
                  + " %s, %s AS y FROM (SELECT %s FROM SYSTEM_RANGE(1, 100))",
              inputs,
              names,
              columns("%1$d * c%1$d", inputs).replace(", ", " + "),
              columns("SIN(x * (%1$d + 1)) AS c%1$d", inputs)));
      run(
          plain,
          String.format(Locale.ROOT, "CALL INSITU.CREATE_FUNCTION('n%1$d', 'f%1$d')", inputs));
      String values = columns("0.%02d", inputs);
      assertThat(
              rows(
                  plain,
                  String.format(
                      Locale.ROOT,
                      "SELECT INSITU.PREDICTION_NUMBER('n%1$d', %2$s), f%1$d(%2$s), INSITU.PREDICTION('n%1$d', %2$s)",
                      inputs,
                      values)))
          .isEqualTo(
              rows(
                  driver,
                  String.format(
                      Locale.ROOT,
                      "SELECT PREDICTION('n%1$d', %2$s), PREDICTION('n%1$d', %2$s), CAST(PREDICTION('n%1$d', %2$s) AS VARCHAR)",
                      inputs,
                      values)));
    }
  }

  private static String columns(String pattern, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> String.format(Locale.ROOT, pattern, i))
        .collect(Collectors.joining(", "));
  }

  @Test
  void nullEmptyAndUnseenTextsAreAsInTheDriver() throws SQLException {
    churn();
    String rows =
        "(VALUES (30, 'EU'), (NULL, NULL), (99, ''), (-5, 'nowhere'), (30, 'eu')) v(age, region)";
    assertThat(
            rows(
                plain,
                "SELECT INSITU.PREDICTION_PROBABILITY('churn', 'yes', age, region) FROM " + rows))
        .hasSize(5)
        .isEqualTo(
            rows(
                driver, "SELECT PREDICTION_PROBABILITY('churn', 'yes', age, region) FROM " + rows));
  }

  @Test
  void theVersionOfTheFirstRowIsThatOfTheStatement() throws SQLException {
    constant(driver, "m", 1);
    try (PreparedStatement again =
        plain.prepareStatement("SELECT ROUND(INSITU.PREDICTION_NUMBER('m', ?))")) {
      again.setInt(1, 1);
      assertThat(read(again)).containsExactly(List.of(1.0));
      constant(driver, "m", 2);
      assertThat(read(again)).as("the same prepared statement").containsExactly(List.of(2.0));
      run(driver, "DROP MODEL m VERSION 2");
      assertThat(read(again)).containsExactly(List.of(1.0));
    }
    Meanwhile.database = database;
    run(plain, "CREATE ALIAS MEANWHILE FOR '" + Meanwhile.class.getName() + ".train'");
    assertThat(
            rows(
                plain,
                "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', x)), MEANWHILE(x),"
                    + " ROUND(INSITU.PREDICTION_NUMBER('m', x)) FROM SYSTEM_RANGE(11, 13)"))
        .containsExactly(List.of(1.0, 11, 1.0), List.of(1.0, 12, 1.0), List.of(1.0, 13, 1.0));
    assertThat(one("SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 1))")).isEqualTo(13.0);
  }

  /** Another connection that trains a version amid a statement. */
  public static final class Meanwhile {
    private static String database = "";

    private Meanwhile() {}

    /** Trains a version that predicts the argument. */
    public static int train(int value) throws SQLException {
      try (Connection other = DriverManager.getConnection("jdbc:insitu:h2:" + database, "sa", "")) {
        constant(other, "m", value);
      }
      return value;
    }
  }

  @Test
  void rowsThatAreComputedWhileTheyAreReadHaveOneVersion() throws SQLException {
    constant(driver, "m", 1);
    run(plain, "SET LAZY_QUERY_EXECUTION 1");
    try (PreparedStatement statement =
        plain.prepareStatement(
            "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', x)) FROM SYSTEM_RANGE(1, 3)")) {
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getDouble(1)).isEqualTo(1.0);
        constant(driver, "m", 2);
        assertThat(row.next()).isTrue();
        assertThat(row.getDouble(1)).isEqualTo(1.0);
      }
      assertThat(read(statement)).containsExactly(List.of(2.0), List.of(2.0), List.of(2.0));
    }
  }

  @Test
  void aDatabaseThatMayOnlyBeReadPredicts(@TempDir Path folder) throws SQLException {
    String file = "h2:" + folder.resolve("db");
    try (Connection writer = DriverManager.getConnection("jdbc:insitu:" + file, "sa", "")) {
      constant(writer, "m", 3);
      aliases(writer);
    }
    try (Connection reader =
        DriverManager.getConnection("jdbc:" + file + ";ACCESS_MODE_DATA=r", "sa", "")) {
      assertThat(
              rows(
                  reader, "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', x)) FROM SYSTEM_RANGE(1, 2)"))
          .containsExactly(List.of(3.0), List.of(3.0));
      assertThat(error(reader, "SELECT INSITU.PREDICTION_NUMBER('n', 1)").getSQLState())
          .isEqualTo("ML010");
    }
  }

  @Test
  void aStatementOverTheStoresOwnTablesSeesWhatItSees() throws SQLException {
    constant(driver, "m", 1);
    String query =
        "SELECT ROUND(INSITU.PREDICTION_NUMBER(LOWER(model_name), 1)), version_number"
            + " FROM INSITU.MODEL_VERSIONS ORDER BY 2";
    assertThat(rows(plain, query)).containsExactly(List.of(1.0, 1));
    constant(driver, "m", 2);
    assertThat(rows(plain, query)).containsExactly(List.of(2.0, 1), List.of(2.0, 2));
    assertThat(one("SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 1))")).isEqualTo(2.0);
  }

  @Test
  void ownVersionsAreSeenInTheTransactionAndGoWithIt() throws SQLException {
    constant(driver, "m", 1);
    String installed = "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 1))";
    driver.setAutoCommit(false);
    constant(driver, "m", 2);
    assertThat(rows(driver, installed)).containsExactly(List.of(2.0));
    assertThat(one(installed)).as("of another session").isEqualTo(1.0);
    driver.rollback();
    driver.setAutoCommit(true);
    assertThat(rows(driver, installed)).containsExactly(List.of(1.0));
    assertThat(one(installed)).isEqualTo(1.0);
  }

  @Test
  void theSchemaOfTheSessionDecides() throws SQLException {
    constant(driver, "m", 1);
    run(driver, "CREATE SCHEMA other");
    constant(driver, "other.m", 2);
    try (PreparedStatement call =
        plain.prepareStatement("SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 1))")) {
      assertThat(read(call)).containsExactly(List.of(1.0));
      run(plain, "SET SCHEMA other");
      assertThat(read(call)).containsExactly(List.of(2.0));
      run(plain, "SET SCHEMA public");
      assertThat(read(call)).containsExactly(List.of(1.0));
    }
    assertThat(one("SELECT ROUND(INSITU.PREDICTION_NUMBER('other.m@1', 1))")).isEqualTo(2.0);
  }

  @Test
  void aUserWithoutRightsOnTheStorePredicts() throws SQLException {
    churn();
    run(plain, "CREATE USER reader PASSWORD 'p'");
    Object expected = one("CALL INSITU.PREDICTION('churn', 30, 'EU')");
    try (Connection reader = DriverManager.getConnection("jdbc:h2:" + database, "reader", "p")) {
      assertThat(rows(reader, "CALL INSITU.PREDICTION('churn', 30, 'EU')"))
          .containsExactly(List.of(expected));
      assertThat(error(reader, "SELECT * FROM INSITU.STORED_MODELS").getSQLState())
          .isEqualTo("90096");
      constant(driver, "m", 1);
      assertThat(rows(reader, "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 1))"))
          .containsExactly(List.of(1.0));
      constant(driver, "m", 2);
      assertThat(rows(reader, "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 1))"))
          .containsExactly(List.of(2.0));
    }
  }

  @Test
  void sessionsOfOneThreadDoNotMix() throws SQLException {
    constant(driver, "m", 1);
    String call = "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', x)) FROM SYSTEM_RANGE(1, 2)";
    try (Connection other = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        Connection another = plain();
        Connection withDriver =
            DriverManager.getConnection(
                "jdbc:insitu:" + other.getMetaData().getURL().substring("jdbc:".length()))) {
      run(other, "CREATE SCHEMA INSITU");
      aliases(other);
      constant(withDriver, "m", 5);
      another.setAutoCommit(false);
      for (int i = 0; i < 3; i++) {
        assertThat(rows(plain, call)).containsExactly(List.of(1.0), List.of(1.0));
        assertThat(rows(other, call)).containsExactly(List.of(5.0), List.of(5.0));
        assertThat(rows(another, call)).containsExactly(List.of(1.0), List.of(1.0));
      }
    }
  }

  @Test
  void standsWhereverAValueMay() throws SQLException {
    churn();
    run(plain, "CREATE TABLE t (id INT PRIMARY KEY, age INT, region VARCHAR, p VARCHAR)");
    run(
        plain,
        "INSERT INTO t SELECT x, MOD(x * 7, 80), CASE WHEN MOD(x, 3) = 0 THEN 'EU' ELSE 'US' END, NULL"
            + " FROM SYSTEM_RANGE(1, 60)");
    String p = "PREDICTION('churn', age, region)";
    for (String query :
        Stream.of(
                "SELECT id, %s FROM t ORDER BY id",
                "SELECT id FROM t WHERE %s = 'yes' ORDER BY %<s, id",
                "SELECT %s, COUNT(*) FROM t GROUP BY %<s ORDER BY 1",
                "SELECT id, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY id) FROM t ORDER BY id",
                "SELECT a.id, COUNT(*) FROM t a JOIN (SELECT %s AS q FROM t) b ON b.q = 'yes' GROUP BY a.id ORDER BY 1",
                "WITH RECURSIVE r(n, q) AS (SELECT 1, CAST('' AS VARCHAR) UNION ALL SELECT n + 1,"
                    + " (SELECT %s FROM t WHERE id = n) FROM r WHERE n < 5) SELECT n, q FROM r ORDER BY n",
                "SELECT id, (SELECT MAX(%s) FROM t u WHERE u.id <= t.id) FROM t ORDER BY id")
            .toList()) {
      assertThat(rows(plain, String.format(Locale.ROOT, query, "INSITU." + p)))
          .as(query)
          .isNotEmpty()
          .isEqualTo(rows(driver, String.format(Locale.ROOT, query, p)));
    }
    run(plain, "UPDATE t SET p = INSITU." + p);
    assertThat(one("SELECT COUNT(*) FROM t WHERE p = INSITU." + p)).isEqualTo(60L);
    run(
        plain,
        "MERGE INTO t USING (SELECT 3 AS k) s ON t.id = s.k WHEN MATCHED THEN UPDATE SET p = '!' || INSITU.PREDICTION('churn', t.age, t.region)");
    assertThat((String) one("SELECT p FROM t WHERE id = 3")).startsWith("!");
    run(plain, "CREATE VIEW v AS SELECT id, INSITU." + p + " AS q FROM t");
    assertThat(one("SELECT COUNT(*) FROM v WHERE q = 'yes'"))
        .isEqualTo(one("SELECT COUNT(*) FROM t WHERE INSITU." + p + " = 'yes'"));
  }

  private Connection plain() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + database, "sa", "");
  }

  private void churn() throws SQLException {
    run(
        driver,
        "CREATE MODEL churn OPTIONS (model_type = 'logistic_reg', input_label_cols = ['churned']) AS"
            + " SELECT CAST(MOD(x * 7, 80) AS INT) AS age, CASE WHEN MOD(x, 3) = 0 THEN 'EU' ELSE 'US' END AS region,"
            + " CASE WHEN MOD(x * 7, 80) + 20 * MOD(x, 3) > 60 THEN 'yes' ELSE 'no' END AS churned"
            + " FROM SYSTEM_RANGE(1, 200)");
  }

  /** Makes a version that predicts a constant. */
  static void constant(Connection driver, String model, int value) throws SQLException {
    run(
        driver,
        "CREATE OR REPLACE MODEL "
            + model
            + " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, "
            + value
            + ".0E0 AS y FROM SYSTEM_RANGE(1, 5)");
  }

  private void refused(String sql, String message) {
    assertThatThrownBy(() -> rows(plain, sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message);
  }

  private static SQLException error(Connection connection, String sql) {
    try {
      rows(connection, sql);
    } catch (SQLException e) {
      return e;
    }
    throw new AssertionError(sql + " works");
  }

  private Object one(String sql) throws SQLException {
    return rows(plain, sql).get(0).get(0);
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<List<Object>> rows(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return read(statement);
    }
  }

  private static List<List<Object>> read(PreparedStatement statement) throws SQLException {
    List<List<Object>> all = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        Object[] row = new Object[width];
        for (int i = 0; i < width; i++) {
          row[i] = result.getObject(i + 1);
        }
        all.add(Arrays.asList(row));
      }
    }
    return all;
  }
}
