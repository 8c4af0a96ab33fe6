package dev.insitu.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.jdbc.text.UserRoutines;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A plan is used again as long as the text, the schema, the model's version and all else that it
 * was made of are the same, and no longer. That it is used again is told by its identity.
 */
class OptimizerTest {
  private static final String SQL =
      "SELECT id FROM PREDICT(MODEL => 'churn', DATA => (SELECT id, age FROM customers)) WHERE"
          + " predicted_churned = 'yes' AND age > 3";

  /** A database with a table CUSTOMERS(ID, AGE) and a model CHURN of one input. */
  private static final class Changing implements PlanCatalog {
    private static final ColumnSpec ID = number("ID");
    private static final ColumnSpec AGE = number("AGE");

    String schema = "PUBLIC";
    int version = 1;
    ColumnSpec added = number("PREDICTED_CHURNED");

    static ColumnSpec number(String name) {
      return new ColumnSpec(name, ColumnType.INTEGER, "INTEGER", true);
    }

    @Override
    public Optional<List<ColumnSpec>> columns(String schema, String table) {
      return table.equals("CUSTOMERS") ? Optional.of(List.of(ID, AGE)) : Optional.empty();
    }

    @Override
    public boolean schemaExists(String name) {
      return true;
    }

    @Override
    public String currentSchema() {
      return schema;
    }

    @Override
    public String fold(String identifier) {
      return identifier.toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean isUserRoutine(String name) {
      return false;
    }

    @Override
    public boolean accepts(TableCall call, Narrowing narrowing) {
      return true;
    }

    @Override
    public CallPlan describe(PredictionCall call) {
      return new CallPlan(
          "PUBLIC.CHURN@" + version,
          "kernels",
          List.of("AGE"),
          List.of(),
          List.of(ID, AGE),
          List.of(added));
    }
  }

  private final Optimizer optimizer = new Optimizer();
  private final Changing database = new Changing();

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
    database.added = Changing.number("PREDICTED_LEFT");
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
