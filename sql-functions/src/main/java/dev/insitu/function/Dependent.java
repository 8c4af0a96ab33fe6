package dev.insitu.function;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of a database that calls functions of ours, or is a trigger of ours: without our jar it
 * fails or is skipped.
 *
 * @param kind what it is
 * @param schema its schema, as stored
 * @param name the table, view or domain, as stored
 * @param part the column, constraint or trigger in it, as stored; empty for a view
 * @param sql the statement that makes it, or the clause that calls the function
 * @param functions the functions that it calls, each with schema and name in quotes; of a trigger
 *     the class
 * @param models the models that it names in such calls, as they are written there
 * @param above of a view the views over it, and those over them, in the order in which they can be
 *     made
 */
public record Dependent(
    Kind kind,
    String schema,
    String name,
    Optional<String> part,
    String sql,
    Set<String> functions,
    Set<String> models,
    List<Dependent> above) {
  /** What an object is. */
  public enum Kind {
    /** A view whose query calls a function. */
    VIEW("view"),
    /** A materialized view whose query calls a function. */
    MATERIALIZED_VIEW("materialized view"),
    /** A generated column. */
    GENERATED_COLUMN("generated column"),
    /** A column's DEFAULT. */
    DEFAULT("default of column"),
    /** A column's ON UPDATE. */
    ON_UPDATE("ON UPDATE of column"),
    /** A table's CHECK constraint. */
    CHECK("check"),
    /** A domain's DEFAULT. */
    DOMAIN_DEFAULT("default of domain"),
    /** A domain's ON UPDATE. */
    DOMAIN_ON_UPDATE("ON UPDATE of domain"),
    /** A domain's CHECK constraint. */
    DOMAIN_CHECK("check of domain"),
    /** A trigger whose class is ours. */
    TRIGGER("trigger");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Returns the word for messages. */
    public String word() {
      return word;
    }
  }

  /** Copies the collections, the set sorted. */
  public Dependent {
    functions = Collections.unmodifiableSet(new TreeSet<>(functions));
    models = Collections.unmodifiableSet(new TreeSet<>(models));
    above = List.copyOf(above);
  }

  /** Returns schema, name and part, joined by full stops. */
  public String path() {
    return schema + "." + name + part.map(p -> "." + p).orElse("");
  }

  /** Returns kind and path, for messages. */
  @Override
  public String toString() {
    return kind.word() + " " + path();
  }
}
