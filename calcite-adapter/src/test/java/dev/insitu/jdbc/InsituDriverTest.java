package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcResultSet;
import org.h2.jdbc.JdbcStatement;
import org.junit.jupiter.api.Test;

class InsituDriverTest {
  @Test
  void opensTheDatabaseBehindThePrefix() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "")) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("H2");
      assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:insitu:h2:mem:");
      assertThat(connection.getMetaData().getDriverName()).isEqualTo("Insitu JDBC Driver");
      assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
    }
  }

  @Test
  void settingsOfOursNeverReachTheDatabase() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "sa");
    properties.setProperty("Insitu.Dialect", "insitu");
    String url = "jdbc:insitu:h2:mem:;INSITU.DIALECT=insitu;MODE=PostgreSQL;insitu.dialect=Insitu";
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      assertThat(one(connection, "SELECT 1::VARCHAR")).isEqualTo("1");
    }
  }

  @Test
  void escapedSemicolonsStayWithTheDatabase() throws SQLException {
    String url =
        "jdbc:insitu:h2:mem:;INIT=CREATE TABLE a(x INT)\\;insert into a values (3);"
            + "insitu.dialect=insitu";
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      assertThat(one(connection, "SELECT x FROM a")).isEqualTo("3");
    }
  }

  @Test
  void misspeltSettingIsAnErrorWithTheNearestName() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:insitu:h2:mem:;insitu.dialekt=x"))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "ML030: option \"insitu.dialekt\" does not exist\nHint: Did you mean \"insitu.dialect\"?");
  }

  @Test
  void otherDialectsAndDatabasesAreNamed() {
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:insitu:h2:mem:;insitu.dialect=oracle"))
        .hasMessageStartingWith("ML031: option \"insitu.dialect\" must be insitu, but oracle");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:insitu:postgresql://x/y"))
        .hasMessageStartingWith("ML002: a database other than H2");
  }

  @Test
  void errorsOfTheDatabaseOnOpeningPass() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:insitu:h2:mem:;NO_SUCH=1"))
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("errorCode", 90113);
  }

  @Test
  void theWayBackFromAResultLeadsToOurConnection() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1");
        PreparedStatement prepared = connection.prepareStatement("SELECT 2");
        ResultSet more = prepared.executeQuery()) {
      assertThat(rows.getStatement()).isSameAs(statement);
      assertThat(statement.getResultSet()).isSameAs(rows);
      assertThat(statement.getConnection()).isSameAs(connection);
      assertThat(more.getStatement()).isSameAs(prepared);
      assertThat(prepared.getConnection()).isSameAs(connection);
    }
  }

  @Test
  void theDatabasesOwnClassesCanBeReached() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThat(connection.isWrapperFor(JdbcConnection.class)).isTrue();
      assertThat(connection.unwrap(JdbcConnection.class)).isInstanceOf(JdbcConnection.class);
      assertThat(connection.unwrap(InsituConnection.class)).isSameAs(connection);
      assertThat(statement.unwrap(JdbcStatement.class)).isInstanceOf(JdbcStatement.class);
      assertThat(rows.unwrap(JdbcResultSet.class)).isInstanceOf(JdbcResultSet.class);
      assertThat(connection.isWrapperFor(String.class)).isFalse();
    }
  }

  @Test
  void dataSourceOpensConnections() throws SQLException {
    InsituDataSource source = new InsituDataSource();
    source.setUrl("jdbc:insitu:h2:mem:");
    source.setUser("sa");
    source.setPassword("");
    try (Connection connection = source.getConnection()) {
      assertThat(one(connection, "SELECT CURRENT_USER")).isEqualTo("SA");
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
