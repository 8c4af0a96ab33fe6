package dev.insitu.schedule;

import dev.insitu.function.OptionValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the value of an option as {@link OptionValue#toSql} has written it into the store: numbers,
 * texts, truth values, lists and MAPs. Whatever else there is, is not taken over.
 */
final class OptionText {
  private final String text;
  private int position;

  private OptionText(String text) {
    this.text = text;
  }

  static Optional<OptionValue> parse(String text) {
    OptionText reader = new OptionText(text);
    try {
      OptionValue value = reader.value();
      return reader.position == text.length() ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private OptionValue value() {
    if (take("TRUE")) {
      return new OptionValue.Truth(true);
    } else if (take("FALSE")) {
      return new OptionValue.Truth(false);
    } else if (take("MAP[")) {
      List<OptionValue> entries = items();
      List<OptionValue.Field> fields = new ArrayList<>();
      for (int i = 0; i + 1 < entries.size(); i += 2) {
        if (!(entries.get(i) instanceof OptionValue.Text name)) {
          throw new IllegalArgumentException(text);
        }
        fields.add(new OptionValue.Field(name.value(), entries.get(i + 1)));
      }
      return new OptionValue.Struct(fields);
    } else if (take("[")) {
      return new OptionValue.Items(items());
    }
    return position < text.length() && text.charAt(position) == '\'' ? quoted() : number();
  }

  private List<OptionValue> items() {
    List<OptionValue> items = new ArrayList<>();
    while (!take("]")) {
      if (!items.isEmpty() && !take(", ")) {
        throw new IllegalArgumentException(text);
      }
      items.add(value());
    }
    return items;
  }

  private OptionValue quoted() {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != '\'') {
        value.append(c);
      } else if (take("'")) {
        value.append('\'');
      } else {
        return new OptionValue.Text(value.toString());
      }
    }
    throw new IllegalArgumentException(text);
  }

  private OptionValue number() {
    int start = position;
    while (position < text.length() && "+-.0123456789Ee".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return new OptionValue.Numeric(new BigDecimal(text.substring(start, position)));
  }

  private boolean take(String token) {
    boolean there = text.startsWith(token, position);
    position += there ? token.length() : 0;
    return there;
  }
}
