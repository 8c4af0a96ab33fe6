package dev.insitu.shell;

/** What {@code --format} chooses from. */
enum ResultFormat {
  /** Aligned columns for a reader. */
  TABLE,
  /** RFC 4180, with a header line; NULL is an empty field, the empty string {@code ""}. */
  CSV,
  /** One array of objects per result, one object per line. */
  JSON
}
