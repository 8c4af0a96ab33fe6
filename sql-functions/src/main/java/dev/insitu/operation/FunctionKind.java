package dev.insitu.operation;

import dev.insitu.function.OutputColumn;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelVersion;

/** The types that functions of models return; each has numbered entry points of its own. */
public enum FunctionKind {
  /** Texts, and whatever has no kind of its own as text. */
  TEXT("Text", "VARCHAR"),
  /** Whole numbers of up to four bytes, and centroids. */
  WHOLE("Whole", "INTEGER"),
  /** Whole numbers of eight bytes. */
  BIG_WHOLE("BigWhole", "BIGINT"),
  /** What a regression predicts, and probabilities. */
  NUMBER("DoubleNumber", "DOUBLE PRECISION"),
  /** Exact numbers. */
  DECIMAL("Decimal", "NUMERIC"),
  /** Truth values. */
  TRUTH("Truth", "BOOLEAN"),
  /** Days. */
  DAY("Day", "DATE"),
  /** Moments without a time zone. */
  MOMENT("Moment", "TIMESTAMP"),
  /** Several numbers. */
  VECTOR("Vector", "DOUBLE PRECISION ARRAY");

  /** How many functions of a kind a database can have. */
  public static final int MOST = 64;

  private final String className;
  private final String sqlType;

  FunctionKind(String className, String sqlType) {
    this.className = className;
    this.sqlType = sqlType;
  }

  /** Returns the kind of what a model answers for one row. */
  public static FunctionKind of(OutputColumn output) {
    if (output.kind() == OutputColumn.Kind.VECTOR) {
      return VECTOR;
    }
    return of(output.column().type());
  }

  /** Returns the kind of what a version predicts. */
  public static FunctionKind of(ModelVersion version) {
    return of(OutputColumns.scalar(version));
  }

  private static FunctionKind of(ColumnType type) {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER -> WHOLE;
      case BIGINT -> BIG_WHOLE;
      case REAL, DOUBLE -> NUMBER;
      case DECIMAL -> DECIMAL;
      case BOOLEAN -> TRUTH;
      case DATE -> DAY;
      case TIMESTAMP -> MOMENT;
      default -> TEXT;
    };
  }

  /** Returns the SQL type that functions of this kind return. */
  public String sqlType() {
    return sqlType;
  }

  /** Returns the method that H2 calls for a number, as {@code CREATE ALIAS} names it. */
  public String method(int number) {
    return "dev.insitu.plain.number." + className + ".f" + number;
  }
}
