package dev.insitu.test.planner;

import dev.insitu.test.planner.Column.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random queries over predictions, and changes of rows with them. Confined to one thread. */
final class Queries implements Expressions.Queries {
  private final Choice choice;
  private final Sources sources;
  private final Expressions expressions;
  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<Relation> withQueries = new ArrayList<>();
  private int aliases;

  /**
   * Makes a grammar for one statement.
   *
   * @param wild whether expressions may fail or have effects
   */
  Queries(Choice choice, Sources sources, boolean wild) {
    this.choice = choice;
    this.sources = sources;
    this.expressions = new Expressions(choice, this, values, wild);
  }

  /** A query and its columns, whose names are unique. */
  private record Query(String sql, List<Column> columns) {}

  /** Something in FROM. */
  private record From(String sql, List<Relation> relations) {}

  RandomStatement statement() {
    boolean change = choice.oneIn(6);
    return finished(change ? change() : withQuery(2).sql(), change);
  }

  private RandomStatement finished(String sql, boolean change) {
    StringBuilder text = new StringBuilder();
    List<@Nullable Object> used = new ArrayList<>();
    boolean numbered = choice.oneIn(5);
    for (int i = 0; i < sql.length(); i++) {
      if (sql.charAt(i) == Expressions.MARK) {
        used.add(values.get(sql.charAt(++i) - Expressions.MARK - 1));
        text.append('?').append(numbered ? String.valueOf(used.size()) : "");
      } else {
        text.append(sql.charAt(i));
      }
    }
    return new RandomStatement(text.toString(), used, change);
  }

  private String alias(String prefix) {
    return prefix + ++aliases;
  }

  private Query withQuery(int depth) {
    if (!choice.oneIn(5)) {
      return query(depth, null);
    }
    Query first = query(depth - 1, null);
    String name = alias("w");
    boolean renamed = choice.oneIn(3);
    List<Column> columns = renamed ? renamed(first.columns()) : first.columns();
    withQueries.add(new Relation(name, columns));
    String with = "WITH " + name + (renamed ? names(columns) : "") + " AS (" + first.sql() + ") ";
    if (choice.oneIn(3)) {
      Query second = query(depth - 1, null);
      String next = alias("w");
      withQueries.add(new Relation(next, second.columns()));
      with = with.stripTrailing() + ", " + next + " AS (" + second.sql() + ") ";
    }
    Query main = query(depth, null);
    return new Query(with + main.sql(), main.columns());
  }

  private Query query(int depth, @Nullable Scope outer) {
    if (depth > 0 && choice.oneIn(7)) {
      return set(depth, outer);
    }
    return select(depth, outer);
  }

  private Query set(int depth, @Nullable Scope outer) {
    String operator =
        choice.of(" UNION ALL ", " UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ", " MINUS ");
    if (choice.oneIn(3)) {
      String call = sources.call(choice);
      List<Column> columns = sources.columns(call);
      Scope scope = scope(List.of(new Relation("s", columns)), outer);
      String one = "SELECT * FROM " + call + " AS s" + expressions.where(scope, 0);
      String two = "SELECT * FROM " + call + " AS s" + expressions.where(scope, 0);
      return new Query(one + operator + two, columns);
    }
    List<Column> columns =
        List.of(new Column(fold("n1"), Kind.INTEGER), new Column(fold("n2"), Kind.TEXT));
    return new Query(
        branch(columns, depth, outer) + operator + branch(columns, depth, outer), columns);
  }

  private String branch(List<Column> wanted, int depth, @Nullable Scope outer) {
    From from = from(depth - 1, outer);
    Scope scope = scope(from.relations(), outer);
    String list =
        wanted.stream()
            .map(
                column -> {
                  String found = scope.column(kind -> kind == column.kind());
                  return (found == null ? (column.kind() == Kind.TEXT ? "'-'" : "7") : found)
                      + " AS "
                      + column.name();
                })
            .collect(Collectors.joining(", "));
    return "SELECT " + list + " FROM " + from.sql() + expressions.where(scope, depth - 1);
  }

  private Query select(int depth, @Nullable Scope outer) {
    if (depth > 0 && choice.oneIn(12) && !withQueries.isEmpty()) {
      Relation with = choice.from(withQueries);
      return new Query("TABLE " + with.alias(), with.columns());
    }
    From from = from(depth, outer);
    Scope scope = scope(from.relations(), outer);
    return switch (choice.below(8)) {
      case 0, 1 -> grouped(from, scope, depth);
      case 2 -> windowed(from, scope, depth);
      case 3, 4 -> star(from, scope, depth);
      default -> listed(from, scope, depth);
    };
  }

  private Query star(From from, Scope scope, int depth) {
    Relation one = choice.from(scope.relations());
    boolean single = scope.relations().size() == 1;
    boolean except = choice.oneIn(4) && one.columns().size() > 2;
    List<Column> columns = one.columns();
    String list = single && choice.oneIn(2) ? "*" : one.alias() + ".*";
    if (except) {
      Column left = choice.from(columns);
      columns = columns.stream().filter(column -> !column.equals(left)).toList();
      String name = scope.written(left.name());
      list += " EXCEPT (" + (single ? name : one.alias() + "." + name) + ")";
    }
    boolean comparable = columns.stream().noneMatch(column -> column.kind() == Kind.OTHER);
    String distinct = comparable && choice.oneIn(6) ? "DISTINCT " : "";
    String sql =
        "SELECT " + distinct + list + " FROM " + from.sql() + expressions.where(scope, depth);
    return new Query(sql + order(columns), columns);
  }

  private String order(List<Column> columns) {
    boolean comparable = columns.stream().noneMatch(column -> column.kind() == Kind.OTHER);
    if (!comparable || !choice.oneIn(3)) {
      return "";
    }
    String all =
        IntStream.rangeClosed(1, columns.size())
            .mapToObj(i -> i + choice.of("", " DESC", " NULLS LAST"))
            .collect(Collectors.joining(", "));
    return " ORDER BY "
        + all
        + choice.of("", "", " LIMIT 20", " OFFSET 3 ROWS FETCH NEXT 9 ROWS ONLY");
  }

  private Query listed(From from, Scope scope, int depth) {
    List<Column> columns = new ArrayList<>();
    List<String> items = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = choice.below(4); i >= 0; i--) {
      Expressions.Value value = expressions.value(scope, depth);
      String name = choice.oneIn(4) ? "Odd " + alias("c") : alias("c");
      boolean odd = name.startsWith("Odd");
      String last = value.sql().substring(value.sql().lastIndexOf('.') + 1).replace("\"", "");
      Column same =
          scope.columns().filter(c -> c.name().equalsIgnoreCase(last)).findFirst().orElse(null);
      if (same != null && choice.oneIn(2) && taken.add(same.name())) {
        items.add(value.sql());
        columns.add(same);
      } else {
        items.add(value.sql() + " AS " + (odd ? '"' + name + '"' : name));
        columns.add(new Column(odd ? name : fold(name), value.kind()));
      }
    }
    boolean comparable = columns.stream().noneMatch(column -> column.kind() == Kind.OTHER);
    String distinct = comparable && choice.oneIn(6) ? "DISTINCT " : "";
    String sql =
        "SELECT "
            + distinct
            + String.join(", ", items)
            + " FROM "
            + from.sql()
            + expressions.where(scope, depth);
    return new Query(sql + order(columns), columns);
  }

  private Query grouped(From from, Scope scope, int depth) {
    List<Column> columns = new ArrayList<>();
    List<String> items = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = choice.below(3); i > 0; i--) {
      String key =
          choice.oneIn(4)
              ? "CASE WHEN " + expressions.simple(scope) + " THEN 1 ELSE 0 END"
              : scope.column(kind -> kind.isExact() || kind.isText() || kind == Kind.DATE);
      // The same parameter twice would not be the same expression.
      if (key != null && key.indexOf(Expressions.MARK) < 0) {
        Kind kind =
            key.startsWith("CASE")
                ? Kind.INTEGER
                : scope
                    .columns()
                    .filter(
                        c ->
                            key.replace("\"", "")
                                .toUpperCase(Locale.ROOT)
                                .endsWith(c.name().toUpperCase(Locale.ROOT)))
                    .map(Column::kind)
                    .findFirst()
                    .orElse(Kind.OTHER);
        String name = alias("k");
        keys.add(choice.oneIn(5) && kind != Kind.OTHER && !key.startsWith("CASE") ? name : key);
        items.add(key + " AS " + name);
        columns.add(new Column(fold(name), kind));
      }
    }
    for (int i = choice.below(2); i >= 0; i--) {
      String name = alias("g");
      items.add(expressions.aggregate(scope) + " AS " + name);
      columns.add(new Column(fold(name), Kind.OTHER));
    }
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(String.join(", ", items)).append(" FROM ").append(from.sql());
    sql.append(expressions.where(scope, depth));
    if (!keys.isEmpty()) {
      sql.append(" GROUP BY ").append(String.join(", ", keys));
    }
    if (choice.oneIn(4)) {
      sql.append(" HAVING COUNT(*) > ").append(choice.below(4));
    }
    return new Query(sql.toString(), columns);
  }

  private Query windowed(From from, Scope scope, int depth) {
    String key = scope.column(kind -> kind.isExact());
    String part = scope.column(kind -> kind.isText());
    String shown = scope.column(kind -> kind != Kind.OTHER);
    if (key == null || part == null || shown == null) {
      return listed(from, scope, depth);
    }
    boolean named = choice.oneIn(2);
    String window = "PARTITION BY " + part + choice.of("", " ORDER BY " + key);
    String function = choice.of("COUNT(*)", "MAX(" + key + ")", "RANK()", "DENSE_RANK()");
    boolean ranked = function.contains("RANK");
    String over = ranked && !window.contains("ORDER") ? window + " ORDER BY " + key : window;
    String sql =
        "SELECT "
            + shown
            + " AS c, "
            + function
            + " OVER "
            + (named ? "win" : "(" + over + ")")
            + " AS r FROM "
            + from.sql()
            + expressions.where(scope, depth)
            + (named ? " WINDOW win AS (" + over + ")" : "")
            + choice.of("", "", " QUALIFY r < 9");
    Kind kind =
        scope
            .columns()
            .filter(
                c ->
                    shown
                        .replace("\"", "")
                        .toUpperCase(Locale.ROOT)
                        .endsWith(c.name().toUpperCase(Locale.ROOT)))
            .map(Column::kind)
            .findFirst()
            .orElse(Kind.OTHER);
    return new Query(sql, List.of(new Column(fold("c"), kind), new Column(fold("r"), Kind.OTHER)));
  }

  private From from(int depth, @Nullable Scope outer) {
    From first = source(depth);
    if (depth <= 0 || !choice.oneIn(4)) {
      return first;
    }
    From second = choice.oneIn(2) ? other() : source(depth - 1);
    List<Relation> both = new ArrayList<>(first.relations());
    both.addAll(second.relations());
    boolean swap = choice.oneIn(4);
    String left = swap ? second.sql() : first.sql();
    String right = swap ? first.sql() : second.sql();
    Scope scope = scope(both, outer);
    String key = common(first.relations().get(0), second.relations().get(0));
    String a = first.relations().get(0).alias() + ".";
    String b = second.relations().get(0).alias() + ".";
    if (key == null) {
      return first;
    }
    String equal = a + scope.written(key) + " = " + b + scope.written(key);
    String on = " ON " + equal + choice.of("", " AND " + expressions.simple(scope));
    String join =
        switch (choice.below(6)) {
          case 0 -> left + " LEFT JOIN " + right + on;
          case 1 -> left + " RIGHT JOIN " + right + on;
          case 2 -> left + " JOIN " + right + " USING (" + scope.written(key) + ")";
          case 3 -> left + " NATURAL JOIN " + right;
          default -> left + " JOIN " + right + on;
        };
    return new From(join, both);
  }

  private static @Nullable String common(Relation one, Relation two) {
    return one.columns().stream()
        .filter(column -> column.kind() == Kind.INTEGER && two.columns().contains(column))
        .map(Column::name)
        .findFirst()
        .orElse(null);
  }

  private From other() {
    String alias = alias("u");
    return new From("u AS " + alias, List.of(new Relation(alias, sources.other())));
  }

  private From source(int depth) {
    if (depth > 0 && choice.oneIn(3)) {
      Query query = query(depth - 1, null);
      String alias = alias("q");
      boolean renamed = choice.oneIn(5);
      List<Column> columns = renamed ? renamed(query.columns()) : query.columns();
      String sql = "(" + query.sql() + ") AS " + alias + (renamed ? names(columns) : "");
      return new From(sql, List.of(new Relation(alias, columns)));
    }
    if (!withQueries.isEmpty() && choice.oneIn(2)) {
      Relation with = choice.from(withQueries);
      String alias = alias("x");
      return new From(with.alias() + " AS " + alias, List.of(new Relation(alias, with.columns())));
    }
    String call = sources.call(choice);
    String alias = alias("p");
    List<Column> columns = sources.columns(call);
    boolean renamed = choice.oneIn(8);
    if (renamed) {
      columns = renamed(columns);
    }
    return new From(
        call + choice.of(" AS ", " ") + alias + (renamed ? names(columns) : ""),
        List.of(new Relation(alias, columns)));
  }

  /** Names of which some are those of other columns. */
  private List<Column> renamed(List<Column> columns) {
    List<String> names = new ArrayList<>(columns.stream().map(Column::name).toList());
    if (choice.oneIn(2)) {
      java.util.Collections.rotate(names, 1);
    } else {
      names.replaceAll(name -> fold(alias("n")));
    }
    return IntStream.range(0, columns.size())
        .mapToObj(i -> new Column(names.get(i), columns.get(i).kind()))
        .toList();
  }

  private static String names(List<Column> columns) {
    return columns.stream()
        .map(column -> '"' + column.name() + '"')
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String fold(String name) {
    return sources.lower() ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
  }

  private Scope scope(List<Relation> relations, @Nullable Scope outer) {
    return new Scope(relations, outer, sources.lower(), choice);
  }

  @Override
  public String column(Kind kind, Scope outer, int depth) {
    From from = depth > 0 || choice.oneIn(2) ? source(depth) : other();
    Scope scope = scope(from.relations(), choice.oneIn(2) ? outer : null);
    String found = scope.column(k -> k == kind);
    return "(SELECT "
        + (found == null ? "7" : found)
        + " FROM "
        + from.sql()
        + expressions.where(scope, Math.max(depth - 1, 0))
        + ")";
  }

  private String change() {
    Relation target = new Relation("target", sources.target());
    Scope scope = scope(List.of(target), null);
    String call = sources.call(choice);
    List<Column> columns = sources.columns(call);
    Relation source = new Relation("s", columns);
    Scope both = scope(List.of(target, source), null);
    String number = both.reference(source, numberOf(columns));
    String inSource = expressions.where(scope(List.of(source), null), 1);
    return switch (choice.below(5)) {
      case 0 ->
          "UPDATE target SET score = (SELECT MAX("
              + number
              + ") FROM "
              + call
              + " AS s WHERE s.id = target.id)"
              + expressions.where(scope, 2);
      case 1 -> "DELETE FROM target WHERE " + expressions.condition(scope, 3);
      case 2 ->
          "MERGE INTO target USING "
              + choice.of(call + " AS s", "(SELECT * FROM " + call + ") AS s")
              + " ON target.id = s.id AND s.id NOT BETWEEN 10 AND 20"
              + " WHEN MATCHED AND "
              + expressions.simple(both)
              + " THEN UPDATE SET score = "
              + number
              + " WHEN NOT MATCHED THEN INSERT (id, score) VALUES (s.id, "
              + number
              + ")";
      case 3 ->
          "INSERT INTO target(id, score) SELECT id, "
              + number
              + " FROM "
              + call
              + " AS s"
              + inSource;
      default ->
          "INSERT INTO target(id, score) SELECT id, "
              + choice.of("x", "MAX(x)")
              + " FROM (SELECT *, "
              + number
              + " AS x FROM "
              + call
              + " AS s"
              + inSource
              + ") AS q GROUP BY id, x";
    };
  }

  private static Column numberOf(List<Column> columns) {
    List<Column> numbers = columns.stream().filter(column -> column.kind().isNumber()).toList();
    return numbers.get(numbers.size() - 1);
  }
}
