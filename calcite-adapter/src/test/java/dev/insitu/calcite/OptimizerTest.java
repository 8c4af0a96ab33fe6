package dev.insitu.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.jdbc.text.UserRoutines;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A plan is used again as long as the text, the schema, the model's version and all else that it
 * was made of are the same, and no longer. That it is used again is told by its identity.
 */
class OptimizerTest {
  private static final String SQL =
      "SELECT id FROM PREDICT(MODEL => 'churn', DATA => (SELECT id, age FROM customers)) WHERE"
          + " predicted_churned = 'yes' AND age > 3";

  private final Optimizer optimizer = new Optimizer();
  private final CustomersCatalog database = new CustomersCatalog();

  private Map<TableCall, NarrowedInput> plan(String sql) throws SQLException {
    MlStatement statement =
        StatementReader.read(sql, UserRoutines.NONE).orElseThrow().statements().get(0);
    SqlTemplate template = ((MlStatement.Predicting) statement).template();
    return optimizer.inputs(template, true, database);
  }

  @Test
  void aPlanIsUsedAgainWhileNothingHasChanged() throws SQLException {
    Map<TableCall, NarrowedInput> first = plan(SQL);
    assertThat(first).isNotEmpty();
    assertThat(plan(SQL)).isSameAs(first);
    assertThat(plan(SQL.replace("> 3", "> 4"))).isNotSameAs(first);
    assertThat(plan(SQL)).as("both texts are known").isSameAs(first);
  }

  @Test
  void anotherVersionOfTheModelHasAPlanOfItsOwn() throws SQLException {
    Map<TableCall, NarrowedInput> first = plan(SQL);
    database.version = 2;
    Map<TableCall, NarrowedInput> second = plan(SQL);
    assertThat(second).isNotSameAs(first);
    assertThat(plan(SQL)).isSameAs(second);
    database.added = new ColumnSpec("PREDICTED_LEFT", ColumnType.INTEGER, "INTEGER", true);
    assertThat(plan(SQL)).isNotSameAs(second);
  }

  @Test
  void anotherSchemaHasAPlanOfItsOwn() throws SQLException {
    Map<TableCall, NarrowedInput> first = plan(SQL);
    database.schema = "OTHER";
    assertThat(plan(SQL)).isNotSameAs(first);
    database.schema = "PUBLIC";
    assertThat(plan(SQL)).isSameAs(first);
  }
}
