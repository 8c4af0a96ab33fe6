package dev.insitu.test.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.onnx.StoredGraph;
import dev.insitu.score.verify.KernelStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The models that a process opens while it reads its first statement are made here: what training
 * writes today is what they have to load. {@code -Dinsitu.accept=true} writes them anew.
 */
class FirstModelsTest {
  private static final Path RESOURCES =
      Path.of("../scoring-runtime/src/main/resources/dev/insitu/score/verify");

  @Test
  void treesHaveTheOperatorsThatTrainingWrites() throws Exception {
    check(
        "first-trees.onnx",
        """
        CREATE MODEL m OPTIONS (model_type = 'boosted_tree_regressor', input_label_cols = ['y'],
          max_iterations = 3, max_tree_depth = 2, early_stop = FALSE,
          data_split_method = 'no_split')
        AS SELECT MOD(X * 7, 11) / 2E0 AS a, CASE WHEN MOD(X, 5) > 0 THEN 'k' || MOD(X, 3) END AS k,
          MOD(X, 7) / 3E0 AS y FROM SYSTEM_RANGE(1, 40)""");
  }

  @Test
  void aLinearModelHasTheOperatorsThatTrainingWrites() throws Exception {
    check(
        "first-linear.onnx",
        """
        CREATE MODEL m OPTIONS (model_type = 'logistic_reg', input_label_cols = ['y'],
          data_split_method = 'no_split')
        AS SELECT MOD(X * 7, 11) / 2E0 AS a, CASE WHEN MOD(X, 5) > 0 THEN 'k' || MOD(X, 3) END AS k,
          MOD(X, 7) > 3 AS y FROM SYSTEM_RANGE(1, 40)""");
  }

  private static void check(String name, String sql) throws SQLException, IOException {
    byte[] trained;
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      try (ResultSet row = statement.executeQuery("SELECT ARTIFACT FROM INSITU.STORED_ARTIFACTS")) {
        assertThat(row.next()).isTrue();
        trained = row.getBytes(1);
      }
    }
    if (Boolean.getBoolean("insitu.accept")) {
      Files.write(RESOURCES.resolve(name), trained);
    }
    try (InputStream kept = KernelStart.class.getResourceAsStream(name)) {
      assertThat(StoredGraph.read(Objects.requireNonNull(kept, name).readAllBytes()).operators())
          .isEqualTo(StoredGraph.read(trained).operators());
    }
  }
}
