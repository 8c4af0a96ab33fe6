package dev.insitu.function;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The value of an option as a statement writes it, before the option says which type it wants. */
public sealed interface OptionValue {
  /** Returns the value as it is written in {@code OPTIONS (…)}. */
  String toSql();

  /** A number, signed: {@code 0.1}. */
  record Numeric(BigDecimal value) implements OptionValue {
    @Override
    public String toSql() {
      return value.toString();
    }
  }

  /** A string: {@code 'logistic_reg'}. */
  record Text(String value) implements OptionValue {
    @Override
    public String toSql() {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  /** {@code TRUE} or {@code FALSE}. */
  record Truth(boolean value) implements OptionValue {
    @Override
    public String toSql() {
      return value ? "TRUE" : "FALSE";
    }
  }

  /** {@code NULL}. */
  record Nothing() implements OptionValue {
    @Override
    public String toSql() {
      return "NULL";
    }
  }

  /** A list: {@code ['churned']}, {@code ARRAY[1, 2]}. */
  record Items(List<OptionValue> values) implements OptionValue {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public String toSql() {
      return values.stream().map(OptionValue::toSql).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** Fields in order: {@code STRUCT(0.55 AS threshold)}, {@code MAP['yes', 2]}. */
  record Struct(List<Field> fields) implements OptionValue {
    /** Copies the list. */
    public Struct {
      fields = List.copyOf(fields);
    }

    /** Writes a MAP if every field has a name, which is the same value. */
    @Override
    public String toSql() {
      return !fields.isEmpty() && fields.stream().allMatch(field -> field.name() != null)
          ? fields.stream().map(Field::toEntry).collect(Collectors.joining(", ", "MAP[", "]"))
          : fields.stream().map(Field::toSql).collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
  }

  /**
   * A field of a {@link Struct}.
   *
   * @param name its name as written, without quotes; of a MAP its key; null if it has none
   * @param value its value
   */
  record Field(@Nullable String name, OptionValue value) {
    private String toEntry() {
      return new Text(String.valueOf(name)).toSql() + ", " + value.toSql();
    }

    String toSql() {
      return name == null
          ? value.toSql()
          : value.toSql() + " AS \"" + name.replace("\"", "\"\"") + "\"";
    }
  }
}
