package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSessionTest {
  @TempDir private Path folder;

  @Test
  void plainStatementsWorkAndOursAreRefused() throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    String url = "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/" + folder.resolve("db");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE model(id INT); INSERT INTO model VALUES (1)");
      statement.execute("CREATE ALIAS prediction FOR 'java.lang.Math.abs(double)'");
      assertThat(OwnStatementTest.read(statement.executeQuery("SELECT PREDICTION(-id) FROM model")))
          .containsExactly("1.0");
      assertThatThrownBy(
              () -> statement.execute("SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE model)"))
          .hasMessageStartingWith("ML003: PREDICT needs a database in this process, but");
    } finally {
      server.stop();
    }
  }
}
