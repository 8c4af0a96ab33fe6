package dev.insitu.jdbc.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedQueriesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t",
        "SELECT d.id FROM (SELECT * FROM t) d WHERE d.x = 1 AND d.y > 2 LIMIT 5",
        "SELECT * FROM (SELECT a FROM ((SELECT * FROM t)) d) e",
        "SELECT id FROM t UNION ALL SELECT id FROM u UNION ALL (SELECT id FROM v)",
        "(SELECT id FROM t) UNION ALL SELECT id FROM (SELECT * FROM u) d",
        "SELECT COUNT(*) FROM (SELECT 'IN (SELECT 1)' AS \"IN\" FROM t) d JOIN u ON u.id = d.id",
      })
  void sureOfQueriesInFromAlone(String sql) {
    assertThat(NestedQueries.areReadOnce(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT 1) FROM t",
        "SELECT * FROM (SELECT * FROM t) d WHERE x > (SELECT AVG(x) FROM t)",
        "SELECT * FROM (SELECT * FROM t) d WHERE x IN (1, 2)",
        "SELECT * FROM (SELECT * FROM t) d WHERE x = 1 OR x = 2",
        "SELECT * FROM (SELECT * FROM t) d WHERE x = ANY(?)",
        "SELECT * FROM u JOIN (SELECT * FROM t) d ON d.id = u.id",
        "SELECT * FROM u, (SELECT * FROM t) d",
        "WITH d AS (SELECT * FROM t) SELECT * FROM d",
        "SELECT * FROM (TABLE t) d",
        "SELECT * FROM t WHERE EXISTS (SELECT 1)",
        "SELECT EXTRACT(YEAR FROM (SELECT x FROM u)) FROM t",
        "SELECT * FROM t WHERE x IS DISTINCT FROM (SELECT 1)",
        "SELECT id FROM t EXCEPT SELECT id FROM u",
        "SELECT id FROM t UNION SELECT id FROM u",
        "SELECT ARRAY(SELECT 1) FROM t)",
      })
  void notSureOfAnythingElse(String sql) {
    assertThat(NestedQueries.areReadOnce(sql)).isFalse();
  }
}
