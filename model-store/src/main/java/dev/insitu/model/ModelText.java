package dev.insitu.model;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model as a statement writes it; nothing is folded yet.
 *
 * @param parts {@code [schema, name]} or {@code [name]}, each with its quotes if it has any
 * @param selector which version; the name of an alias as written
 */
public record ModelText(List<String> parts, ModelReference.Selector selector) {
  /** Without VERSION and ALIAS. */
  public static final ModelReference.Selector DEFAULT_VERSION =
      new ModelReference.Selector.Default();

  private static final String ONE_NAME =
      "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}\\p{M}_$#]*)";
  private static final Pattern NAME = Pattern.compile(ONE_NAME);
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern PATTERN =
      Pattern.compile(
          "\\s*(" + ONE_NAME + "(?:\\." + ONE_NAME + ")*)(?:@([0-9]+|" + ONE_NAME + "))?\\s*");

  /** Copies the list. */
  public ModelText {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > 2) {
      throw MlException.of(
              ErrorCode.MODEL_NAME,
              String.join(".", parts),
              "it has " + parts.size() + " parts, but at most schema and name are expected")
          .withHint("Write name or schema.name.");
    }
  }

  /**
   * Returns the model that a string names: {@code churn}, {@code sales.churn@3}, {@code
   * "Churn"@champion}.
   */
  public static ModelText parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw MlException.of(
              ErrorCode.MODEL_NAME,
              "'" + text.replace("'", "''") + "'",
              "expected [schema.]name[@version]")
          .withHint("Other characters than letters, digits and _ need double quotes.");
    }
    List<String> parts = new ArrayList<>();
    Matcher names = NAME.matcher(matcher.group(1));
    while (names.find()) {
      parts.add(names.group());
    }
    String selector = matcher.group(2);
    return new ModelText(parts, selector == null ? DEFAULT_VERSION : selector(selector));
  }

  /**
   * Returns the name of an alias as it is written, with its quotes if it has any.
   *
   * @throws MlException ALIAS_NAME
   */
  public static String alias(String text) {
    String name = text.strip();
    if (!NAME.matcher(name).matches() && !DIGITS.matcher(name).matches()) {
      throw MlException.of(ErrorCode.ALIAS_NAME, text, "it is no name")
          .withHint("Other characters than letters, digits and _ need double quotes.");
    }
    return name;
  }

  /** Returns a name without its quotes, if it has any; not folded. */
  public static String unquoted(String name) {
    return name.startsWith("\"") && name.length() > 1
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  /** Returns what {@code @n} or {@code @alias} selects. */
  private static ModelReference.Selector selector(String text) {
    if (!Character.isDigit(text.charAt(0))) {
      return new ModelReference.Selector.Alias(text);
    }
    return version(text);
  }

  /** Returns the selector of a version's number. */
  public static ModelReference.Selector version(String digits) {
    try {
      return new ModelReference.Selector.Version(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw MlException.of(
              ErrorCode.MODEL_NAME, digits, "a version is a whole number from 1 to 2147483647")
          .withCause(e);
    }
  }

  /**
   * Returns the reference with its identifiers folded.
   *
   * @param fold folds an unquoted identifier as the database does
   */
  public ModelReference resolve(UnaryOperator<String> fold) {
    ModelReference.Selector folded =
        selector instanceof ModelReference.Selector.Alias alias
            ? new ModelReference.Selector.Alias(fold.apply(alias.name()))
            : selector;
    return new ModelReference(
        parts.size() == 2 ? Optional.of(fold.apply(parts.get(0))) : Optional.empty(),
        fold.apply(parts.get(parts.size() - 1)),
        folded);
  }

  /** Returns the text as a user would write it. */
  @Override
  public String toString() {
    return new ModelReference(Optional.empty(), String.join(".", parts), selector).toString();
  }
}
