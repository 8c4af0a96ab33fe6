package dev.insitu.test.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/**
 * Statements of ours beside H2's queries that are equal to them: the model is a tree with one
 * split, which on H2's side is a {@code CASE}.
 */
final class ModelTexts extends SqlTexts {
  private static final String SCHEMA =
      """
      CREATE TABLE source(id INT PRIMARY KEY, x DOUBLE PRECISION NOT NULL, label VARCHAR(10));
      INSERT INTO source SELECT X, CASE WHEN X <= 30 THEN MOD(X, 10) ELSE 20 + MOD(X, 10) END,
        CASE WHEN X <= 30 THEN 'low' ELSE 'high' END FROM SYSTEM_RANGE(1, 60);
      CREATE TABLE guesses(id INT, label VARCHAR(10));
      """;

  private static final String CREATE =
      "CREATE MODEL m OPTIONS (model_type = 'decision_tree_classifier', input_label_cols = ['label'],"
          + " data_split_method = 'no_split') AS SELECT x, label FROM PUBLIC.source";

  private static final String COLUMNS =
      "CAST(CASE WHEN x < 15 THEN 'low' ELSE 'high' END AS VARCHAR(10)) AS predicted_label,"
          + " CAST(1 AS DOUBLE PRECISION) AS predicted_label_probability";

  private static final String MANY =
      "SELECT CAST(X AS INT) AS id, CAST(MOD(X, 9) AS DOUBLE PRECISION) AS x FROM SYSTEM_RANGE(1, 2500)";

  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM {table} p ORDER BY id",
          "SELECT * FROM {table} p",
          "SELECT id, predicted_label FROM {table} p WHERE id <= #",
          "SELECT id, x, predicted_label AS guess, predicted_label_probability FROM {table} p WHERE id > 5#",
          "SELECT predicted_label, COUNT(*) FROM {table} p GROUP BY predicted_label ORDER BY 1",
          "SELECT s.id, p.predicted_label FROM PUBLIC.source s JOIN {table} p ON p.id = s.id WHERE s.id < # ORDER BY 1",
          "SELECT COUNT(*) FROM {table} p WHERE predicted_label = 'low'",
          "SELECT id, {scalar} AS guess FROM PUBLIC.source ORDER BY id",
          "SELECT id FROM PUBLIC.source WHERE {scalar} = 'low' ORDER BY id LIMIT #",
          "SELECT * FROM {many} p",
          "SELECT id, predicted_label FROM {many} p WHERE id > 1000",
          "SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) AS r FROM {table} p WHERE id < #");

  private static final List<String> UPDATES =
      List.of(
          "INSERT INTO PUBLIC.guesses SELECT id, predicted_label FROM {table} p WHERE id <= #",
          "UPDATE PUBLIC.source SET label = {scalar} WHERE id = #",
          "UPDATE PUBLIC.source SET x = 2# WHERE id = #",
          "DELETE FROM PUBLIC.guesses WHERE label IN (SELECT predicted_label FROM {table} p WHERE id = #)",
          "MERGE INTO PUBLIC.guesses g USING {table} p ON g.id = p.id WHEN NOT MATCHED THEN INSERT VALUES (p.id, p.predicted_label)",
          "CREATE TABLE made# AS SELECT id, predicted_label FROM {table} p WHERE id < #",
          "INSERT INTO PUBLIC.source VALUES (10#, 3, NULL)");

  private static final List<String> ODD =
      List.of(
          "SELECT nothing FROM {table} p",
          "SELECT * FROM {table} p WHERE 1 / 0 = 1",
          "SELECT * FROM {table} p WHERE CAST(predicted_label AS INT) = id",
          "SELECT id FROM {table} p WHERE id = 1; SELECT 2",
          "INSERT INTO PUBLIC.guesses VALUES (1, 'one'); SELECT * FROM {table} p",
          "INSERT INTO PUBLIC.guesses SELECT id, REPEAT(predicted_label, 9) FROM {table} p",
          "SELECT * FROM {table} p WHERE id = ?");

  private static final List<String> PREPARED =
      List.of(
          "SELECT * FROM {table} p WHERE id > ? AND predicted_label = ?",
          "SELECT id, predicted_label FROM {asked} p",
          "SELECT id, predicted_label FROM {asked} p WHERE predicted_label <> ?",
          "SELECT ? AS a, id, predicted_label FROM {asked} p WHERE id > ?",
          "INSERT INTO PUBLIC.guesses SELECT id, predicted_label FROM {asked} p",
          "UPDATE PUBLIC.source SET label = {scalar} WHERE id = ?",
          "DELETE FROM PUBLIC.guesses WHERE label IN (SELECT predicted_label FROM {asked} p)",
          "SELECT * FROM {many} p WHERE id > ?");

  private static final List<String> CALLS =
      List.of(
          "{? = call {constant}}",
          "{call {constant}}",
          "SELECT id, predicted_label FROM {asked} p",
          "SELECT predicted_label, id FROM {table} p WHERE id > ?");

  /** Makes the table, and the model on our side. */
  static void prepare(Databases databases) throws SQLException {
    for (Connection connection : List.of(databases.plain(), databases.ours())) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SCHEMA);
      }
    }
    try (Statement statement = databases.ours().createStatement()) {
      statement.execute(CREATE);
    }
  }

  @Override
  Sql query(Random random) {
    return random.nextInt(4) == 0 ? super.query(random) : pair(QUERIES, random);
  }

  @Override
  Sql update(Random random) {
    return random.nextInt(3) == 0 ? super.update(random) : pair(UPDATES, random);
  }

  @Override
  Sql odd(Random random) {
    return random.nextInt(4) == 0 ? super.odd(random) : pair(ODD, random);
  }

  @Override
  Sql prepared(Random random) {
    return random.nextInt(4) == 0 ? super.prepared(random) : pair(PREPARED, random);
  }

  @Override
  Sql call(Random random) {
    return random.nextInt(4) == 0 ? super.call(random) : pair(CALLS, random);
  }

  @Override
  Sql slow(String expression, Random random) {
    return random.nextInt(4) == 0
        ? super.slow(expression, random)
        : pair(
            List.of(
                "SELECT id, PUBLIC." + expression + ", predicted_label FROM {many} p",
                "SELECT predicted_label, MAX(PUBLIC." + expression + ") FROM {many} p GROUP BY 1",
                "SELECT id FROM {many} p WHERE PUBLIC." + expression + " > 0"),
            random);
  }

  private static Sql pair(List<String> texts, Random random) {
    String text = drawn(texts, random);
    return new Sql(
        text.replace("{table}", derived("SELECT * FROM PUBLIC.source"))
            .replace("{many}", derived(MANY))
            .replace("{asked}", derived("SELECT * FROM PUBLIC.source WHERE id <= CAST(? AS INT)"))
            .replace("{scalar}", "CAST(CASE WHEN x < 15 THEN 'low' ELSE 'high' END AS VARCHAR(10))")
            .replace("{constant}", "PUBLIC.same_text('low')"),
        text.replace("{table}", predicted("TABLE PUBLIC.source"))
            .replace("{many}", predicted("(" + MANY + ")"))
            .replace(
                "{asked}", predicted("(SELECT * FROM PUBLIC.source WHERE id <= CAST(? AS INT))"))
            .replace("{scalar}", "PREDICTION('PUBLIC.m', x)")
            .replace("{constant}", "PREDICTION('PUBLIC.m', 3)"));
  }

  private static String derived(String query) {
    return "(SELECT s.*, " + COLUMNS + " FROM (" + query + ") s)";
  }

  private static String predicted(String data) {
    return "PREDICT(MODEL => 'PUBLIC.m', DATA => " + data + ")";
  }
}
