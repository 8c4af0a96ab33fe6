package dev.insitu.calcite.condition;

import dev.insitu.calcite.ddl.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Writes conditions as a piece of a statement. Confined to one thread. */
public final class ConditionText {
  private final IntFunction<String> columns;
  private final List<SqlTemplate.Piece> pieces = new ArrayList<>();
  private final List<Integer> comparedWith = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();

  /**
   * Starts a text.
   *
   * @param columns how each operand is written
   */
  public ConditionText(IntFunction<String> columns) {
    this.columns = columns;
  }

  /** Adds text. */
  public ConditionText sql(String text) {
    pending.append(text);
    return this;
  }

  /**
   * Adds a term.
   *
   * @param other the column that it is compared with
   */
  ConditionText term(Term term, Term.@Nullable Column other) {
    if (term instanceof Term.Column column) {
      return sql(columns.apply(column.operand()));
    } else if (term instanceof Term.Literal literal) {
      return sql(literal.sql());
    }
    flush();
    pieces.add(new SqlTemplate.Parameter(((Term.Parameter) term).ordinal()));
    comparedWith.add(other == null ? -1 : other.operand());
    return this;
  }

  /** Returns for each parameter the operand that it is compared with, -1 if none. */
  public List<Integer> comparedWith() {
    return List.copyOf(comparedWith);
  }

  /** Returns what has been written. */
  public SqlTemplate template() {
    flush();
    return new SqlTemplate(pieces);
  }

  /** Returns what has been written, for people: {@code ?1} for a parameter. */
  public String shown() {
    StringBuilder shown = new StringBuilder();
    for (SqlTemplate.Piece piece : template().pieces()) {
      shown.append(
          piece instanceof SqlTemplate.Parameter parameter
              ? "?" + (parameter.ordinal() + 1)
              : ((SqlTemplate.Verbatim) piece).sql());
    }
    return shown.toString();
  }

  private void flush() {
    if (!pending.isEmpty()) {
      pieces.add(new SqlTemplate.Verbatim(pending.toString()));
      pending.setLength(0);
    }
  }
}
