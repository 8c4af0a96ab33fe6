package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.train.option.ModelType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every model type over a wire and in the database's own process, on the same database at the same
 * time: the same artifact, the same rows.
 */
class RemoteFamiliesTest {
  private static Server server;
  private static Connection inside;
  private static Connection outside;

  @BeforeAll
  static void open() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0").start();
    String name = "mem:" + UUID.randomUUID();
    inside = DriverManager.getConnection("jdbc:insitu:h2:" + name, "sa", "");
    outside =
        DriverManager.getConnection(
            "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/" + name, "sa", "");
    AllTypes.create(inside);
  }

  @AfterAll
  static void close() throws SQLException {
    outside.close();
    inside.close();
    server.stop();
  }

  /** One of each type. */
  static Stream<ModelFamiliesTest.Case> types() {
    Map<ModelType, ModelFamiliesTest.Case> types = new EnumMap<>(ModelType.class);
    ModelFamiliesTest.cases().forEach(test -> types.putIfAbsent(test.type(), test));
    return types.values().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void trainsAndPredictsAsInside(ModelFamiliesTest.Case test) throws SQLException {
    String create = test.create("things");
    execute(inside, create);
    execute(outside, create.replace("CREATE MODEL ", "CREATE MODEL far_"));
    String facts =
        "SELECT artifact_sha256, rows_read, rows_trained, rows_held_out, evaluated_rows"
            + " FROM INSITU.MODEL_VERSIONS WHERE model_name = UPPER('%s"
            + test.model()
            + "')";
    assertThat(rows(outside, facts.formatted("far_")))
        .hasSize(1)
        .isEqualTo(rows(inside, facts.formatted("")));
    String predict =
        "SELECT * FROM PREDICT(MODEL => '%s"
            + test.model()
            + "', DATA => (SELECT * FROM odd ORDER BY id))";
    List<String> expected = rows(inside, predict.formatted(""));
    assertThat(expected).hasSize(AllTypes.ODD_ROWS);
    assertThat(rows(outside, predict.formatted("far_"))).isEqualTo(expected);
    assertThat(rows(outside, predict.formatted(""))).isEqualTo(expected);
    assertThat(rows(inside, predict.formatted("far_"))).isEqualTo(expected);
    String evaluate = "SELECT * FROM ML.EVALUATE(MODEL => '%s" + test.model() + "')";
    assertThat(rows(outside, evaluate.formatted("far_")))
        .isEqualTo(rows(inside, evaluate.formatted("")));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getMetaData().getColumnTypeName(i) + " " + result.getString(i));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }
}
