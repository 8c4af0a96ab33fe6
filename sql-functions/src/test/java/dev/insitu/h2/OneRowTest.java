package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.command.query.Query;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneRowTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:", "sa", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(id INT PRIMARY KEY, x INT, y INT, UNIQUE(x, y))");
      statement.execute("CREATE VIEW v AS SELECT y, id FROM t WHERE x > 0");
      statement.execute("CREATE TABLE u(a INT, b INT)");
      statement.execute("CREATE INDEX ua ON u(a)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private boolean isMostOne(String sql) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return OneRow.isMost((Query) session.prepare(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE id = ?",
        "SELECT y FROM t WHERE y = ? AND 7 = id",
        "SELECT * FROM t WHERE y = 5 AND x = ?",
        "SELECT a FROM (SELECT id AS a, x FROM t) WHERE a = ?",
        "SELECT * FROM (SELECT * FROM (SELECT x, y FROM t WHERE x = 1)) WHERE y = ?",
        "SELECT * FROM v WHERE id = 3",
        "SELECT ? AS a, 2 AS b",
      })
  void aKeyFindsIt(String sql) throws SQLException {
    assertThat(isMostOne(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t",
        "SELECT * FROM t WHERE x = ?",
        "SELECT * FROM t WHERE id > ?",
        "SELECT * FROM t WHERE id IN (1, 2)",
        "SELECT * FROM t WHERE id = 1 OR id = 2",
        "SELECT * FROM t WHERE id IN (SELECT a FROM u)",
        "SELECT * FROM t WHERE id = ANY(SELECT a FROM u)",
        "SELECT * FROM t WHERE x = 1 AND y IN (1, 2)",
        "SELECT * FROM u WHERE a = ?",
        "SELECT * FROM t JOIN u ON TRUE WHERE id = ?",
        "SELECT * FROM t, u WHERE id = ?",
        "SELECT * FROM t LEFT JOIN u ON a = id WHERE id = ?",
        "SELECT * FROM (SELECT t.* FROM t, u) WHERE id = ?",
        "SELECT x FROM t WHERE id = 1 UNION ALL SELECT x FROM t WHERE id = 2",
        "VALUES (1), (2)",
        "SELECT * FROM v WHERE y = 3",
      })
  void manyMayCome(String sql) throws SQLException {
    assertThat(isMostOne(sql)).isFalse();
  }
}
