package dev.insitu.test.driver;

/**
 * A text for each driver; two only where ours has a prediction and H2's the query that is equal to
 * it.
 */
record Sql(String plain, String ours) {
  static Sql same(String text) {
    return new Sql(text, text);
  }

  Argument argument() {
    return new Argument(
        plain, ours, '"' + (plain.equals(ours) ? plain : plain + "\" beside \"" + ours) + '"');
  }
}
