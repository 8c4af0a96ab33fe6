package dev.insitu.operation;

import java.util.regex.Pattern;

/**
 * A pattern of SQL's LIKE: {@code %} for any text, {@code _} for one character, {@code \} before
 * either for itself.
 */
final class LikePattern {
  private final Pattern pattern;

  LikePattern(String like) {
    StringBuilder regex = new StringBuilder();
    boolean escaped = false;
    for (int codePoint : like.codePoints().toArray()) {
      String literal = Pattern.quote(Character.toString(codePoint));
      if (escaped) {
        regex.append(literal);
        escaped = false;
      } else if (codePoint == '\\') {
        escaped = true;
      } else if (codePoint == '%') {
        regex.append(".*");
      } else if (codePoint == '_') {
        regex.append('.');
      } else {
        regex.append(literal);
      }
    }
    this.pattern =
        Pattern.compile(
            regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  boolean matches(String text) {
    return pattern.matcher(text).matches();
  }
}
