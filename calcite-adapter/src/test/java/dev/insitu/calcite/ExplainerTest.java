package dev.insitu.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.jdbc.text.UserRoutines;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static String explain(String sql) throws SQLException {
    return String.join(
        "\n",
        Explainer.explain(
            (MlStatement.Explain)
                StatementReader.read(sql, UserRoutines.NONE).orElseThrow().statements().get(0),
            new CustomersCatalog(),
            List.of()));
  }

  @Test
  void operatorsOfAQueryThatCalciteReads() throws SQLException {
    assertThat(
            explain(
                """
                EXPLAIN PLAN FOR
                SELECT predicted_churned, COUNT(*) AS n
                FROM PREDICT(MODEL => 'churn', DATA => (SELECT * FROM customers
                  WHERE age > ?)) AS p
                JOIN customers AS c ON c.id = p.id
                GROUP BY predicted_churned"""))
        .isEqualTo(
            """
            LogicalAggregate(group=[{0}], N=[COUNT()])
              LogicalProject(PREDICTED_CHURNED=[$2])
                LogicalJoin(condition=[=($3, $0)], joinType=[inner])
                  LogicalPredict(model=[PUBLIC.CHURN@1], engine=[ONNX Runtime], inputs=[[AGE]])
                    Opaque(sql=[SELECT * FROM customers WHERE age > ?])
                  LogicalProject(ID=[$0])
                    LogicalTableScan(table=[[PUBLIC, CUSTOMERS]])
            Route: A (the database runs the statement and reads the predictions as tables)
            SQL:
              SELECT predicted_churned, COUNT(*) AS n
              FROM PREDICT_1 AS p
              JOIN customers AS c ON c.id = p.id
              GROUP BY predicted_churned""");
  }

  @Test
  void conditionsWithParametersAndColumnsOfOneTableMove() throws SQLException {
    assertThat(
            explain(
                "EXPLAIN PLAN FOR SELECT predicted_churned FROM PREDICT(MODEL => 'churn', DATA =>"
                    + " (SELECT * FROM customers WHERE age > ?)) AS p WHERE p.age <= ? AND id IN"
                    + " (?, -7) AND p.id <> p.age AND age / id > ? AND id > 'x'"))
        .startsWith(
            """
            LogicalProject(PREDICTED_CHURNED=[$2])
              LogicalFilter(condition=[AND(>(/($1, $0), ?2), H2[ID > 'x']($0))])
                LogicalPredict(model=[PUBLIC.CHURN@1], engine=[ONNX Runtime], inputs=[[AGE]])
                  Opaque(sql=[SELECT "ID", "AGE" FROM (SELECT * FROM customers WHERE age > ?)\
             WHERE ("AGE" <= ?) AND ("ID" IN (?, -7)) AND ("ID" <> "AGE")])
            """);
  }

  @Test
  void statementThatOnlyTheDatabaseReads() throws SQLException {
    assertThat(
            explain(
                "EXPLAIN SELECT TOP 3 IFNULL(id, 0) FROM PREDICT(MODEL => 'churn', DATA => TABLE"
                    + " customers)"))
        .isEqualTo(
            """
            H2Statement(statement=[SELECT])
              Opaque(sql=[SELECT "ID" FROM customers])
            Route: A (the database runs the statement and reads the predictions as tables)
            SQL:
              SELECT TOP 3 IFNULL(id, 0) FROM PREDICT_1""");
  }

  @Test
  void scalarPredictionsAreFunctions() throws SQLException {
    assertThat(explain("EXPLAIN SELECT id FROM customers WHERE PREDICTION('churn', age) = 'yes'"))
        .isEqualTo(
            """
            LogicalProject(ID=[$0])
              LogicalFilter(condition=[=(PREDICTION_1($1), 'yes')])
                LogicalTableScan(table=[[PUBLIC, CUSTOMERS]])
            PREDICTION_1(model=[PUBLIC.CHURN@1], engine=[ONNX Runtime], inputs=[AGE])
            Route: A (the database runs the statement and reads the predictions as tables)
            SQL:
              SELECT id FROM customers WHERE PREDICTION_1(age) = 'yes'""");
  }

  @Test
  void nestedPredictionsAreBelowTheInputThatNamesThem() throws SQLException {
    assertThat(
            explain(
                "EXPLAIN INSERT INTO t SELECT * FROM PREDICT(MODEL => 'churn', DATA => (SELECT id,"
                    + " age FROM PREDICT(MODEL => 'churn', DATA => TABLE customers)))"))
        .isEqualTo(
            """
            H2Statement(statement=[INSERT])
              LogicalPredict(model=[PUBLIC.CHURN@1], engine=[ONNX Runtime], inputs=[[AGE]])
                Opaque(sql=[SELECT id, age FROM PREDICT_2])
                  Opaque(sql=[SELECT * FROM customers])
            Route: A (the database runs the statement and reads the predictions as tables)
            SQL:
              INSERT INTO t SELECT * FROM PREDICT_1""");
  }

  @Test
  void reportsAndTraining() throws SQLException {
    assertThat(explain("EXPLAIN SELECT * FROM ML.EVALUATE(MODEL churn)"))
        .startsWith(
            """
            LogicalProject(PREDICTED_CHURNED=[$0])
              ModelReport(function=[ML.EVALUATE], model=[PUBLIC.CHURN@1])
            Route: A""");
    assertThat(
            explain(
                "EXPLAIN CREATE MODEL m OPTIONS (model_type = 'linear_reg') AS\n  SELECT age, id\n"
                    + "  FROM customers"))
        .isEqualTo(
            """
            CreateModel(model=[m], options=[model_type = 'linear_reg'])
              Opaque(sql=[SELECT age, id FROM customers])""");
  }
}
