package dev.insitu.test.driver;

/** What one driver answered and the other did not. */
final class Difference extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Difference(String message) {
    super(message, null, false, false);
  }
}
