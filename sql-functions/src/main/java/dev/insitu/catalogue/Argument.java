package dev.insitu.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a function, or a column of its result.
 *
 * @param name in lower case, as the reference writes it
 * @param type the SQL type
 * @param otherwise what an argument is if it is left out, as SQL; null if it must be given
 * @param repeated whether any number of such arguments may follow, none included
 * @param text one sentence, or part of one
 */
public record Argument(
    String name,
    String type,
    @JsonProperty("default") @Nullable String otherwise,
    boolean repeated,
    String text) {
  /** Returns whether a call may leave it out. */
  public boolean isOptional() {
    return repeated || otherwise != null;
  }
}
