package dev.insitu.calcite;

import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.TokenRange;
import java.util.List;

/**
 * The form of a query that asks a prediction for averages of columns and for the number of rows,
 * and for nothing else: {@code SELECT COUNT(*), AVG(predicted_y) AS mean FROM PREDICT(…)}.
 */
public final class AverageForm {
  private AverageForm() {}

  /** Returns whether a query has that form; what its columns are, the database knows. */
  public static boolean matches(SqlTemplate template) {
    List<SqlTemplate.Piece> pieces = template.pieces();
    if (pieces.size() < 2
        || !(pieces.get(0) instanceof SqlTemplate.Verbatim before)
        || !(pieces.get(1) instanceof TableCall call)
        || call.function() != TableFunction.PREDICT
        || !pieces.stream().skip(2).allMatch(AverageForm::isBlank)) {
      return false;
    }
    SqlTokens tokens = SqlTokens.of(before.sql());
    int from = tokens.size() - 1;
    return from > 1
        && tokens.isWord(0, "SELECT")
        && tokens.isWord(from, "FROM")
        && tokens.separated(1, from).stream().allMatch(item -> isItem(tokens, item));
  }

  private static boolean isBlank(SqlTemplate.Piece piece) {
    return piece instanceof SqlTemplate.Verbatim after && SqlTokens.of(after.sql()).size() == 0;
  }

  private static boolean isItem(SqlTokens tokens, TokenRange item) {
    int i = item.from();
    boolean named = i + 6 == item.to() && tokens.isWord(i + 4, "AS") && tokens.isName(i + 5);
    return (named || i + 4 == item.to())
        && tokens.isSymbol(i + 1, "(")
        && tokens.isSymbol(i + 3, ")")
        && (tokens.isWord(i, "AVG") && tokens.isName(i + 2)
            || tokens.isWord(i, "COUNT") && tokens.isSymbol(i + 2, "*"));
  }
}
