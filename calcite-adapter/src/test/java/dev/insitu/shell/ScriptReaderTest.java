package dev.insitu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReaderTest {
  @Test
  void splitsAtSemicolonsAndCountsLines() {
    List<ScriptStatement> statements = ScriptReader.split("SELECT 1;\n\n  SELECT\n 2 ; SELECT 3");
    assertThat(statements)
        .containsExactly(
            new ScriptStatement("SELECT 1", List.of(), 1, true),
            new ScriptStatement("SELECT\n 2", List.of(), 3, true),
            new ScriptStatement("SELECT 3", List.of(), 4, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b''c;' || ';'",
        "SELECT \"a;\"\";b\"",
        "SELECT `a;b`",
        "SELECT $$a;'b$$",
        "SELECT 1 -- not; here\n + 2",
        "SELECT 1 // not; here\n + 2",
        "SELECT 1 /* a; /* nested; */ b; */ + 2",
        "SELECT 4 / 2 - 1",
        "SELECT U&'\\0041;'"
      })
  void seesNoEndInQuotesAndComments(String sql) {
    assertThat(ScriptReader.split(sql + ";SELECT 2;"))
        .extracting(ScriptStatement::sql)
        .containsExactly(sql, "SELECT 2");
  }

  @Test
  void dollarsInsideOfANameOpenNothing() {
    assertThat(ScriptReader.split("SELECT a$$; SELECT b$$;")).hasSize(2);
  }

  @Test
  void keepsCommentsInFrontOfAStatement() {
    ScriptStatement statement =
        ScriptReader.split("-- # Load\r\n-- all\r\n/* x; */\r\nSELECT 1;\r\n").get(0);
    assertThat(statement.line()).isEqualTo(4);
    assertThat(statement.comments()).containsExactly("# Load", "all");
    assertThat(statement.sql()).isEqualTo("SELECT 1");
  }

  @Test
  void skipsEmptyStatementsCommentsAndAByteOrderMark() {
    assertThat(ScriptReader.split("\uFEFF;; -- nothing\n;/* nothing */")).isEmpty();
    assertThat(ScriptReader.split("\uFEFFSELECT 1;").get(0).sql()).isEqualTo("SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "SELECT 1;", "SELECT 1; -- done", "-- only a comment"})
  void isComplete(String text) {
    assertThat(ScriptReader.isComplete(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT ';",
        "SELECT $$;",
        "/* ;",
        "SELECT 1; SELECT 2",
        "SELECT 1 --;"
      })
  void isNotComplete(String text) {
    assertThat(ScriptReader.isComplete(text)).isFalse();
  }
}
