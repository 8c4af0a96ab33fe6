package dev.insitu.jdbc.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnStatementsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE MODEL m OPTIONS (model_type = 'linear_reg') AS SELECT 1",
        "create or replace model m as select 1",
        "/* c */ DROP -- x\n MODEL m",
        "ALTER MODEL m RENAME TO n",
        "SHOW MODELS",
        "SHOW CREATE MODEL m",
        "DESCRIBE MODEL m",
        "EXPORT MODEL m TO 'f'",
        "GRANT PREDICT ON MODEL m TO bob",
        "REVOKE READ, TRAIN ON MODEL m FROM bob",
        "SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t)",
        "SELECT * FROM TABLE(PREDICT(MODEL => 'm', DATA => TABLE t)) p",
        "SELECT * FROM ML.EVALUATE(MODEL m)",
        "SELECT * FROM ml . predict (MODEL m, TABLE t)",
        "SELECT * FROM a JOIN PREDICT(MODEL => 'm', DATA => TABLE t) p ON a.i = p.i",
        "SELECT * FROM a x, PREDICT(MODEL => 'm', DATA => TABLE t) p",
        "SELECT * FROM (PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN b ON TRUE)",
        "MERGE INTO t USING PREDICT(MODEL => 'm', DATA => TABLE s) p ON p.i = t.i"
            + " WHEN MATCHED THEN UPDATE SET a = 1",
        "SELECT PREDICTION('m', a, b) FROM t",
        "SELECT 1 FROM t WHERE PREDICTION_PROBABILITY('m', 'yes', a) > 0.5",
        "UPDATE t SET a = PREDICTION('m', a)",
        "SELECT f(PREDICTION('m', a)), b FROM t",
        "SELECT CASE WHEN a THEN PREDICTION('m', b) END FROM t",
        "SELECT a FROM t WHERE a IS DISTINCT FROM PREDICTION('m', b)",
        "SELECT * FROM INSITU.PREDICT(MODEL => 'm', DATA => TABLE t)",
        "EXPLAIN SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t)",
        "EXPLAIN PLAN FOR SELECT PREDICTION('m', 1)",
        "SELECT 1; SHOW MODELS; SELECT 2",
        "SELECT PREDICT(MODEL => 'm', DATA => TABLE t)",
        "CREATE VIEW v AS SELECT PREDICTION('m', a) FROM t",
        "CREATE TABLE x(a INT, b INT GENERATED ALWAYS AS (PREDICTION('m', a)))",
        "SELECT (SELECT MAX(p) FROM PREDICT(MODEL => 'm', DATA => TABLE t)) FROM u",
        "FROM PREDICT(MODEL => 'm', DATA => TABLE t) SELECT *",
        "INSERT INTO t VALUES (1, PREDICTION('m', 2))"
      })
  void areOurs(String sql) {
    assertThat(OwnStatements.any(sql, UserRoutines.NONE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "SELECT 1",
        "SELECT model FROM t",
        "SELECT model, models, ml, train FROM predict",
        "SELECT 'CREATE MODEL m', 'PREDICT(MODEL => ''m'')' FROM t",
        "SELECT * FROM t -- , PREDICT(MODEL => 'm', DATA => TABLE t)",
        "SELECT * FROM t // PREDICT(MODEL => 'm')",
        "SELECT /* /* PREDICTION('m', 1) */ PREDICTION('m', 1) */ 1",
        "SELECT $$ FROM PREDICT(MODEL => 'm', DATA => TABLE t) $$",
        "SELECT \"PREDICTION\"('m', 1)",
        "SELECT * FROM \"PREDICT\"(1)",
        "SELECT * FROM `PREDICT`(1)",
        "SELECT s.PREDICTION('m', 1)",
        "SELECT * FROM s.predict(1)",
        "CREATE TABLE prediction (id INT)",
        "CREATE TABLE model (model INT, prediction INT, train INT)",
        "CREATE TABLE t (prediction DOUBLE PRECISION)",
        "INSERT INTO prediction (a, b) VALUES (1, 2)",
        "INSERT INTO predict(a) VALUES (1)",
        "UPDATE prediction SET a = 1",
        "CREATE INDEX i ON prediction(a)",
        "CREATE UNIQUE INDEX IF NOT EXISTS prediction ON prediction (a)",
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES prediction(a)",
        "WITH prediction(a) AS (SELECT 1) SELECT * FROM prediction",
        "WITH b AS (SELECT 1), prediction(a) AS (SELECT 1) SELECT * FROM prediction",
        "WITH predict(a) AS (SELECT 1) SELECT * FROM predict",
        "SELECT * FROM t prediction(a, b)",
        "SELECT * FROM t AS predict(a, b)",
        "SELECT predict(a) FROM t",
        "SELECT a, train(b) FROM t",
        "CREATE ALIAS PREDICT FOR 'java.lang.Math.sqrt'",
        "CREATE ALIAS PREDICTION AS $$ double f(double x) { return x; } $$",
        "DROP ALIAS PREDICTION",
        "GRANT SELECT ON model TO bob",
        "GRANT predict TO bob",
        "SHOW TABLES",
        "SHOW COLUMNS FROM model",
        "EXPLAIN SELECT model FROM t",
        "SELECT EXTRACT(YEAR FROM predict) FROM t",
        "SELECT TRIM(BOTH 'x' FROM predict(a)) FROM t",
        "DELETE FROM predict WHERE model = 1",
        "MERGE INTO prediction(a) KEY(a) VALUES (1)",
        "SELECT 'it''s' AS model, U&\"mod\\0065l\" FROM t",
        "CALL train(1)",
        "SELECT 'unterminated PREDICTION('",
        "SET @model = 1",
        "SELECT x::INT, ?1, ml.a FROM ml"
      })
  void areTheDatabases(String sql) {
    assertThat(OwnStatements.any(sql, UserRoutines.NONE)).isFalse();
  }

  @Test
  void usersOwnFunctionWinsUnlessCalledWithModel() {
    UserRoutines routines = (schema, name) -> true;
    assertThat(OwnStatements.any("SELECT * FROM PREDICT(1)", routines)).isFalse();
    assertThat(OwnStatements.any("SELECT PREDICTION('m', 1)", routines)).isFalse();
    assertThat(OwnStatements.any("SELECT * FROM ml.evaluate(1)", routines)).isFalse();
    assertThat(OwnStatements.any("SELECT * FROM INSITU.PREDICT('m', 'x')", routines)).isFalse();
    assertThat(OwnStatements.any("SELECT * FROM INSITU.PREDICT(MODEL => 'm')", routines)).isTrue();
    assertThat(OwnStatements.any("SELECT * FROM PREDICT(MODEL => 'm')", routines)).isTrue();
    assertThat(OwnStatements.any("SELECT * FROM ML.PREDICT(MODEL m)", routines)).isTrue();
    assertThat(OwnStatements.any("SELECT PREDICTION(MODEL => 'm', 1)", routines)).isTrue();
  }

  @Test
  void installingIsOursUntilItIsTheDatabases() {
    for (String sql : List.of("CALL INSITU.INSTALL()", " {call insitu . install ( )}")) {
      assertThat(OwnStatements.any(sql.replace("{", "").replace("}", ""), UserRoutines.NONE))
          .isTrue();
      assertThat(OwnStatements.mayBe(sql)).isTrue();
      assertThat(OwnStatements.any(sql, (schema, name) -> true)).isFalse();
    }
    assertThat(OwnStatements.any("CALL INSITU.INSTALL(1)", UserRoutines.NONE)).isFalse();
    assertThat(OwnStatements.any("CALL INSITU.HELP()", UserRoutines.NONE)).isFalse();
  }

  @Test
  void routinesAreAskedOnlyForOurNames() {
    List<String> asked = new java.util.ArrayList<>();
    UserRoutines routines = (schema, name) -> asked.add(schema + "." + name);
    assertThat(OwnStatements.any("SELECT model, f(1) FROM t", routines)).isFalse();
    assertThat(asked).isEmpty();
    assertThat(OwnStatements.any("SELECT InSitu.prediction('m', 1)", routines)).isFalse();
    assertThat(asked).containsExactly("InSitu.prediction");
  }
}
