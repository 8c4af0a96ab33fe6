package dev.insitu.plain;

import dev.insitu.catalogue.FunctionCatalogue;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code HELP}: what the functions do, as the catalogue tells it. */
public final class Help {
  private Help() {}

  /** {@code HELP()}: all functions, with a line for each. */
  public static String help() throws SQLException {
    return help(null);
  }

  /**
   * {@code HELP(name)}: all about one function.
   *
   * @param name with or without its schema, in any case; NULL for all functions
   */
  public static String help(@Nullable String name) throws SQLException {
    return Boundary.run(
        () -> {
          FunctionCatalogue catalogue = FunctionCatalogue.get();
          return name == null ? catalogue.help() : catalogue.help(name);
        });
  }
}
