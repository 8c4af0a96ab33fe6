package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.operation.OpenModels;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** How long the engine of a model stays open. */
class OpenScorersTest {
  private static String create(String model) {
    return "CREATE MODEL "
        + model
        + " FROM FILE '../tests-sql/onnx/models/columns_logistic/model.onnx'";
  }

  private static void predict(Statement statement, String model) throws SQLException {
    String sql =
        "SELECT PREDICTION('" + model + "', 'Biscoe', 39.1, 18.7, 181, 3750, 'male', 2007, FALSE)";
    assertThat(OwnStatementTest.read(statement.executeQuery(sql))).containsExactly("Adelie");
  }

  @Test
  void droppedModelsAndClosedDatabasesHaveNone() throws SQLException {
    int before = OpenModels.scorers().size();
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement()) {
      for (String model : new String[] {"a", "b"}) {
        statement.execute(create(model));
        predict(statement, model);
      }
      assertThat(OpenModels.scorers().size()).isEqualTo(before + 2);
      statement.execute("DROP MODEL a");
      assertThat(OpenModels.scorers().size()).isEqualTo(before + 1);
      statement.execute(create("b").replace("CREATE", "CREATE OR REPLACE"));
      statement.execute("DROP MODEL b VERSION 1");
      assertThat(OpenModels.scorers().size()).isEqualTo(before);
      predict(statement, "b");
      assertThat(OpenModels.scorers().size()).isEqualTo(before + 1);
    }
    assertThat(OpenModels.scorers().size()).isEqualTo(before);
  }
}
