package dev.insitu.test.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Over a wire, where another H2 evaluates what stands around a prediction, every expression of a
 * row has the same value, type and error as in a statement that the server runs whole, or is
 * refused.
 */
class RemoteDifferentialTest {
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => TABLE t)";

  private static Server server;

  @BeforeAll
  static void start() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void anExpressionIsTheSameAboveARemotePrediction() throws Exception {
    compare(false);
  }

  /** What the plain form refuses runs in the server then, and nothing is refused. */
  @Test
  void anExpressionIsTheSameWithFunctionsInTheServer() throws Exception {
    compare(true);
  }

  private static void compare(boolean installed) throws Exception {
    List<String> differences = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int same = 0;
    int group = 0;
    Pair pair = null;
    try {
      for (ExpressionCase one : ExpressionCase.read("expressions.sql")) {
        if (pair == null || one.group() != group) {
          if (pair != null) {
            pair.close();
            pair = null;
          }
          pair = open(one.settings(), installed);
          group = one.group();
        }
        for (String statement : one.session()) {
          pair.both(statement);
        }
        if (one.kind() != ExpressionCase.Kind.VALUES) {
          continue;
        }
        for (String form :
            List.of(
                "SELECT %s FROM {t} AS t",
                "SELECT id FROM {t} AS t WHERE (%s) IS NOT NULL ORDER BY (%s), id LIMIT 3")) {
          String sql = form.replace("%s", one.expression().sql());
          Outcome actual = run(pair.ours(), sql.replace("{t}", PREDICT), one);
          if (actual.error().startsWith("ML003 ")) {
            refused.add("[" + one.settings() + "] " + sql);
            continue;
          }
          Outcome expected = run(pair.reference(), sql.replace("{t}", "(SELECT * FROM t)"), one);
          List<String> found =
              Pair.differences(sql, expected.withoutNullability(), actual.withoutNullability());
          found.forEach(difference -> differences.add("[" + one.settings() + "] " + difference));
          same += found.isEmpty() ? 1 : 0;
        }
      }
    } finally {
      if (pair != null) {
        pair.close();
      }
    }
    assertThat(differences).isEmpty();
    assertThat(same).isGreaterThan(400);
    assertThat(refused).as("refused").hasSizeLessThan(installed ? 1 : same / 5);
  }

  private static Outcome run(Connection connection, String sql, ExpressionCase one)
      throws Exception {
    return Outcome.of(connection, new Case.Statement(sql, one.expression().parameters()));
  }

  /** Returns two databases of the server, one reached by H2's driver and one by ours. */
  private static Pair open(String settings, boolean installed) throws SQLException {
    String suffix = settings.isEmpty() ? "" : ";" + settings;
    Connection reference = DriverManager.getConnection(url("jdbc:h2:", suffix), "sa", "");
    Connection ours = DriverManager.getConnection(url("jdbc:insitu:h2:", suffix), "sa", "");
    Pair pair = new Pair(reference, ours);
    pair.both("RUNSCRIPT FROM 'classpath:/differential/setup.sql'");
    try (Statement statement = ours.createStatement()) {
      statement.execute(Reference.MODEL);
      if (installed) {
        statement.execute("CALL INSITU.INSTALL()");
      }
    }
    return pair;
  }

  private static String url(String prefix, String suffix) {
    return prefix + "tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID() + suffix;
  }
}
