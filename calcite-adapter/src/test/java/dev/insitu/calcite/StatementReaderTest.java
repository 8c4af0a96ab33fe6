package dev.insitu.calcite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.function.OptionValue;
import dev.insitu.jdbc.text.UserRoutines;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementReaderTest {
  private static SqlScript script(String sql) {
    return StatementReader.read(sql, UserRoutines.NONE).orElseThrow();
  }

  private static MlStatement one(String sql) {
    SqlScript script = script(sql);
    assertThat(script.statements()).hasSize(1);
    return script.statements().get(0);
  }

  private static MlStatement.Predicting predicting(String sql) {
    return (MlStatement.Predicting) one(sql);
  }

  private static TableCall tableCall(String sql) {
    return predicting(sql).template().tableCalls().get(0);
  }

  /** A text with each call written as {@code <name>} and its arguments' parameters. */
  private static SqlText render(SqlTemplate template) {
    return template.render(call -> SqlText.of("<" + call.functionName() + ">"));
  }

  private static ModelText model(String... parts) {
    return new ModelText(List.of(parts), ModelText.DEFAULT_VERSION);
  }

  private static SqlText data(String call) {
    return render(tableCall("SELECT * FROM " + call).query());
  }

  @Test
  void createModelKeepsItsQueryVerbatim() {
    String sql =
        """
        CREATE OR REPLACE MODEL Sales."Churn"
          OPTIONS (Model_Type = 'logistic_reg', input_label_cols = ['a', 'it''s'], l2_reg = -1.5e-3,
            warm = TRUE, none = NULL, class_weights = [STRUCT('yes' AS label, 2)], m = MAP['k', 1],
            arr = ARRAY[1, 2])
          AS SELECT TOP 5 IFNULL(a, 0) -- comment
             FROM t WHERE b = ? AND x = 'AS'""";
    MlStatement.CreateModel create = (MlStatement.CreateModel) one(sql);
    assertThat(create.model()).isEqualTo(model("Sales", "\"Churn\""));
    assertThat(create.orReplace()).isTrue();
    assertThat(create.ifNotExists()).isFalse();
    assertThat(create.sql()).isEqualTo(sql);
    assertThat(render(create.query()))
        .isEqualTo(
            new SqlText(
                """
                SELECT TOP 5 IFNULL(a, 0) -- comment
                     FROM t WHERE b = ? AND x = 'AS'""",
                List.of(0)));
    Map<String, OptionValue> options = create.options();
    assertThat(options.keySet())
        .containsExactly(
            "model_type",
            "input_label_cols",
            "l2_reg",
            "warm",
            "none",
            "class_weights",
            "m",
            "arr");
    assertThat(options.get("model_type")).isEqualTo(new OptionValue.Text("logistic_reg"));
    assertThat(options.get("input_label_cols"))
        .isEqualTo(
            new OptionValue.Items(
                List.of(new OptionValue.Text("a"), new OptionValue.Text("it's"))));
    assertThat(options.get("l2_reg")).isEqualTo(new OptionValue.Numeric(new BigDecimal("-0.0015")));
    assertThat(options.values().stream().map(OptionValue::toSql))
        .contains("[STRUCT('yes' AS \"label\", 2)]", "[1, 2]");
  }

  @Test
  void createModelTakesAnyQueryAndMissingOptions() {
    MlStatement.CreateModel create =
        (MlStatement.CreateModel)
            one("CREATE MODEL IF NOT EXISTS m AS WITH a AS (SELECT 1 AS x) SELECT * FROM a");
    assertThat(create.ifNotExists()).isTrue();
    assertThat(create.options()).isEmpty();
    assertThat(render(create.query()).sql()).isEqualTo("WITH a AS (SELECT 1 AS x) SELECT * FROM a");
    assertThat(one("CREATE MODEL m OPTIONS () AS TABLE t"))
        .isInstanceOf(MlStatement.CreateModel.class);
  }

  @Test
  void wordsThatCalciteReservesAreNames() {
    assertThat(one("DROP MODEL value")).isEqualTo(drop("value"));
    assertThat(one("DROP MODEL rank")).isEqualTo(drop("rank"));
    assertThat(one("DROP MODEL `Back`")).isEqualTo(drop("\"Back\""));
  }

  private static MlStatement drop(String name) {
    return new MlStatement.DropModel(model(name), false, OptionalInt.empty(), false);
  }

  @Test
  void alterModelMovesAliasesAndTheDefaultVersion() {
    assertThat(one("ALTER MODEL m SET ALIAS champion = VERSION 3"))
        .isEqualTo(
            new MlStatement.AlterModel(model("m"), false, new ModelChange.SetAlias("champion", 3)));
    assertThat(one("alter model if exists s.\"m\" set alias \"Best one\"=version 12"))
        .isEqualTo(
            new MlStatement.AlterModel(
                model("s", "\"m\""), true, new ModelChange.SetAlias("\"Best one\"", 12)));
    assertThat(one("ALTER MODEL m DROP ALIAS champion;"))
        .isEqualTo(
            new MlStatement.AlterModel(
                model("m"), false, new ModelChange.DropAlias("champion", false)));
    assertThat(one("ALTER MODEL IF EXISTS m DROP ALIAS IF EXISTS alias"))
        .isEqualTo(
            new MlStatement.AlterModel(model("m"), true, new ModelChange.DropAlias("alias", true)));
    assertThat(one("ALTER MODEL rename SET DEFAULT VERSION 2"))
        .isEqualTo(
            new MlStatement.AlterModel(model("rename"), false, new ModelChange.SetDefault(2)));
    assertThat(one("ALTER MODEL if SET DEFAULT VERSION 2"))
        .isEqualTo(new MlStatement.AlterModel(model("if"), false, new ModelChange.SetDefault(2)));
  }

  @Test
  void shortStatements() {
    assertThat(one("DROP MODEL IF EXISTS s.m VERSION 3 CASCADE"))
        .isEqualTo(new MlStatement.DropModel(model("s", "m"), true, OptionalInt.of(3), true));
    assertThat(one("SHOW MODELS;")).isEqualTo(new MlStatement.ShowModels(null));
    assertThat(one("SHOW MODELS LIKE 'a%'")).isEqualTo(new MlStatement.ShowModels("a%"));
    assertThat(one("DESCRIBE MODEL m")).isEqualTo(new MlStatement.DescribeModel(model("m")));
    assertThat(one("SHOW CREATE MODEL m VERSION 2"))
        .isEqualTo(
            new MlStatement.ShowCreateModel(
                new ModelText(List.of("m"), new ModelReference.Selector.Version(2))));
    assertThat(one("EXPORT MODEL m ALIAS champion TO 'x''y.onnx'"))
        .isEqualTo(
            new MlStatement.ExportModel(
                new ModelText(List.of("m"), new ModelReference.Selector.Alias("champion")),
                "x'y.onnx"));
  }

  @Test
  void predictInTheStandardsForm() {
    TableCall call =
        tableCall(
            "SELECT p.a FROM PREDICT(MODEL => 's.churn@2', DATA => TABLE s.t, threshold => 0.3,"
                + " probabilities => TRUE, missing => 'impute') AS p WHERE 1 = 1");
    assertThat(call.function()).isEqualTo(TableFunction.PREDICT);
    assertThat(call.model())
        .isEqualTo(new ModelText(List.of("s", "churn"), new ModelReference.Selector.Version(2)));
    assertThat(call.options())
        .containsOnlyKeys("threshold", "probabilities", "missing")
        .containsEntry("probabilities", new OptionValue.Truth(true));
  }

  @Test
  void predictInBigQuerysForm() {
    TableCall call =
        tableCall(
            "SELECT * FROM ML.PREDICT(MODEL `churn` VERSION 1, (SELECT a, b FROM t WHERE c = ?),"
                + " STRUCT(0.55 AS threshold))");
    assertThat(call.model())
        .isEqualTo(new ModelText(List.of("\"churn\""), new ModelReference.Selector.Version(1)));
    assertThat(call.options())
        .containsExactly(Map.entry("threshold", new OptionValue.Numeric(new BigDecimal("0.55"))));
    assertThat(tableCall("SELECT * FROM ML.EVALUATE(MODEL m)").data()).isNull();
    assertThat(tableCall("SELECT * FROM ML.WEIGHTS(MODEL m)").function())
        .isEqualTo(TableFunction.WEIGHTS);
  }

  @Test
  void trainTakesTargetAndOptions() {
    TableCall call =
        tableCall(
            "SELECT * FROM TRAIN(MODEL => 'churn', DATA => TABLE customers, TARGET =>"
                + " DESCRIPTOR(\"Churned\"), OPTIONS => MAP['model_type', 'linear_reg', 'l1', 2])");
    assertThat(call.targets()).containsExactly("\"Churned\"");
    assertThat(call.options()).containsOnlyKeys("model_type", "l1");
  }

  @Test
  void dataInAllItsForms() {
    assertThat(data("PREDICT(MODEL => 'm', DATA => TABLE s.\"T\")").sql())
        .isEqualTo("SELECT * FROM s.\"T\"");
    assertThat(data("PREDICT(MODEL => 'm', DATA => TABLE(t))").sql()).isEqualTo("SELECT * FROM t");
    assertThat(data("PREDICT(MODEL => 'm', DATA => TABLE(SELECT 1))").sql()).isEqualTo("SELECT 1");
    assertThat(data("PREDICT(MODEL => 'm', DATA => (SELECT a, ')' FROM t /* , */))").sql())
        .isEqualTo("SELECT a, ')' FROM t");
    assertThat(data("PREDICT(MODEL => 'm', DATA => (SELECT 1) UNION (SELECT 2))").sql())
        .isEqualTo("(SELECT 1) UNION (SELECT 2)");
    assertThat(data("PREDICT(MODEL m, TABLE t)").sql()).isEqualTo("SELECT * FROM t");
  }

  @Test
  void parametersAreFollowedIntoInputAndRest() {
    String sql =
        "SELECT ?, PREDICTION('m', ? + 1, c) FROM PREDICT(MODEL => 'n', DATA => (SELECT * FROM t"
            + " WHERE a = ? AND b = ?)) WHERE d = ?";
    SqlTemplate template = predicting(sql).template();
    assertThat(script(sql).parameterCount()).isEqualTo(5);
    assertThat(render(template).parameters()).containsExactly(0, 4);
    assertThat(render(template.tableCalls().get(0).query()).parameters()).containsExactly(2, 3);
    ScalarCall scalar = template.scalarCalls().get(0);
    assertThat(render(scalar.arguments().get(0).expression()))
        .isEqualTo(new SqlText("? + 1", List.of(1)));
    assertThat(scalar.arguments().get(0).column()).isNull();
    assertThat(scalar.arguments().get(1).column()).isEqualTo("c");
    assertThat(
            template
                .render(
                    call ->
                        call instanceof ScalarCall s
                            ? render(s.arguments().get(0).expression()).enclosed("F(", ")")
                            : SqlText.of("P1"))
                .parameters())
        .containsExactly(0, 1, 4);
  }

  @Test
  void numberedParametersBecomePlainOnes() {
    String sql = "SELECT ?2 FROM PREDICT(MODEL => 'n', DATA => (SELECT ?1, ?2)) WHERE d = ?2";
    SqlTemplate template = predicting(sql).template();
    assertThat(script(sql).parameterCount()).isEqualTo(2);
    assertThat(render(template))
        .isEqualTo(new SqlText("SELECT ? FROM <PREDICT> WHERE d = ?", List.of(1, 1)));
    assertThat(render(template.tableCalls().get(0).query()).parameters()).containsExactly(0, 1);
  }

  @Test
  void tableAroundACallIsReplacedWithIt() {
    assertThat(
            render(
                    predicting(
                            "SELECT * FROM TABLE(PREDICT(MODEL => 'm', DATA => TABLE t)) AS p,"
                                + " u WHERE p.a = u.a")
                        .template())
                .sql())
        .isEqualTo("SELECT * FROM <PREDICT> AS p, u WHERE p.a = u.a");
  }

  @Test
  void predictionsNest() {
    TableCall outer =
        tableCall(
            "SELECT * FROM PREDICT(MODEL => 'a', DATA => (SELECT x, PREDICTION('b', x) AS y FROM"
                + " PREDICT(MODEL => 'c', DATA => TABLE t)))");
    assertThat(outer.query().calls()).hasSize(2);
    ScalarCall scalar =
        predicting("SELECT PREDICTION('a', PREDICTION('b', x), y) FROM t")
            .template()
            .scalarCalls()
            .get(0);
    assertThat(scalar.arguments().get(0).expression().scalarCalls()).hasSize(1);
  }

  @Test
  void inputThatNamesACteTakesTheListWithIt() {
    assertThat(
            render(
                predicting(
                        "WITH a AS (SELECT * FROM t WHERE i > ?), unused AS (SELECT 1), b(i) AS"
                            + " (SELECT i FROM A) SELECT * FROM ML.PREDICT(MODEL m, TABLE b)")
                    .template()
                    .tableCalls()
                    .get(0)
                    .query()))
        .isEqualTo(
            new SqlText(
                "WITH a AS (SELECT * FROM t WHERE i > ?), b(i) AS (SELECT i FROM A)"
                    + " (SELECT * FROM b)",
                List.of(0)));
  }

  @Test
  void recursiveQueryCannotFeedItself() {
    assertThatThrownBy(
            () ->
                script(
                    "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM"
                        + " PREDICT(MODEL => 'm', DATA => TABLE r)) SELECT * FROM r"))
        .hasMessageStartingWith(
            "ML007: cannot run a prediction over r: its input is the recursive query that is being"
                + " defined");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT PREDICTION('m', 1) | QUERY | SELECT",
        "(SELECT PREDICTION('m', 1)) | QUERY | SELECT",
        "WITH a AS (SELECT 1) SELECT PREDICTION('m', 1) | QUERY | SELECT",
        "CALL PREDICTION('m', 1) | QUERY | CALL",
        "INSERT INTO t SELECT PREDICTION('m', 1) | CHANGE | INSERT",
        "DELETE FROM t WHERE PREDICTION('m', 1) = 1 | CHANGE | DELETE",
        "CREATE TABLE t AS SELECT PREDICTION('m', 1) AS p | COMMAND | CREATE TABLE",
        "CREATE TABLE t(a INT DEFAULT PREDICTION('m', 1)) | KEEPS_VALUES | CREATE TABLE",
        "CREATE OR REPLACE FORCE VIEW v AS SELECT PREDICTION('m', 1) | KEEPS_QUERY | CREATE VIEW",
        "CREATE MATERIALIZED VIEW v AS SELECT PREDICTION('m', 1) | KEEPS_QUERY | CREATE MATERIALIZED VIEW",
        "ALTER TABLE t ADD CHECK (PREDICTION('m', a) > 0) | KEEPS_VALUES | ALTER TABLE",
        "SET @x = PREDICTION('m', 1) | COMMAND | SET"
      })
  void statementsByWhatTheyAreToTheCaller(String sql, MlStatement.Kind kind, String verb) {
    MlStatement.Predicting statement = predicting(sql);
    assertThat(statement.kind()).isEqualTo(kind);
    assertThat(statement.verb()).isEqualTo(verb);
  }

  @Test
  void severalStatementsKeepTheirOrder() {
    SqlScript script = script("SELECT ';', ?; SHOW MODELS ; ; SELECT PREDICTION('m', ?);");
    assertThat(script.statements()).hasSize(3);
    assertThat(script.statements().get(0))
        .isEqualTo(new MlStatement.Plain(new SqlText("SELECT ';', ?", List.of(0))));
    assertThat(script.parameterCount()).isEqualTo(2);
  }

  @Test
  void explainWithAndWithoutPlanFor() {
    assertThat(one("EXPLAIN PLAN FOR SELECT PREDICTION('m', 1)"))
        .isInstanceOf(MlStatement.Explain.class);
    assertThat(((MlStatement.Explain) one("EXPLAIN CREATE MODEL m AS SELECT 1")).statement())
        .isInstanceOf(MlStatement.CreateModel.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE MODEL AS SELECT 1 | ML001: syntax error: line 1, column 14: found \"AS\", expected a name",
        "CREATE MODEL m OPTION (a = 1) AS SELECT 1 | ML001: syntax error: line 1, column 16: found \"OPTION\", expected \".\" or AS or FROM or OPTIONS",
        "CREATE MODEL m AS | ML001: syntax error: line 1, column 18: found the end of the statement, expected a query",
        "CREATE MODEL m AS SELCT 1 | ML001: syntax error: line 1, column 19: found \"SELCT\", expected a query",
        "CREATE MODEL m OPTIONS (a = b) AS SELECT 1 | ML001: syntax error: line 1, column 29: found \"b\"",
        "CREATE MODEL m OPTIONS (a = 1, A = 2) AS SELECT 1 | ML001: syntax error: option \"A\" is given twice",
        "CREATE MODEL m FROM FILE x.onnx | ML001: syntax error: line 1, column 26: found \"x\"",
        "CREATE MODEL m FROM | ML001: syntax error: line 1, column 20: found the end of the statement",
        "CREATE MODEL m FROM (a.onnx) | ML001: syntax error: line 1, column 22: found \"a\", expected a query",
        "CREATE MODEL m FROM FILE 'x.onnx' OPTION (a = 1) | ML001: syntax error: line 1, column 35: found \"OPTION\"",
        "ALTER MODEL m RENAME TO n | ML002: ALTER MODEL … RENAME is not yet supported",
        "ALTER MODEL s.m SET OPTIONS (a = 1) | ML002: ALTER MODEL … SET OPTIONS is not yet supported",
        "ALTER MODEL IF EXISTS m ROLLBACK | ML002: ALTER MODEL … ROLLBACK is not yet supported",
        "ALTER MODEL m | ML001: syntax error: line 1, column 14: found the end of the statement, expected \".\" or DROP or SET",
        "ALTER MODEL m SET ALIAS = VERSION 3 | ML001",
        "ALTER MODEL m SET ALIAS a = 3 | ML001: syntax error: line 1, column 29: found \"3\", expected VERSION",
        "ALTER MODEL m SET ALIAS 3 = VERSION 3 | ML001",
        "ALTER MODEL m SET ALIAS \"3\" = VERSION 3 | ML018: \"3\" cannot be the name of an alias",
        "ALTER MODEL m SET ALIAS a = VERSION 99999999999 | ML015",
        "ALTER MODEL m SET VERSION 3 | ML001: syntax error: line 1, column 19: found \"VERSION\", expected ALIAS or DEFAULT",
        "ALTER MODEL m DROP VERSION 3 | ML001: syntax error: line 1, column 20: found \"VERSION\", expected ALIAS",
        "ALTER MODEL m SET DEFAULT VERSION 3 CASCADE | ML001: syntax error: line 1, column 37: found \"CASCADE\"",
        "GRANT PREDICT ON MODEL m TO u | ML002: GRANT … ON MODEL is not yet supported",
        "DROP MODEL | ML001: syntax error: line 1, column 11: found the end of the statement, expected",
        "DROP MODEL a.b.c | ML015: cannot read model name a.b.c: it has 3 parts",
        "EXPORT MODEL m 'f' | ML001: syntax error: line 1, column 16: found \"'f'\", expected \".\" or ALIAS or TO or VERSION",
        "SELECT * FROM PREDICT(MODEL => ?, DATA => TABLE t) | ML014: the model of PREDICT must be a literal name, but ? was given",
        "SELECT PREDICTION(a, 1) FROM t | ML014: the model of PREDICTION must be a literal name, but a was given",
        "SELECT * FROM PREDICT(MODEL => 'a b', DATA => TABLE t) | ML015: cannot read model name 'a b': expected",
        "SELECT * FROM PREDICT(MODEL => 'm') | ML026: PREDICT: argument DATA is missing",
        "SELECT * FROM PREDICT(DATA => TABLE t) | ML026: PREDICT: argument MODEL is missing",
        "SELECT * FROM PREDICT(MODEL => 'm', DATA => t) | ML026: PREDICT: the data must be TABLE name or a query in parentheses, but \"t\" was given",
        "SELECT * FROM PREDICT(MODEL => 'm', DATA => ?) | ML026: PREDICT: the data must be TABLE name or a query in parentheses, but \"?\" was given",
        "SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t, x => ?) | ML026: PREDICT: argument x must be a literal",
        "SELECT * FROM ML.WEIGHTS(MODEL m, TABLE t) | ML026: ML.WEIGHTS: it takes no data",
        "SELECT * FROM ML.EVALUTE(MODEL m) | ML001: syntax error: line 1, column 15: function ML.EVALUTE does not exist",
        "SELECT * FROM ML.FORECAST(MODEL m) | ML002: ML.FORECAST is not yet supported",
        "SELECT PREDICT(MODEL => 'm', DATA => TABLE t) | ML007: cannot run PREDICT: it is a table function",
        "SELECT * FROM a, TRAIN(MODEL => 'm', DATA => TABLE t) | ML007: cannot run TRAIN: it must stand alone in FROM",
        "SELECT PREDICTION_PROBABILITY('m', c, 1) FROM t | ML026: PREDICTION_PROBABILITY: the class must be a literal, but \"c\" was given",
        "SELECT PREDICTION('m', 'x | ML001: syntax error: line 1, column 24: quoted text does not end",
        "SELECT PREDICTION('m', | ML001: syntax error: line 1, column 18: \"(\" of PREDICTION is not closed",
        "SELECT PREDICTION() | ML001: syntax error: line 1, column 19: found \")\", expected the name of a model",
        "SELECT PREDICTION('m', 1, ) | ML001: syntax error: line 1, column 27: found \")\", expected an argument of PREDICTION",
        "EXPLAIN ANALYZE SELECT PREDICTION('m', 1) | ML002: EXPLAIN ANALYZE of a prediction is not yet supported"
      })
  void mistakesAreNamed(String sql, String message) {
    assertThatThrownBy(() -> script(sql)).hasMessageStartingWith(message);
  }

  @Test
  void mistypedKeywordsAreHinted() {
    assertThatThrownBy(() -> script("CREATE MODEL m\n  OPTION (a = 1) AS SELECT 1"))
        .hasMessage(
            "ML001: syntax error: line 2, column 3: found \"OPTION\", expected \".\" or AS or"
                + " FROM or OPTIONS\nHint: Did you mean OPTIONS?");
  }
}
