package dev.insitu.test.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can name: the relations of its query, then those around it.
 *
 * @param lower whether unquoted names are folded to lower case
 */
record Scope(List<Relation> relations, @Nullable Scope outer, boolean lower, Choice choice) {
  /** Copies the list. */
  Scope {
    relations = List.copyOf(relations);
  }

  /** Returns a column of the wanted kind as a statement may write it, null if there is none. */
  @Nullable String column(Predicate<Column.Kind> wanted) {
    List<String> found = new ArrayList<>();
    for (Relation relation : relations) {
      for (Column column : relation.columns()) {
        if (wanted.test(column.kind())) {
          found.add(reference(relation, column));
        }
      }
    }
    Scope around = outer;
    if (around != null && (found.isEmpty() || choice.oneIn(6))) {
      String correlated = around.column(wanted);
      return correlated != null || found.isEmpty() ? correlated : choice.from(found);
    }
    return found.isEmpty() ? null : choice.from(found);
  }

  /** Returns all columns of this query's relations. */
  Stream<Column> columns() {
    return relations.stream().flatMap(relation -> relation.columns().stream());
  }

  /** Returns a column, qualified if another one has its name, and sometimes otherwise. */
  String reference(Relation relation, Column column) {
    long alike = columns().filter(other -> other.name().equalsIgnoreCase(column.name())).count();
    String name = written(column.name());
    return alike > 1 || outer != null || choice.oneIn(3) ? relation.alias() + "." + name : name;
  }

  /** Returns a name in one of the ways in which it can be written. */
  String written(String name) {
    String folded = lower ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
    boolean plain = name.equals(folded) && name.matches("[A-Za-z_][A-Za-z_0-9]*");
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    return plain
        ? choice.of(
            name.toLowerCase(Locale.ROOT),
            name.toLowerCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT),
            quoted)
        : quoted;
  }
}
