package dev.insitu.train.prepare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one-hot columns of a text input: the categories, then other, then NULL. Immutable.
 *
 * @param input position of the input in the signature
 * @param first position of the first column in the prepared matrix
 * @param categories the known texts, by code point
 * @param other whether there is a column for texts that are not known
 * @param missing whether there is a column for NULL
 */
record TextEncoding(int input, int first, List<String> categories, boolean other, boolean missing) {
  static final String OTHER = "__OTHER__";
  static final String NULL = "__NULL__";

  /** What stands for "no column". */
  static final int NONE = -1;

  TextEncoding {
    categories = List.copyOf(categories);
  }

  /** Returns the same encoding at another place of the prepared matrix. */
  TextEncoding at(int position) {
    return new TextEncoding(input, position, categories, other, missing);
  }

  int width() {
    return categories.size() + (other ? 1 : 0) + (missing ? 1 : 0);
  }

  /** Returns the column, counted from {@link #first}, of a text that is not known, or NONE. */
  int otherColumn() {
    return other ? categories.size() : NONE;
  }

  /** Returns the column of NULL, or NONE. */
  int missingColumn() {
    return missing ? categories.size() + (other ? 1 : 0) : NONE;
  }

  /** Returns the column of each text, by text. */
  Map<String, Integer> columns() {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      columns.put(categories.get(i), i);
    }
    return columns;
  }

  /** Returns the column of each text of a dictionary, the last entry being the one of NULL. */
  int[] columnsOf(List<String> dictionary) {
    Map<String, Integer> known = columns();
    int[] columns = new int[dictionary.size() + 1];
    for (int code = 0; code < dictionary.size(); code++) {
      columns[code] = known.getOrDefault(dictionary.get(code), otherColumn());
    }
    columns[dictionary.size()] = missingColumn();
    return columns;
  }

  int columnOf(@Nullable String text) {
    if (text == null) {
      return missingColumn();
    }
    int position = categories.indexOf(text);
    return position >= 0 ? position : otherColumn();
  }
}
