package dev.insitu.test.planner;

/**
 * A column that a statement can name.
 *
 * @param name as the database has stored it
 * @param kind what can be compared with it
 */
record Column(String name, Kind kind) {
  /** Kinds of columns. */
  enum Kind {
    INTEGER,
    DECIMAL,
    DOUBLE,
    TEXT,
    CHAR,
    FOLDED,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    ZONED,
    OTHER;

    /** Returns the kind of a column by the name of its type. */
    static Kind of(String type) {
      return switch (type) {
        case "INTEGER", "BIGINT", "SMALLINT", "TINYINT" -> INTEGER;
        case "NUMERIC", "DECIMAL", "DECFLOAT" -> DECIMAL;
        case "DOUBLE PRECISION", "REAL" -> DOUBLE;
        case "CHARACTER VARYING" -> TEXT;
        case "CHARACTER" -> CHAR;
        case "VARCHAR_IGNORECASE" -> FOLDED;
        case "BOOLEAN" -> BOOLEAN;
        case "DATE" -> DATE;
        case "TIMESTAMP" -> TIMESTAMP;
        case "TIMESTAMP WITH TIME ZONE" -> ZONED;
        default -> OTHER;
      };
    }

    /** Returns whether values of this kind are numbers. */
    boolean isNumber() {
      return this == INTEGER || this == DECIMAL || this == DOUBLE;
    }

    /** Returns whether a sum of them does not depend on the order of the rows. */
    boolean isExact() {
      return this == INTEGER || this == DECIMAL;
    }

    /** Returns whether values of this kind are text. */
    boolean isText() {
      return this == TEXT || this == CHAR || this == FOLDED;
    }
  }
}
