package dev.insitu.calcite.condition;

import dev.insitu.calcite.condition.Term.Column;
import dev.insitu.calcite.condition.Term.Literal;
import dev.insitu.model.ColumnType;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A predicate over columns, literals and parameters that can be evaluated earlier or more often
 * than the user wrote it and nobody notices: no function, no arithmetic, no cast, and, once {@link
 * #cannotFail} has seen the types, no conversion that a value can make fail. Immutable.
 */
public sealed interface Condition {
  /** Writes it as SQL, each part in its own parentheses where that could matter. */
  void write(ConditionText text);

  /**
   * Returns whether no value of its columns can make it fail.
   *
   * @param types the type of each operand
   */
  boolean cannotFail(IntFunction<ColumnType> types);

  /** Returns whether values that compare as equal always give the same answer. */
  default boolean respectsEquality() {
    return true;
  }

  /** {@code a = b}, {@code a < 3}. */
  record Comparison(String operator, Term left, Term right) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.term(left, columnOf(right)).sql(" " + operator + " ").term(right, columnOf(left));
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return comparable(left, right, types);
    }
  }

  /** {@code a [NOT] BETWEEN b AND c}. */
  record Between(Column value, Term low, Term high, boolean negated) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.term(value, null).sql(not(negated) + " BETWEEN ").term(low, value);
      text.sql(" AND ").term(high, value);
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return comparable(value, low, types) && comparable(value, high, types);
    }
  }

  /** {@code a [NOT] IN (b, c)}. */
  record In(Column value, List<Term> items, boolean negated) implements Condition {
    /** Copies the list. */
    public In {
      items = List.copyOf(items);
    }

    @Override
    public void write(ConditionText text) {
      text.term(value, null).sql(not(negated) + " IN (");
      for (int i = 0; i < items.size(); i++) {
        text.sql(i == 0 ? "" : ", ").term(items.get(i), value);
      }
      text.sql(")");
    }

    /** An index of H2 is asked for each item in the column's own type. */
    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      ColumnType type = types.apply(value.operand());
      return items.stream()
          .allMatch(
              item ->
                  comparable(value, item, types)
                      && (!(item instanceof Literal literal) || literal.isWithin(type)));
    }
  }

  /** {@code a [NOT] LIKE 'b%'}, the pattern without escapes. */
  record Like(Column value, Literal pattern, boolean negated) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.term(value, null).sql(not(negated) + " LIKE ").term(pattern, value);
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return Term.isText(types.apply(value.operand()))
          && pattern.kind() == Literal.Kind.TEXT
          && pattern.value().indexOf('\\') < 0;
    }

    @Override
    public boolean respectsEquality() {
      return false; // under a collation 'a' = 'A', and padding counts in LIKE alone
    }
  }

  /** {@code a IS [NOT] NULL}. */
  record IsNull(Column value, boolean negated) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.term(value, null).sql(" IS" + not(negated) + " NULL");
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return true;
    }
  }

  /** A boolean column alone. */
  record Truth(Column value) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.term(value, null);
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return types.apply(value.operand()) == ColumnType.BOOLEAN;
    }
  }

  /** {@code NOT a}. */
  record Not(Condition part) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.sql("NOT (");
      part.write(text);
      text.sql(")");
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return part.cannotFail(types);
    }

    @Override
    public boolean respectsEquality() {
      return part.respectsEquality();
    }
  }

  /** {@code a AND b}, {@code a OR b}. */
  record Junction(String word, Condition left, Condition right) implements Condition {
    @Override
    public void write(ConditionText text) {
      text.sql("(");
      left.write(text);
      text.sql(") " + word + " (");
      right.write(text);
      text.sql(")");
    }

    @Override
    public boolean cannotFail(IntFunction<ColumnType> types) {
      return left.cannotFail(types) && right.cannotFail(types);
    }

    @Override
    public boolean respectsEquality() {
      return left.respectsEquality() && right.respectsEquality();
    }
  }

  private static String not(boolean negated) {
    return negated ? " NOT" : "";
  }

  private static @Nullable Column columnOf(Term term) {
    return term instanceof Column column ? column : null;
  }

  private static boolean comparable(Term left, Term right, IntFunction<ColumnType> types) {
    if (left instanceof Column column) {
      ColumnType type = types.apply(column.operand());
      if (right instanceof Column other) {
        return Term.comparable(type, types.apply(other.operand()));
      }
      return right instanceof Literal literal
          ? literal.fits(type)
          : type.form().isScalar() && type != ColumnType.ENUM;
    }
    return right instanceof Column && comparable(right, left, types);
  }
}
