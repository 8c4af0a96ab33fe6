package dev.insitu.jdbc.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random texts of pieces whose answer is known by construction: each piece says of itself whether
 * it is a call of ours, and none changes what its neighbours are.
 */
class OwnStatementsFuzzTest {
  private static final int TEXTS = 5_000;

  /** What may stand in a select list, not ours. */
  private static final List<String> FOREIGN_VALUES =
      List.of(
          "model",
          "t.prediction",
          "'PREDICTION(''m'', 1)'",
          "\"PREDICTION\"('m', 1)",
          "`PREDICTION`(1)",
          "$$PREDICTION('m', 1)$$",
          "s.PREDICTION('m', 1)",
          "predict(1, train(2))",
          "U&'PREDICT(\\0041' UESCAPE '\\'",
          "N'PREDICT('",
          "X'0a'",
          "1.5e3",
          "?",
          "?12",
          "x::VARCHAR",
          "EXTRACT(YEAR FROM predict)",
          "TRIM('x' FROM train(a))",
          "CASE WHEN model = 1 THEN train ELSE ml END",
          "(SELECT MAX(model) FROM ml)",
          "a[1] || 'it''s'",
          "a IS NOT DISTINCT FROM predict(1)");

  private static final List<String> OWN_VALUES =
      List.of(
          "PREDICTION('m', a)",
          "prediction /* x */ ('m', a)",
          "1 + Prediction_Probability('m', 'yes', a)",
          "f(a, PREDICTION('m', (b)))",
          "CASE WHEN PREDICTION('m') THEN 1 END",
          "(SELECT x FROM PREDICT(MODEL => 'm', DATA => TABLE t))",
          "(SELECT x FROM a, TABLE(ml.predict(MODEL m, TABLE t)))");

  private static final List<String> FOREIGN_TABLES =
      List.of(
          "predict",
          "ml.train",
          "\"PREDICT\"(1)",
          "s.predict(1)",
          "t predict",
          "t AS prediction(a, b)",
          "(SELECT predict(1) FROM dual)",
          "(VALUES (1), (2)) model",
          "SYSTEM_RANGE(1, 2)");

  private static final List<String> OWN_TABLES =
      List.of(
          "PREDICT(MODEL => 'm', DATA => TABLE t)",
          "TABLE(train(MODEL => 'm', DATA => (SELECT 1)))",
          "ML.EVALUATE(MODEL m)",
          "(PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN u ON TRUE)");

  private static final List<String> GAPS =
      List.of(
          " ",
          "\n",
          " /* PREDICT( /* 'x */ */ ",
          " -- PREDICTION('m'\n",
          " // FROM PREDICT(1)\n",
          "\t",
          " /**/ ");

  @Test
  void answersAreThoseOfThePieces() {
    Random random = new Random(3);
    int ours = 0;
    for (int i = 0; i < TEXTS; i++) {
      Text text = text(random);
      ours += text.ours ? 1 : 0;
      assertThat(OwnStatements.any(text.sql.toString(), UserRoutines.NONE))
          .as(text.sql.toString())
          .isEqualTo(text.ours);
    }
    assertThat(ours).isBetween(TEXTS / 4, TEXTS * 3 / 4);
  }

  @Test
  void aCommandIsFoundWhateverStandsBetweenItsWords() {
    Random random = new Random(4);
    List<String> commands =
        List.of(
            "CREATE MODEL m AS SELECT 1",
            "create or replace model m AS SELECT 1",
            "DROP MODEL m",
            "ALTER MODEL m RENAME TO n",
            "SHOW MODELS",
            "SHOW CREATE MODEL m",
            "DESCRIBE MODEL m",
            "EXPORT MODEL m TO 'f'",
            "GRANT PREDICT , READ ON MODEL m TO u",
            "REVOKE PREDICT ON MODEL m FROM u",
            "EXPLAIN PLAN FOR DROP MODEL m",
            "CREATE TABLE model AS SELECT model FROM models",
            "SELECT predict , train FROM model ON model",
            "GRANT SELECT ON model TO u");
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder sql = new StringBuilder(random.nextBoolean() ? "" : "SELECT model FROM t;");
      for (String word : pick(commands, random).split(" ")) {
        sql.append(word).append(random.nextInt(3) > 0 ? " " : pick(GAPS, random));
      }
      assertThat(OwnStatements.any(sql.toString(), UserRoutines.NONE))
          .as(sql.toString())
          .isEqualTo(OwnStatements.read(sql.toString(), UserRoutines.NONE));
    }
  }

  private static final class Text {
    final StringBuilder sql = new StringBuilder();
    boolean ours;
  }

  private static Text text(Random random) {
    Text text = new Text();
    int statements = 1 + random.nextInt(2);
    for (int i = 0; i < statements; i++) {
      if (i > 0) {
        text.sql.append(';');
      }
      text.sql.append(pick(GAPS, random)).append("SELECT");
      list(text, random, FOREIGN_VALUES, OWN_VALUES);
      text.sql.append("FROM");
      list(text, random, FOREIGN_TABLES, OWN_TABLES);
      if (random.nextBoolean()) {
        text.sql.append("WHERE");
        list(text, random, FOREIGN_VALUES, OWN_VALUES);
      }
      text.sql.append("ORDER BY");
      list(text, random, FOREIGN_VALUES, OWN_VALUES);
    }
    return text;
  }

  private static void list(Text text, Random random, List<String> foreign, List<String> own) {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      boolean ours = random.nextInt(14) == 0;
      text.ours |= ours;
      text.sql
          .append(i > 0 ? "," : "")
          .append(pick(GAPS, random))
          .append(pick(ours ? own : foreign, random))
          .append(pick(GAPS, random));
    }
  }

  private static String pick(List<String> pieces, Random random) {
    return pieces.get(random.nextInt(pieces.size()));
  }
}
