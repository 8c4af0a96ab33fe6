package dev.insitu.calcite.ddl;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Options while they are read, by name in lower case. Confined to one thread. */
public final class OptionList {
  private final Map<String, OptionValue> options = new LinkedHashMap<>();

  /** Adds an option; one that is given twice is an error. */
  public void put(String name, OptionValue value) {
    if (options.putIfAbsent(name.toLowerCase(Locale.ROOT), value) != null) {
      throw MlException.of(ErrorCode.SYNTAX, "option \"" + name + "\" is given twice");
    }
  }

  /** Returns the options in the order written. */
  public Map<String, OptionValue> toMap() {
    return new LinkedHashMap<>(options);
  }
}
