package dev.insitu.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function that plain H2 can call.
 *
 * @param name in upper case; its schema is {@code INSITU}
 * @param kind where a call stands
 * @param method the class and the static method behind it; databases refer to it, so it stays
 * @param returns the SQL type of its value, or in a few words the rows of its table
 * @param since the version that brought it
 * @param script its tests, below {@code tests-sql/src/test/resources/sql}
 * @param errors the codes that a caller can meet
 * @param summary one sentence
 * @param text what else is to be known
 * @param example a statement that is part of the script
 * @param arguments in order
 * @param columns of a table, where they are always the same
 */
public record FunctionEntry(
    String name,
    Kind kind,
    String method,
    String returns,
    String since,
    String script,
    List<String> errors,
    String summary,
    String text,
    String example,
    @JsonProperty("argument") List<Argument> arguments,
    @JsonProperty("column") List<Argument> columns) {
  /** Copies the lists; none is the same as an empty one. */
  public FunctionEntry {
    errors = copied(errors);
    text = text == null ? "" : text.strip();
    example = example.strip();
    arguments = copied(arguments);
    columns = copied(columns);
  }

  private static <T> List<T> copied(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** Where a call stands. */
  public enum Kind {
    /** Wherever a value may stand. */
    SCALAR,
    /** In FROM, or after CALL. */
    TABLE,
    /** After CALL; it changes something. */
    PROCEDURE
  }

  /** Returns the call with its arguments: {@code EVALUATE(model [, query [, options]])}. */
  public String signature() {
    StringBuilder signature = new StringBuilder(name).append('(');
    int open = 0;
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      if (argument.isOptional()) {
        signature.append(i == 0 ? "[" : " [");
        open++;
      }
      signature.append(i == 0 ? "" : ", ").append(argument.name());
      if (argument.repeated()) {
        signature.append(", …");
      }
    }
    return signature.append("]".repeat(open)).append(')').toString();
  }

  /** Returns all about the function as plain text. */
  String help() {
    StringBuilder help =
        new StringBuilder("INSITU.").append(signature()).append("\n\n").append(summary);
    if (!text.isEmpty()) {
      help.append("\n\n").append(text);
    }
    help.append("\n\nReturns ").append(returns).append('.');
    help.append(list("\n\nArguments:", arguments)).append(list("\n\nColumns:", columns));
    if (!errors.isEmpty()) {
      help.append("\n\nErrors: ").append(String.join(", ", errors));
    }
    return help.append("\n\nExample:\n").append(example).toString();
  }

  private static String list(String title, List<Argument> items) {
    return items.isEmpty()
        ? ""
        : items.stream().map(FunctionEntry::line).collect(Collectors.joining("", title, ""));
  }

  private static String line(Argument item) {
    return "\n  " + item.name() + " " + item.type() + ": " + item.text();
  }
}
