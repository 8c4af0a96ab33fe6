package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.function.Dependent;
import dev.insitu.function.Dependent.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.api.Trigger;
import org.h2.tools.SimpleResultSet;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H2 calls methods of public classes only. */
public final class DependentsTest {
  private Connection connection;

  /** A function of ours, of which H2 knows nothing but the class. */
  public static Double half(Value... values) {
    return values[0].getDouble() / 2;
  }

  /** A table function of ours. */
  public static ResultSet rows(Connection connection, Value... values) {
    SimpleResultSet rows = new SimpleResultSet();
    rows.addColumn("A", java.sql.Types.DOUBLE, 0, 0);
    return rows;
  }

  /** A trigger of ours. */
  public static final class Nothing implements Trigger {
    @Override
    public void fire(
        Connection connection,
        @Nullable Object @Nullable [] before,
        @Nullable Object @Nullable [] after) {}
  }

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:", "SA", "");
    execute("CREATE SCHEMA INSITU");
    execute("CREATE ALIAS INSITU.HALF FOR '" + getClass().getName() + ".half'");
    execute("CREATE ALIAS INSITU.R FOR '" + getClass().getName() + ".rows'");
    execute("CREATE ALIAS THEIRS FOR 'java.lang.Math.abs(double)'");
    execute("CREATE TABLE T (ID INT, A DOUBLE PRECISION)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void whatDoesNotCallOursIsNotListed() throws SQLException {
    execute("CREATE VIEW V AS SELECT THEIRS(A) AS X, 'INSITU.HALF(1)' AS Y FROM T");
    execute("CREATE TABLE INSITU.OWN (A DOUBLE PRECISION)");
    execute(
        "CREATE TRIGGER INSITU.OWNED BEFORE INSERT ON INSITU.OWN FOR EACH ROW CALL '"
            + Nothing.class.getName()
            + "'");
    assertThat(Dependents.of(connection)).isEmpty();
  }

  @Test
  void findsACallWhereverAQueryCanHaveOne() throws SQLException {
    List<String> queries =
        List.of(
            "SELECT INSITU.HALF(A) AS X FROM T",
            "SELECT ID AS X FROM T WHERE INSITU.HALF(A) > 1",
            "SELECT ID AS X FROM T ORDER BY INSITU.HALF(A)",
            "SELECT COUNT(*) AS X FROM T GROUP BY INSITU.HALF(A)",
            "SELECT COUNT(*) AS X FROM T HAVING MAX(INSITU.HALF(A)) > 1",
            "SELECT RANK() OVER (ORDER BY INSITU.HALF(A)) AS X FROM T",
            "SELECT X FROM (SELECT X + 1 AS X FROM (SELECT INSITU.HALF(A) AS X FROM T) I) O",
            "SELECT T.ID AS X FROM T JOIN T U ON INSITU.HALF(T.A) = U.A",
            "SELECT T.ID AS X FROM T LEFT JOIN T U ON INSITU.HALF(T.A) = U.A",
            "SELECT (SELECT MAX(INSITU.HALF(U.A)) FROM T U) AS X FROM T",
            "SELECT 1 AS X UNION ALL SELECT INSITU.HALF(2)",
            "WITH C AS (SELECT INSITU.HALF(A) AS X FROM T) SELECT X FROM C",
            "WITH RECURSIVE C(X) AS (SELECT 1.0 UNION ALL SELECT INSITU.HALF(X) FROM C WHERE X > 1)"
                + " SELECT X FROM C",
            "SELECT CASE WHEN A > 1 THEN INSITU.HALF(A) END AS X FROM T",
            "SELECT X FROM (VALUES (INSITU.HALF(2))) S(X)");
    for (String query : queries) {
      execute("CREATE OR REPLACE VIEW V AS " + query);
      assertThat(Dependents.of(connection))
          .as(query)
          .singleElement()
          .satisfies(
              dependent -> {
                assertThat(dependent.kind()).isEqualTo(Kind.VIEW);
                assertThat(dependent.path()).isEqualTo("PUBLIC.V");
                assertThat(dependent.functions()).containsExactly("\"INSITU\".\"HALF\"");
                assertThat(dependent.sql()).startsWith("CREATE FORCE VIEW \"PUBLIC\".\"V\"");
              });
    }
  }

  @Test
  void findsTableFunctions() throws SQLException {
    execute("CREATE VIEW V AS SELECT * FROM INSITU.R('q')");
    execute("CREATE VIEW W AS SELECT MAX(A) AS M FROM (SELECT * FROM INSITU.R('q'))");
    execute("CREATE VIEW X AS SELECT M FROM W");
    assertThat(Dependents.of(connection))
        .extracting(Dependent::path)
        .containsExactly("PUBLIC.V", "PUBLIC.W");
  }

  @Test
  void findsWhatATextThatIsReadAsAQueryCalls() throws SQLException {
    execute("CREATE SCHEMA OTHER");
    execute("CREATE ALIAS OTHER.QUARTER FOR '" + getClass().getName() + ".half'");
    List<String> queries =
        List.of(
            "'SELECT HALF(A) FROM T'",
            "'SELECT insitu . half (A) FROM T'",
            "'SELECT \"INSITU\".\"HALF\"(A) FROM T'",
            "'SELECT A FROM T WHERE' || ' half(A) > 1'",
            "'SELECT A\n-- of T: QUARTER(A)\nFROM T /* (*/ WHERE HALF(A) > 1 AND ''é\\0041'' = '''''",
            "$$SELECT 'it''s', HALF(A) FROM T$$",
            "'SELECT * FROM INSITU.R(''SELECT * FROM R(''''SELECT HALF(1)'''')'')'");
    for (String query : queries) {
      execute("CREATE OR REPLACE VIEW V AS SELECT * FROM INSITU.R('m@2', " + query + ")");
      assertThat(Dependents.of(connection))
          .as(query)
          .singleElement()
          .satisfies(
              dependent -> {
                assertThat(dependent.functions())
                    .containsExactly("\"INSITU\".\"HALF\"", "\"INSITU\".\"R\"");
                assertThat(dependent.models()).contains("m@2");
              });
    }
    for (String query :
        List.of(
            "SELECT OTHER.HALF(1)",
            "SELECT ''HALF(1)'', /* HALF(2) */ \"HALF(3)\", X.HALF FROM X -- HALF(4)",
            "HALF; ((", // no SQL at all
            "")) {
      execute(
          "CREATE OR REPLACE VIEW V AS SELECT * FROM INSITU.R('m', '"
              + query
              + "') WHERE 'HALF(5)' <> ''");
      assertThat(Dependents.of(connection).get(0).functions())
          .as(query)
          .containsExactly("\"INSITU\".\"R\"");
    }
  }

  @Test
  void findsTheModelsThatCallsName() throws SQLException {
    execute(
        "CREATE VIEW V AS SELECT *, INSITU.HALF('s.\"M\"@1', 2) AS H, INSITU.HALF(2) AS L"
            + " FROM INSITU.R('churn', 'SELECT * FROM INSITU.R($$inner$$, ''q'')')");
    assertThat(Dependents.of(connection).get(0).models())
        .containsExactly("churn", "inner", "s.\"M\"@1");
  }

  @Test
  void aViewOverATableWithAGeneratedColumnDoesNotCallTheFunction() throws SQLException {
    execute("CREATE TABLE G (A DOUBLE PRECISION, B DOUBLE PRECISION AS (INSITU.HALF(A)))");
    execute("CREATE VIEW V AS SELECT * FROM G");
    execute("CREATE VIEW W AS SELECT * FROM (SELECT * FROM G) D");
    assertThat(Dependents.of(connection))
        .extracting(Dependent::toString)
        .containsExactly("generated column PUBLIC.G.B");
  }

  @Test
  void findsWhatBelongsToTablesAndDomains() throws SQLException {
    execute(
        "CREATE TABLE G (A DOUBLE PRECISION, B DOUBLE PRECISION DEFAULT INSITU.HALF(4),"
            + " C DOUBLE PRECISION DEFAULT 1 ON UPDATE INSITU.HALF(2),"
            + " CONSTRAINT LOW CHECK (INSITU.HALF(A) < 9), CONSTRAINT HIGH CHECK (A > 0))");
    execute(
        "CREATE DOMAIN D AS DOUBLE PRECISION DEFAULT INSITU.HALF(3)"
            + " CONSTRAINT TOP CHECK (VALUE IS NULL OR INSITU.HALF(VALUE) < 9)");
    execute("CREATE TABLE U (A D)");
    execute(
        "CREATE TRIGGER TR BEFORE INSERT ON T FOR EACH ROW CALL '" + Nothing.class.getName() + "'");
    assertThat(Dependents.of(connection))
        .extracting(Dependent::toString)
        .containsExactlyInAnyOrder(
            "default of column PUBLIC.G.B",
            "ON UPDATE of column PUBLIC.G.C",
            "check PUBLIC.G.LOW",
            "default of domain PUBLIC.D",
            "check of domain PUBLIC.D.TOP",
            "trigger PUBLIC.T.TR");
    assertThat(Dependents.of(connection))
        .filteredOn(dependent -> dependent.kind() == Kind.DEFAULT)
        .extracting(Dependent::sql)
        .containsExactly("\"INSITU\".\"HALF\"(4)");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
