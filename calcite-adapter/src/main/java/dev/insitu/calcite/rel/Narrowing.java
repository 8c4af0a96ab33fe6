package dev.insitu.calcite.rel;

import dev.insitu.calcite.condition.Condition;
import dev.insitu.calcite.condition.ConditionText;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.model.ColumnSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of an input query is read: some of its columns, and the rows for which all conditions
 * are true.
 *
 * @param columns the columns that are read, by position, ascending
 * @param conditions what must be true of a row
 */
public record Narrowing(List<Integer> columns, List<Bound> conditions) {
  /**
   * A condition over columns of the input.
   *
   * @param operands the position of each operand
   */
  public record Bound(Condition condition, List<Integer> operands) {
    /** Copies the list. */
    public Bound {
      operands = List.copyOf(operands);
    }
  }

  /** Copies the lists. */
  public Narrowing {
    columns = List.copyOf(columns);
    conditions = List.copyOf(conditions);
  }

  /** Returns whether all rows and all of {@code width} columns are read. */
  public boolean readsAll(int width) {
    return conditions.isEmpty() && columns.size() == width;
  }

  /** Returns whether a condition is about a column. */
  public boolean asksFor(int column) {
    return conditions.stream().anyMatch(bound -> bound.operands().contains(column));
  }

  /** Returns whether an input's columns have names that a query around it can use. */
  public static boolean canNarrow(List<ColumnSpec> specs) {
    Set<String> names = new HashSet<>();
    return specs.stream().allMatch(spec -> names.add(spec.name().toUpperCase(Locale.ROOT)));
  }

  /**
   * Returns for each parameter of the conditions, in order, the column that it is compared with.
   */
  public List<Integer> comparedWith() {
    List<Integer> compared = new ArrayList<>();
    for (Bound bound : conditions) {
      ConditionText text = new ConditionText(operand -> "");
      bound.condition().write(text);
      text.template();
      text.comparedWith().forEach(operand -> compared.add(bound.operands().get(operand)));
    }
    return compared;
  }

  /**
   * Returns the query that reads no more than this.
   *
   * @param data the input query
   * @param specs its columns
   */
  public SqlTemplate over(SqlTemplate data, List<ColumnSpec> specs) {
    if (readsAll(specs.size())) {
      return data;
    }
    String list =
        columns.isEmpty()
            ? "NULL"
            : columns.stream().map(i -> name(specs, i)).collect(Collectors.joining(", "));
    SqlTemplate query = SqlTemplate.of("SELECT " + list + " FROM ");
    query = source(data).after(query);
    for (int i = 0; i < conditions.size(); i++) {
      Bound bound = conditions.get(i);
      ConditionText text = new ConditionText(operand -> name(specs, bound.operands().get(operand)));
      text.sql(i == 0 ? " WHERE " : " AND ").sql(conditions.size() > 1 ? "(" : "");
      bound.condition().write(text);
      query = text.sql(conditions.size() > 1 ? ")" : "").template().after(query);
    }
    return query;
  }

  /** A table itself, whose indexes the database can then use; else the query in parentheses. */
  private static SqlTemplate source(SqlTemplate data) {
    if (data.isPlain()) {
      String sql =
          data.render(
                  call -> {
                    throw new AssertionError(call);
                  })
              .sql();
      SqlTokens tokens = SqlTokens.of(sql);
      if (tokens.isWord(0, "SELECT")
          && tokens.isSymbol(1, "*")
          && tokens.isWord(2, "FROM")
          && isTable(tokens)) {
        return SqlTemplate.of(
            sql.substring(tokens.get(3).start(), tokens.get(tokens.size() - 1).end()));
      }
    }
    return SqlTemplate.of(")").after(data.after(SqlTemplate.of("(")));
  }

  private static boolean isTable(SqlTokens tokens) {
    for (int i = 3; i < tokens.size(); i++) {
      if ((i - 3) % 2 == 0 ? !tokens.isName(i) : !tokens.isSymbol(i, ".")) {
        return false;
      }
    }
    return tokens.size() % 2 == 0 && tokens.size() > 3;
  }

  private static String name(List<ColumnSpec> specs, int position) {
    return '"' + specs.get(position).name().replace("\"", "\"\"") + '"';
  }
}
