package dev.insitu.test.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The database's semantics win: every expression and every statement of {@code
 * src/test/resources/differential} has the same value, type, label, count and error with and
 * without a prediction in it, on the same H2. A new database needs a {@link Pair} of its own; the
 * cases stay.
 */
class DifferentialTest {
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => TABLE t)";

  /** Tables whose contents are compared after each case. */
  private static final List<String> TABLES =
      List.of(
          "SELECT id, a, b, s, must FROM t ORDER BY id",
          "SELECT * FROM target ORDER BY id",
          "SELECT * FROM keyed ORDER BY id",
          "SELECT COUNT(*) FROM k");

  private static AutoCloseable model;

  @BeforeAll
  static void open() throws Exception {
    model = Reference.open();
  }

  @AfterAll
  static void close() throws Exception {
    model.close();
  }

  @Test
  void anExpressionIsTheSameWithAndWithoutAPrediction() throws Exception {
    List<ExpressionCase> cases = ExpressionCase.read("expressions.sql");
    List<String> differences = new ArrayList<>();
    int values = 0;
    int group = 0;
    Pair pair = null;
    try {
      for (ExpressionCase one : cases) {
        if (pair == null || one.group() != group) {
          if (pair != null) {
            pair.close();
            pair = null;
          }
          pair = Pair.open(one.settings());
          group = one.group();
        }
        for (String statement : one.session()) {
          pair.both(statement);
        }
        List<String> found = new ArrayList<>();
        values += compare(pair, one, found) ? 1 : 0;
        found.forEach(difference -> differences.add("[" + one.settings() + "] " + difference));
      }
    } finally {
      if (pair != null) {
        pair.close();
      }
    }
    assertThat(differences).isEmpty();
    assertThat(cases).hasSizeGreaterThan(300);
    assertThat(values).as("expressions with a value on both sides").isGreaterThan(280);
  }

  /** Returns whether the expression had a value. */
  private static boolean compare(Pair pair, ExpressionCase one, List<String> found)
      throws Exception {
    Case.Statement e = one.expression();
    boolean each = one.kind() != ExpressionCase.Kind.AGGREGATES;
    String window = e.sql().endsWith("OVER w") ? " WINDOW w AS (PARTITION BY b ORDER BY id)" : "";
    String plain = "SELECT %s FROM t AS t" + window;
    String scalar =
        each
            ? "SELECT %s, PREDICTION('m', a, b) AS p FROM t AS t" + window
            : "SELECT %s, MAX(PREDICTION('m', a, b)) AS p FROM t AS t";
    String table = "SELECT %s FROM " + PREDICT + " AS t" + window;
    Outcome expected = run(pair.reference(), plain, e);
    found.addAll(
        Pair.differences(
            scalar.formatted(e.sql()), expected, run(pair.ours(), scalar, e).first(1)));
    Outcome again = run(pair.reference(), plain, e).withoutNullability();
    found.addAll(
        Pair.differences(
            table.formatted(e.sql()), again, run(pair.ours(), table, e).withoutNullability()));
    for (String form : forms(one.kind(), window)) {
      Outcome reference = run(pair.reference(), filled(form, "(SELECT * FROM t)", ""), e);
      String text = filled(form, PREDICT, "");
      found.addAll(Pair.differences(text, reference, run(pair.ours(), text, e)));
      if (each) {
        String beside = filled(form, "t", "PREDICTION('m', a, b) IS NOT NULL");
        found.addAll(
            Pair.differences(
                beside,
                run(pair.reference(), filled(form, "t", "a = 0 OR TRUE"), e),
                run(pair.ours(), beside, e)));
      }
    }
    return expected.error().isEmpty();
  }

  /** Returns statements with an expression %s over a table {t} that may have a condition. */
  private static List<String> forms(ExpressionCase.Kind kind, String window) {
    return switch (kind) {
      case ONCE -> List.of();
      case WINDOWS -> List.of("SELECT id, %s FROM {t} AS t {where}" + window + " ORDER BY id DESC");
      case AGGREGATES ->
          List.of(
              "SELECT b, %s FROM {t} AS t GROUP BY b ORDER BY b",
              "SELECT b FROM {t} AS t GROUP BY b HAVING (%s) IS NOT NULL ORDER BY b");
      case VALUES ->
          List.of(
              "SELECT id FROM {t} AS t WHERE {and} (%s) IN (SELECT (%s) FROM {t} AS t) ORDER BY (%s), id",
              "SELECT (%s), COUNT(*), MIN(id) AS i FROM {t} AS t {where} GROUP BY (%s) ORDER BY i",
              "SELECT DISTINCT %s FROM {t} AS t {where} ORDER BY 1 DESC");
    };
  }

  private static String filled(String form, String table, String condition) {
    return form.replace("{t}", table)
        .replace("{where}", condition.isEmpty() ? "" : "WHERE " + condition)
        .replace("{and}", condition.isEmpty() ? "" : "(" + condition + ") AND");
  }

  private static Outcome run(Connection connection, String form, Case.Statement expression)
      throws Exception {
    String sql = form.contains("%s") ? form.replace("%s", expression.sql()) : form;
    return Outcome.of(connection, new Case.Statement(sql, expression.parameters()));
  }

  @Test
  void aStatementIsTheSameOverAPredictionAndOverATableOfItsRows() throws Exception {
    List<Case> cases = Case.blocks("queries.sql");
    List<String> differences = new ArrayList<>();
    try (Pair pair = Pair.open("")) {
      for (Case one : cases) {
        for (boolean transaction : List.of(false, true)) {
          for (boolean counted : List.of(false, true)) {
            String where =
                one.name()
                    + (transaction ? ", in a transaction" : "")
                    + (counted ? ", counted" : "");
            List<String> found = new ArrayList<>();
            compare(pair, one, transaction, counted, found);
            found.forEach(difference -> differences.add(where + ": " + difference));
          }
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(cases).hasSizeGreaterThan(100);
  }

  private static void compare(
      Pair pair, Case one, boolean transaction, boolean counted, List<String> found)
      throws Exception {
    pair.both("RUNSCRIPT FROM 'classpath:/differential/restore.sql'");
    pair.reference().setAutoCommit(!transaction);
    pair.ours().setAutoCommit(!transaction);
    if (transaction) {
      pair.both(
          "INSERT INTO t(id, a, b, s, must) VALUES (9, 6, 6, 'nine', 9), (10, 1, 8, 'ten', 10)");
      pair.both("UPDATE t SET a = 8 WHERE id = 3");
      pair.both("DELETE FROM k WHERE k = 6");
    }
    for (Case.Statement statement : one.statements()) {
      String sql = counted ? Reference.counted(statement.sql()) : statement.sql();
      boolean ordered = sql.contains("ORDER BY");
      Outcome expected =
          Outcome.of(
              pair.reference(),
              new Case.Statement(Reference.of(statement.sql()), statement.parameters()));
      Scans.take();
      Outcome actual = Outcome.of(pair.ours(), new Case.Statement(sql, statement.parameters()));
      found.addAll(
          Pair.differences(
              sql, ordered ? expected : expected.sorted(), ordered ? actual : actual.sorted()));
      List<Integer> scans = Scans.take();
      if (scans.stream().anyMatch(count -> count > 1)) {
        found.add(sql + "\n    inputs were read so often: " + scans);
      }
    }
    compareTables(pair, found);
    if (transaction) {
      pair.reference().rollback();
      pair.ours().rollback();
      pair.reference().setAutoCommit(true);
      pair.ours().setAutoCommit(true);
      compareTables(pair, found);
    }
  }

  private static void compareTables(Pair pair, List<String> found) throws Exception {
    for (String table : TABLES) {
      Case.Statement statement = Case.Statement.parse(table);
      found.addAll(
          Pair.differences(
              table, Outcome.of(pair.reference(), statement), Outcome.of(pair.ours(), statement)));
    }
  }

  @Test
  void anyQueryIsAnInputAndTrainsAModel() throws Exception {
    List<Case> cases = Case.blocks("inputs.sql");
    assertThat(cases).hasSize(1);
    List<Case.Statement> inputs = cases.get(0).statements();
    List<String> differences = new ArrayList<>();
    try (Pair pair = Pair.open("")) {
      for (Case.Statement input : inputs) {
        for (String form :
            List.of(
                "SELECT * FROM PREDICT(MODEL => 'm', DATA => (%s))",
                "SELECT COUNT(*), MAX(predicted_lab) FROM PREDICT(MODEL => 'm', DATA => (%s))")) {
          String sql = form.replace("%s", input.sql());
          Outcome expected =
              Outcome.of(
                  pair.reference(), new Case.Statement(Reference.of(sql), input.parameters()));
          Outcome actual = Outcome.of(pair.ours(), new Case.Statement(sql, input.parameters()));
          differences.addAll(Pair.differences(sql, expected, actual));
        }
        train(pair, input, differences);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(inputs).hasSizeGreaterThan(25);
  }

  private static void train(Pair pair, Case.Statement input, List<String> differences)
      throws Exception {
    Case.Statement create =
        new Case.Statement(
            "CREATE MODEL odd OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
                + " data_split_method = 'no_split') AS "
                + input.sql(),
            input.parameters());
    Outcome created = Outcome.of(pair.ours(), create);
    if (!created.error().isEmpty()) {
      differences.add(create.sql() + "\n    " + created.error());
      return;
    }
    Outcome rows =
        Outcome.of(
            pair.reference(),
            new Case.Statement("SELECT COUNT(*) FROM (" + input.sql() + ")", input.parameters()));
    String trained =
        "SELECT CAST(rows_trained AS BIGINT) FROM INSITU.MODELS WHERE model_name = 'ODD'";
    Outcome counted = Outcome.of(pair.ours(), Case.Statement.parse(trained));
    if (!rows.rows().equals(counted.rows())) {
      differences.add(create.sql() + "\n    rows: " + rows + " trained: " + counted);
    }
    try (Statement statement = pair.ours().createStatement()) {
      statement.execute("DROP MODEL odd");
    }
  }
}
