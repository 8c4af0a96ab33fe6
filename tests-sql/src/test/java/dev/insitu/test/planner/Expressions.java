package dev.insitu.test.planner;

import dev.insitu.test.planner.Column.Kind;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Random expressions and conditions over a scope. Some fail for some rows, some have effects.
 * Confined to one thread.
 */
final class Expressions {
  /** Makes sub-queries. */
  interface Queries {
    /** Returns a query of one column of a kind, in brackets. */
    String column(Kind kind, Scope outer, int depth);
  }

  /** Comes before the number of a parameter. */
  static final char MARK = '\uE000';

  private final Choice choice;
  private final Queries queries;
  private final List<@Nullable Object> values;
  private final boolean wild;

  /**
   * Makes a grammar.
   *
   * @param values takes the values of parameters
   * @param wild whether expressions may fail or have effects
   */
  Expressions(Choice choice, Queries queries, List<@Nullable Object> values, boolean wild) {
    this.choice = choice;
    this.queries = queries;
    this.values = values;
    this.wild = wild;
  }

  String where(Scope scope, int depth) {
    if (choice.oneIn(8)) {
      return "";
    }
    StringBuilder where = new StringBuilder(" WHERE ").append(condition(scope, depth));
    for (int more = choice.below(3); more > 0; more--) {
      where.append(choice.oneIn(8) ? " OR " : " AND ").append(condition(scope, depth));
    }
    return where.toString();
  }

  String condition(Scope scope, int depth) {
    return switch (choice.below(depth > 0 ? 12 : 9)) {
      case 0 -> "(" + simple(scope) + " OR " + simple(scope) + ")";
      case 1 -> "NOT (" + simple(scope) + ")";
      case 2 -> wild && choice.oneIn(2) ? dangerous(scope) : simple(scope);
      case 9 -> exists(scope, depth);
      case 10 -> in(scope, depth);
      case 11 -> quantified(scope, depth);
      default -> simple(scope);
    };
  }

  private String exists(Scope scope, int depth) {
    return choice.of("", "NOT ") + "EXISTS " + queries.column(Kind.INTEGER, scope, depth - 1);
  }

  private String in(Scope scope, int depth) {
    String left = scope.column(kind -> kind == Kind.INTEGER);
    return left == null
        ? exists(scope, depth)
        : left + choice.of(" IN ", " NOT IN ") + queries.column(Kind.INTEGER, scope, depth - 1);
  }

  private String quantified(Scope scope, int depth) {
    String left = scope.column(kind -> kind == Kind.INTEGER);
    return left == null
        ? exists(scope, depth)
        : left
            + compare()
            + choice.of("ANY", "ALL")
            + queries.column(Kind.INTEGER, scope, depth - 1);
  }

  /** A comparison of the kind that the planner moves, or nearly. */
  String simple(Scope scope) {
    String any = scope.column(kind -> kind != Kind.OTHER);
    if (any == null || choice.oneIn(9)) {
      String column = scope.column(kind -> true);
      return column == null ? "1 = 1" : column + choice.of(" IS NULL", " IS NOT NULL");
    }
    return switch (choice.below(7)) {
      case 0, 1 -> number(scope, any);
      case 2, 3 -> text(scope, any);
      case 4 -> time(scope, any);
      case 5 -> truth(scope, any);
      default -> computed(scope, any);
    };
  }

  private String number(Scope scope, String otherwise) {
    String column = scope.column(Kind::isNumber);
    if (column == null) {
      return otherwise + " IS NOT NULL";
    }
    return switch (choice.below(6)) {
      case 0 -> column + not() + " BETWEEN " + numberTerm(scope) + " AND " + numberTerm(scope);
      case 1 -> column + not() + " IN (" + numberTerm(scope) + ", " + numberTerm(scope) + ")";
      case 2 -> numberTerm(scope) + compare() + column;
      case 3 ->
          column + choice.of(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ") + numberTerm(scope);
      default -> column + compare() + numberTerm(scope);
    };
  }

  private String numberTerm(Scope scope) {
    if (choice.oneIn(5)) {
      return parameter(choice.orNull(3, 5.5, -1, 100_000_000_000L, new BigDecimal("2.50"), 4f));
    }
    String other = choice.oneIn(6) ? scope.column(Kind::isNumber) : null;
    return other == null
        ? choice.of("3", "-2", "5.5", "0", "3000000000", "2.25", "1e1", "+4", "NULL", "007")
        : other;
  }

  private String text(Scope scope, String otherwise) {
    String column = scope.column(Kind::isText);
    if (column == null) {
      return otherwise + " IS NOT NULL";
    }
    return switch (choice.below(7)) {
      case 0 -> column + not() + " IN (" + textTerm(scope) + ", " + textTerm(scope) + ")";
      case 1 -> column + not() + " LIKE " + choice.of("'A%'", "'_b'", "'B'", "'b__'", "''", "'%'");
      case 2 ->
          column
              + not()
              + " LIKE "
              + choice.of(
                  "'A!%' ESCAPE '!'", "'A\\%'", "'_\\_'", parameter(choice.orNull("A%", "_b")));
      case 3 -> column + not() + " BETWEEN " + textTerm(scope) + " AND " + textTerm(scope);
      default -> column + compare() + textTerm(scope);
    };
  }

  private String textTerm(Scope scope) {
    if (choice.oneIn(5)) {
      return parameter(choice.orNull("Bb", "A", "x", "Y", "C  ", "ß", ""));
    }
    String other = choice.oneIn(6) ? scope.column(Kind::isText) : null;
    return other == null
        ? choice.of(
            "'Aa'",
            "'bB'",
            "'A'",
            "'B  '",
            "'x'",
            "''",
            "'Ca'",
            "U&'\\0041a'",
            "'B' 'b'",
            "$$Aa$$",
            "N'Bb'",
            "NULL")
        : other;
  }

  private String time(Scope scope, String otherwise) {
    Kind kind = choice.of(Kind.DATE, Kind.TIMESTAMP, Kind.ZONED);
    String column = scope.column(k -> k == kind);
    if (column == null) {
      return otherwise + " IS NOT NULL";
    }
    if (choice.oneIn(5)) {
      return column
          + compare()
          + parameter(
              choice.orNull(
                  LocalDate.of(2013, 1, 20),
                  Timestamp.valueOf("2013-01-10 07:00:00"),
                  OffsetDateTime.parse("2013-01-12T00:00:00+02:00")));
    }
    return switch (choice.below(3)) {
      case 0 -> column + not() + " BETWEEN " + timeTerm() + " AND " + timeTerm();
      case 1 -> column + not() + " IN (" + timeTerm() + ", " + timeTerm() + ")";
      default -> column + compare() + timeTerm();
    };
  }

  private String timeTerm() {
    return choice.of(
        "DATE '2013-01-14'",
        "'2013-02-01'",
        "TIMESTAMP '2013-01-10 07:00:00'",
        "'2013-01-05 12:30:00'",
        "TIMESTAMP WITH TIME ZONE '2013-01-12 00:00:00+02'",
        "TIMESTAMP '2013-01-20 00:00:00.5'",
        "CURRENT_DATE",
        "NULL");
  }

  private String truth(Scope scope, String otherwise) {
    String column = scope.column(kind -> kind == Kind.BOOLEAN);
    return column == null
        ? otherwise + " IS NOT NULL"
        : choice.of(
            column,
            "NOT " + column,
            column + compare() + choice.of("TRUE", "FALSE", "NULL", "UNKNOWN"),
            column + " IS " + choice.of("TRUE", "NOT TRUE", "FALSE", "UNKNOWN"));
  }

  private String computed(Scope scope, String otherwise) {
    String number = scope.column(Kind::isNumber);
    String text = scope.column(Kind::isText);
    if (number == null || text == null) {
      return otherwise + " IS NOT NULL";
    }
    return choice.of(
        number + " + 1 > 3",
        "ABS(" + number + ") < 6",
        "UPPER(" + text + ") = 'AA'",
        "LENGTH(" + text + ") > 1",
        "COALESCE(" + text + ", 'Bb') <> 'Bb'",
        "(" + number + ", " + text + ") = (3, 'Aa')",
        "(" + number + ", " + text + ") IN ((3, 'Aa'), (5, 'Bb'))",
        "CASE WHEN " + number + " > 3 THEN " + text + " = 'Bb' ELSE TRUE END",
        text + " || 'x' LIKE 'A%'",
        "CAST(" + number + " AS VARCHAR) <> '3'",
        "GREATEST(" + number + ", 4) = 4");
  }

  /** Fails for some rows, or has an effect, or another value each time. */
  private String dangerous(Scope scope) {
    String number = scope.column(Kind::isNumber);
    String text = scope.column(Kind::isText);
    if (number == null || text == null) {
      return "1 = 1";
    }
    return choice.of(
        "10 / (" + number + " - 3) > 1",
        "CASE WHEN " + number + " <> 0 THEN 10 / " + number + " > 1 ELSE FALSE END",
        "CAST(" + text + " AS INT) > 1",
        text + " > 3",
        text + " = " + number,
        "RAND() >= 0",
        "NEXT VALUE FOR seq > 0",
        "tick(" + number + ") >= 0",
        "SET(@v, COALESCE(@v, 0) + 1) > 0",
        "@v IS NULL",
        "ROWNUM > 0",
        "_ROWID_ > 0",
        "1 / 0 > 0",
        "RANDOM_UUID() IS NOT NULL");
  }

  /** An expression for a select list, and what comes of it. */
  record Value(String sql, Kind kind) {}

  Value value(Scope scope, int depth) {
    Column column = choice.from(scope.columns().toList());
    String sql = scope.column(kind -> kind == column.kind());
    String reference = sql == null ? "1" : sql;
    return switch (choice.below(depth > 0 ? 9 : 7)) {
      case 0 ->
          column.kind().isNumber()
              ? new Value(reference + " * 2", column.kind())
              : plain(reference, column);
      case 1 ->
          column.kind().isText()
              ? new Value("LOWER(" + reference + ")", Kind.TEXT)
              : plain(reference, column);
      case 2 -> new Value("CASE WHEN " + simple(scope) + " THEN 1 ELSE 0 END", Kind.INTEGER);
      case 7 ->
          new Value(
              "(SELECT MAX(m) FROM " + named(queries.column(Kind.INTEGER, scope, depth - 1)) + ")",
              Kind.INTEGER);
      default -> plain(reference, column);
    };
  }

  private static String named(String query) {
    return query + " AS sub(m)";
  }

  private static Value plain(String reference, Column column) {
    return new Value(reference, column.kind());
  }

  String aggregate(Scope scope) {
    String exact = scope.column(Kind::isExact);
    String any = scope.column(kind -> kind.isNumber() || kind == Kind.TEXT || kind == Kind.DATE);
    String filter = choice.oneIn(5) ? " FILTER (WHERE " + simple(scope) + ")" : "";
    return switch (choice.below(6)) {
      case 0 -> exact == null ? "COUNT(*)" : "SUM(" + exact + ")" + filter;
      case 1 -> any == null ? "COUNT(*)" : "MAX(" + any + ")" + filter;
      case 2 -> any == null ? "COUNT(*)" : "COUNT(DISTINCT " + any + ")" + filter;
      case 3 ->
          any == null
              ? "COUNT(*)"
              : "LISTAGG(" + any + ", ',') WITHIN GROUP (ORDER BY " + any + ")" + filter;
      case 4 -> any == null ? "COUNT(*)" : "COUNT(" + any + ")" + filter;
      default -> "COUNT(*)" + filter;
    };
  }

  /** Returns what stands for a parameter until the text is complete. */
  String parameter(@Nullable Object value) {
    values.add(value);
    return MARK + String.valueOf((char) (MARK + values.size()));
  }

  String compare() {
    return choice.of(" = ", " <> ", " < ", " <= ", " > ", " >= ");
  }

  private String not() {
    return choice.oneIn(3) ? " NOT" : "";
  }
}
