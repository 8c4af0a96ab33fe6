package dev.insitu.model;

/** The SQL types as far as models tell them apart, and the form in which each enters a model. */
public enum ColumnType {
  BOOLEAN(Form.BOOLEAN),
  TINYINT(Form.NUMBER),
  SMALLINT(Form.NUMBER),
  INTEGER(Form.NUMBER),
  BIGINT(Form.NUMBER),
  DECIMAL(Form.NUMBER),
  REAL(Form.NUMBER),
  DOUBLE(Form.NUMBER),
  DECFLOAT(Form.NUMBER),
  CHAR(Form.TEXT),
  VARCHAR(Form.TEXT),
  CLOB(Form.TEXT),
  ENUM(Form.TEXT),
  DATE(Form.DATE),
  TIME(Form.TIME),
  TIME_WITH_TIME_ZONE(Form.TIME),
  TIMESTAMP(Form.TIMESTAMP),
  TIMESTAMP_WITH_TIME_ZONE(Form.TIMESTAMP),
  /** BINARY, VARBINARY and BLOB: what only an imported model can take, an image for instance. */
  BINARY(Form.BYTES),
  /** An ARRAY of numbers: what only an imported model can take, an embedding for instance. */
  ARRAY(Form.VECTOR),
  /** UUID, other ARRAYs, JSON, GEOMETRY, INTERVAL, ROW: passes through, cannot be a feature. */
  OTHER(Form.NONE);

  /** How a value enters a model (sql.md, "Types at the edge"). */
  public enum Form {
    /** A double; NULL is NaN. */
    NUMBER,
    /** A double, 0 or 1; NULL is NaN. */
    BOOLEAN,
    /** Text, compared by code point; NULL is null. */
    TEXT,
    /** A double, days since 1970-01-01; NULL is NaN. */
    DATE,
    /** A double, microseconds since midnight (WITH TIME ZONE: in UTC); NULL is NaN. */
    TIME,
    /**
     * A double, microseconds since 1970-01-01 00:00 of the local value (WITH TIME ZONE: in UTC);
     * NULL is NaN.
     */
    TIMESTAMP,
    /** Bytes; NULL is null. */
    BYTES,
    /** Several doubles; NULL is null, an element that is NULL is NaN. */
    VECTOR,
    /** Cannot enter. */
    NONE;

    /** Returns whether it is one number or one text, which is what training learns from. */
    public boolean isScalar() {
      return this != BYTES && this != VECTOR && this != NONE;
    }
  }

  private final Form form;

  ColumnType(Form form) {
    this.form = form;
  }

  /** Returns the form in which values of this type enter a model. */
  public Form form() {
    return form;
  }

  /**
   * Returns whether a column of {@code given} may be bound to an input that was trained as this
   * type: every number widens to every number and a boolean to a number, text types are one, the
   * rest must be of the same form.
   */
  public boolean accepts(ColumnType given) {
    return form == given.form || (form == Form.NUMBER && given.form == Form.BOOLEAN);
  }
}
