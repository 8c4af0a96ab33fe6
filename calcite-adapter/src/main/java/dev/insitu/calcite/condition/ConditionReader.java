package dev.insitu.calcite.condition;

import dev.insitu.calcite.condition.Term.Literal;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads conditions out of parsed expressions. Confined to one thread. */
final class ConditionReader {
  private static final List<String> TYPED = List.of("DATE", "TIME", "TIMESTAMP");

  private final SourceText source;
  private final List<Integer> ordinals;
  private final List<SqlNode> columns = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private ConditionReader(SourceText source, List<Integer> ordinals) {
    this.source = source;
    this.ordinals = ordinals;
  }

  /**
   * Returns an expression as a call of a {@link ConditionFunction}, if it is of the closed class.
   *
   * @param ordinals for each parameter of the text, the parameter of the caller's statement
   */
  static Optional<SqlNode> read(SqlNode node, SourceText source, List<Integer> ordinals) {
    ConditionReader reader = new ConditionReader(source, ordinals);
    Condition condition = reader.condition(node);
    return condition == null || reader.columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SqlBasicCall(
                new ConditionFunction(condition, reader.names),
                reader.columns,
                node.getParserPosition()));
  }

  private @Nullable Condition condition(SqlNode node) {
    if (node instanceof SqlIdentifier) {
      Term.Column column = column(node);
      return column == null ? null : new Condition.Truth(column);
    }
    if (!(node instanceof SqlCall call)) {
      return null;
    }
    return switch (call.getKind()) {
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call);
      case BETWEEN -> between(call);
      case IN, NOT_IN -> in(call);
      case LIKE -> like(call);
      case IS_NULL, IS_NOT_NULL -> {
        Term.Column value = column(call.operand(0));
        yield value == null
            ? null
            : new Condition.IsNull(value, call.getKind() == SqlKind.IS_NOT_NULL);
      }
      case NOT -> {
        Condition part = condition(call.operand(0));
        yield part == null ? null : new Condition.Not(part);
      }
      case AND, OR -> junction(call);
      default -> null;
    };
  }

  private @Nullable Condition junction(SqlCall call) {
    if (call.operandCount() != 2) {
      return null;
    }
    Condition left = condition(call.operand(0));
    Condition right = left == null ? null : condition(call.operand(1));
    return left == null || right == null
        ? null
        : new Condition.Junction(call.getKind().name(), left, right);
  }

  /** A comparison of columns of two tables is the planner's own: it is what joins are made of. */
  private static boolean joins(SqlNode left, SqlNode right) {
    return left instanceof SqlIdentifier a
        && right instanceof SqlIdentifier b
        && !a.names.subList(0, a.names.size() - 1).equals(b.names.subList(0, b.names.size() - 1));
  }

  private @Nullable Condition comparison(SqlCall call) {
    if (joins(call.operand(0), call.operand(1))) {
      return null;
    }
    Term left = term(call.operand(0));
    Term right = term(call.operand(1));
    boolean withColumn = left instanceof Term.Column || right instanceof Term.Column;
    return left == null || right == null || !withColumn
        ? null
        : new Condition.Comparison(call.getKind().sql, left, right);
  }

  private @Nullable Condition between(SqlCall call) {
    SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
    if (operator.flag != SqlBetweenOperator.Flag.ASYMMETRIC) {
      return null;
    }
    Term.Column value = column(call.operand(0));
    Term low = term(call.operand(1));
    Term high = term(call.operand(2));
    return value == null || low == null || high == null
        ? null
        : new Condition.Between(value, low, high, operator.isNegated());
  }

  private @Nullable Condition in(SqlCall call) {
    Term.Column value = column(call.operand(0));
    if (value == null || !(call.operand(1) instanceof SqlNodeList list) || list.isEmpty()) {
      return null;
    }
    List<Term> items = new ArrayList<>();
    for (SqlNode item : list) {
      Term term = item == null ? null : term(item);
      if (term == null) {
        return null;
      }
      items.add(term);
    }
    return new Condition.In(value, items, call.getKind() == SqlKind.NOT_IN);
  }

  private @Nullable Condition like(SqlCall call) {
    SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
    if (call.operandCount() != 2 || !operator.getName().endsWith("LIKE")) {
      return null;
    }
    boolean plain = operator.getName().equals("LIKE") || operator.getName().equals("NOT LIKE");
    Term.Column value = column(call.operand(0));
    return plain && value != null && term(call.operand(1)) instanceof Literal pattern
        ? new Condition.Like(value, pattern, operator.isNegated())
        : null;
  }

  private @Nullable Term term(SqlNode node) {
    if (node instanceof SqlIdentifier) {
      return column(node);
    } else if (node instanceof SqlDynamicParam parameter) {
      return new Term.Parameter(ordinals.get(parameter.getIndex()));
    } else if (node instanceof SqlLiteral literal) {
      return literal(literal, "");
    } else if (node.getKind() == SqlKind.MINUS_PREFIX
        && ((SqlCall) node).operand(0) instanceof SqlLiteral number) {
      Literal negative = literal(number, "-");
      return negative != null && negative.kind() == Literal.Kind.NUMBER ? negative : null;
    }
    return null;
  }

  private Term.@Nullable Column column(SqlNode node) {
    if (!(node instanceof SqlIdentifier identifier) || identifier.isStar()) {
      return null;
    }
    columns.add(identifier);
    names.add(String.join(".", identifier.names));
    return new Term.Column(columns.size() - 1);
  }

  /** A literal whose text is one token, or a word and a token, and says what was parsed. */
  private @Nullable Literal literal(SqlLiteral literal, String sign) {
    String sql = source.at(literal.getParserPosition());
    SqlTokens tokens = SqlTokens.of(sql);
    boolean string = tokens.isKind(tokens.size() - 1, Token.Kind.STRING) && sql.endsWith("'");
    if (tokens.size() == 1 && string && sql.startsWith("'")) {
      String value = unquoted(sql);
      return value.equals(literal.toValue()) ? new Literal(sql, Literal.Kind.TEXT, value) : null;
    } else if (sql.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,2})?")) {
      String parsed = literal.toValue();
      boolean twoSigns = !sign.isEmpty() && sql.startsWith("-");
      return parsed != null
              && !twoSigns
              && new BigDecimal(parsed).compareTo(new BigDecimal(sql)) == 0
          ? new Literal(sign + sql, Literal.Kind.NUMBER, sign + sql)
          : null;
    } else if (tokens.size() == 1 && tokens.isOneOf(0, List.of("TRUE", "FALSE"))) {
      return new Literal(sql, Literal.Kind.BOOLEAN, sql);
    } else if (tokens.size() == 2 && tokens.isOneOf(0, TYPED) && string) {
      return new Literal(
          sql,
          Literal.Kind.valueOf(tokens.text(0).toUpperCase(Locale.ROOT)),
          unquoted(tokens.text(1)));
    }
    return null;
  }

  private static String unquoted(String quoted) {
    return quoted.substring(quoted.indexOf('\'') + 1, quoted.length() - 1).replace("''", "'");
  }

  /** A text by Calcite's positions. */
  record SourceText(String sql, List<Integer> lines) {
    static SourceText of(String sql) {
      List<Integer> lines = new ArrayList<>(List.of(0));
      for (int i = 0; i < sql.length(); i++) {
        if (sql.charAt(i) == '\n') {
          lines.add(i + 1);
        }
      }
      return new SourceText(sql, lines);
    }

    /** Returns what stands at a position; empty if it is nowhere. */
    String at(SqlParserPos position) {
      int start = offset(position.getLineNum(), position.getColumnNum());
      int end = offset(position.getEndLineNum(), position.getEndColumnNum()) + 1;
      return 0 <= start && start < end && end <= sql.length() ? sql.substring(start, end) : "";
    }

    private int offset(int line, int column) {
      return 1 <= line && line <= lines.size() ? lines.get(line - 1) + column - 1 : -1;
    }
  }
}
