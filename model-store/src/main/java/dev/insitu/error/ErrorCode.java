package dev.insitu.error;

import java.util.Locale;

/**
 * Every error that a user of Insitu can meet.
 *
 * <p>The code (`ML010`) is the SQLSTATE and also begins the text, because on some paths the text is
 * all that survives. Class `ML` is free for implementations (SQL:2016, clause 24.1: classes that
 * begin with I to Z). Numbers are never used again. The pattern is filled by {@link String#format}:
 * lower case after the code, no full stop, the kind of the object and its quoted name, what was
 * expected and what was found.
 */
public enum ErrorCode {
  /** A statement of ours cannot be read: {@code CREATE MODEL AS SELECT 1}. */
  SYNTAX(1, Kind.USER, "syntax error: %s"),
  /** A statement that later versions bring: {@code ALTER MODEL m RENAME TO n}. */
  NOT_YET_SUPPORTED(2, Kind.USER, "%s is not yet supported"),
  /** A prediction over a session that is not in this process: {@code jdbc:insitu:h2:tcp://…}. */
  REMOTE_SESSION(3, Kind.USER, "%s needs a database in this process, but \"%s\" is remote"),
  /** The H2 on the class path is not one that this version was proved on. */
  DATABASE_VERSION(4, Kind.USER, "%s needs H2 %s, but version %s is on the class path"),
  /** {@code CREATE MODEL} by a user without ADMIN. */
  ADMIN_REQUIRED(5, Kind.USER, "%s needs ADMIN rights, but user \"%s\" has none"),
  /**
   * {@code CREATE VIEW v AS SELECT * FROM PREDICT(…)} in a database without Insitu's functions: the
   * text outlives the session.
   */
  OUTLIVES_SESSION(
      6,
      Kind.USER,
      "%s keeps the text of a prediction, which needs Insitu's functions in the database"),
  /** A prediction in a place where no route can run it. */
  CANNOT_RUN(7, Kind.USER, "cannot run %s: %s"),

  /** {@code DROP MODEL nobody}. */
  MODEL_NOT_FOUND(10, Kind.USER, "model \"%s\" not found"),
  /** {@code CREATE MODEL churn …} twice. */
  MODEL_EXISTS(11, Kind.USER, "model \"%s\" already exists"),
  /** {@code MODEL churn VERSION 99}. */
  VERSION_NOT_FOUND(12, Kind.USER, "model \"%s\" has no version %s; it has %s"),
  /** {@code MODEL churn ALIAS nobody}. */
  ALIAS_NOT_FOUND(13, Kind.USER, "model \"%s\" has no alias \"%s\""),
  /** {@code PREDICT(MODEL => ?, …)}. */
  MODEL_NOT_LITERAL(14, Kind.USER, "the model of %s must be a literal name, but %s was given"),
  /** {@code PREDICT(MODEL => 'a.b.c', …)}. */
  MODEL_NAME(15, Kind.USER, "cannot read model name %s: %s"),
  /** {@code CREATE MODEL nowhere.m …}. */
  SCHEMA_NOT_FOUND(16, Kind.USER, "schema \"%s\" not found"),
  /** {@code ML.ROC_CURVE} of a regression. */
  WRONG_TASK(17, Kind.USER, "%s needs %s, but model \"%s\" is %s"),
  /** {@code ALTER MODEL churn SET ALIAS "3" = VERSION 3}. */
  ALIAS_NAME(18, Kind.USER, "\"%s\" cannot be the name of an alias: %s"),

  /** {@code DATA} lacks an input of the model. */
  COLUMN_MISSING(
      20, Kind.USER, "model \"%s\" needs column \"%s\" (%s), but the data has no such column"),
  /** A column of {@code DATA} does not widen to the type of the model's input. */
  COLUMN_TYPE(21, Kind.USER, "column \"%s\" of model \"%s\" is %s, but %s was given"),
  /** {@code PREDICTION('churn', 1)} where the model has three inputs. */
  ARGUMENT_COUNT(22, Kind.USER, "model \"%s\" has %s input columns (%s), but %s were given"),
  /** {@code PREDICTION('churn', income, age)} where the signature says {@code age, income}. */
  ARGUMENT_ORDER(
      23, Kind.USER, "model \"%s\" takes its inputs in the order (%s), but (%s) was given"),
  /** A feature of a type that cannot be one: UUID, ARRAY, JSON, BLOB, GEOMETRY, INTERVAL. */
  UNSUPPORTED_COLUMN_TYPE(24, Kind.USER, "column \"%s\" of type %s cannot be a feature"),
  /** {@code PREDICTION_PROBABILITY('churn', 'perhaps', …)}. */
  CLASS_NOT_FOUND(25, Kind.USER, "model \"%s\" has no class %s; it has %s"),
  /** {@code PREDICT(MODEL => 'm', DTAA => TABLE t)}. */
  ARGUMENT(26, Kind.USER, "%s: %s"),

  /** {@code OPTIONS (lern_rate = 1)}. */
  OPTION_NOT_FOUND(30, Kind.USER, "option \"%s\" does not exist%s"),
  /** {@code OPTIONS (learn_rate = 'fast')}. */
  OPTION_VALUE(31, Kind.USER, "option \"%s\" must be %s, but %s was given"),
  /** {@code OPTIONS (model_type = 'logistic')}. */
  MODEL_TYPE_NOT_FOUND(32, Kind.USER, "model type \"%s\" does not exist"),
  /** {@code CREATE MODEL m OPTIONS (seed = 1) AS …} without a model type. */
  OPTION_MISSING(33, Kind.USER, "option \"%s\" is missing"),
  /** {@code OPTIONS (model_type = 'kmeans', l2_reg = 1)}. */
  OPTION_NOT_APPLICABLE(34, Kind.USER, "option \"%s\" does not apply to %s"),

  /** The training query returned nothing. */
  NO_ROWS(40, Kind.USER, "the training query returned no rows"),
  /** Every label is NULL. */
  LABEL_ALL_NULL(41, Kind.USER, "label column \"%s\" is NULL in all %s rows"),
  /** A classifier over one class. */
  ONE_CLASS(
      42, Kind.USER, "label column \"%s\" has only one value, %s; a classifier needs at least two"),
  /** Nothing is left to learn from. */
  NO_FEATURES(43, Kind.USER, "no feature column is left for model \"%s\"%s"),
  /** {@code input_label_cols = ['chrned']}. */
  LABEL_MISSING(44, Kind.USER, "label column \"%s\" is not in the training query"),
  /** A regression over text. */
  LABEL_TYPE(45, Kind.USER, "label column \"%s\" is %s, but %s needs %s"),
  /** The training rows do not fit into the heap. */
  TOO_LARGE(46, Kind.RESOURCE, "training needs about %s MB, but only %s MB of heap can be used"),
  /** More classes than a classifier takes. */
  TOO_MANY_CLASSES(
      47, Kind.USER, "label column \"%s\" has %s distinct values; a classifier takes at most %s"),
  /** A trainer gave up, or its numbers ran away. */
  TRAINING_FAILED(48, Kind.EXTERNAL, "%s could not train: %s"),
  /** {@code data_split_col} is TRUE in every row. */
  SPLIT_EMPTY(49, Kind.USER, "the split %s leaves no rows to train on"),

  /** The stored graph is not the one that was written. */
  ARTIFACT_CORRUPT(
      50,
      Kind.EXTERNAL,
      "artifact of model \"%s\" version %s is corrupt: SHA-256 %s was stored, %s was read"),
  /** The store was written by a newer Insitu. */
  STORE_TOO_NEW(
      51, Kind.EXTERNAL, "the model store has format %s, but this version reads up to %s"),
  /** The store lacks a table or a row that must be there. */
  STORE_DAMAGED(52, Kind.EXTERNAL, "the model store is damaged: %s"),
  /** Two sessions create the same model at once. */
  CONCURRENT_CREATE(53, Kind.USER, "model \"%s\" is being created by another session"),
  /** A scorer does not give the predictions that were stored with the model. */
  VERIFICATION_FAILED(
      54,
      Kind.EXTERNAL,
      "model \"%s\" version %s does not repeat its stored predictions: row %s, expected %s, got %s"),
  /** Two sessions change the same model at once. */
  CONCURRENT_CHANGE(55, Kind.USER, "model \"%s\" is being changed by another session"),
  /** The database refused to read or write the store: disk full, lock timeout, cancelled. */
  STORE_ACCESS(56, Kind.EXTERNAL, "could not %s the model store: %s"),

  /** A native library cannot be loaded here. */
  NATIVE_LIBRARY(60, Kind.RESOURCE, "cannot load %s: %s"),
  /** ONNX Runtime refused a graph or a batch. */
  ENGINE(61, Kind.EXTERNAL, "ONNX Runtime could not %s: %s"),
  /** A file cannot be read or written. */
  FILE(62, Kind.EXTERNAL, "could not %s file \"%s\": %s"),

  /** {@code CREATE MODEL m FROM FILE 'notes.txt'}. */
  NOT_AN_ONNX_MODEL(70, Kind.USER, "%s is not an ONNX model: %s"),
  /** A graph of an operator set that the runtime does not know yet. */
  OPERATOR_SET_TOO_NEW(
      71, Kind.USER, "the model uses version %s of operator set \"%s\", but %s knows up to %s"),
  /** A graph with an operator that the runtime does not have. */
  OPERATOR_NOT_SUPPORTED(72, Kind.USER, "the model uses operator \"%s\", which %s does not have"),
  /** A graph that could harm the process or the machine: external data, cycles, bombs. */
  UNSAFE_MODEL(73, Kind.USER, "the model is refused: %s"),
  /** A graph whose input is a matrix, and nobody says of which columns. */
  INPUT_COLUMNS_MISSING(74, Kind.USER, "input \"%s\", %s, needs the names of its columns%s"),
  /** A NULL where an imported model cannot take one. */
  NULL_INPUT(
      75, Kind.USER, "column \"%s\" is NULL in row %s, and model input \"%s\" takes no NULL"),
  /** A value that an imported model cannot take: 2.5 for an integer, a text with NUL. */
  INPUT_VALUE(76, Kind.USER, "column \"%s\" in row %s cannot enter the model: %s"),
  /** {@code labels = ARRAY['a', 'b']} of a graph that tells three classes apart. */
  LABEL_COUNT(77, Kind.USER, "output \"%s\" has %s classes, but %s labels were given"),
  /** A part of a graph that no option makes usable in SQL. */
  GRAPH_NOT_USABLE(78, Kind.USER, "the model cannot be used in SQL: %s"),
  /** An imported model that runs longer, or answers more, than it may. */
  SCORING_LIMIT(79, Kind.EXTERNAL, "the model was stopped: %s"),
  /** {@code tokenizer = 'notes.txt'}, or a graph of tokens and nobody says which tokenizer. */
  TOKENIZER(80, Kind.USER, "%s is no tokenizer that can be used: %s"),

  /** {@code … GENERATED ALWAYS AS (PREDICTION('churn', …))}: a switch would not change values. */
  VERSION_NEEDED(82, Kind.USER, "%s in a stored expression needs a version, but \"%s\" has none"),
  /** {@code CALL INSITU.CREATE_FUNCTION('churn', 'predict_churn')} twice. */
  FUNCTION_EXISTS(83, Kind.USER, "function \"%s\" already exists"),
  /** {@code CALL INSITU.DROP_FUNCTION('nobody')}. */
  FUNCTION_NOT_FOUND(84, Kind.USER, "there is no function \"%s\" of a model"),
  /** The 65th {@code CREATE_FUNCTION} of models that answer the same type. */
  TOO_MANY_FUNCTIONS(
      85, Kind.USER, "there are %s functions that return %s, and a database can have no more"),
  /** {@code DROP MODEL churn} where a function asks it. */
  IN_USE(86, Kind.USER, "%s is used by %s"),
  /** {@code CALL INSITU.MATERIALIZE('churn', 'nowhere', 'score')}. */
  PREDICTED_COLUMN(87, Kind.USER, "column \"%s\" cannot keep predictions: %s"),
  /** {@code CALL INSITU.SCHEDULE('churn', 'SELECT …', '{"every": "soon"}')}. */
  SCHEDULE(88, Kind.USER, "model \"%s\" cannot be trained on a schedule: %s"),
  /** A prediction in an expression that H2 could not keep without harm: {@code CREATE DOMAIN}. */
  STORED_EXPRESSION(89, Kind.USER, "%s cannot contain a prediction: %s"),
  /** A version switch beside a transaction with uncommitted rows of a table that keeps scores. */
  KEPT_COLUMN_BUSY(
      90, Kind.USER, "column \"%s\" cannot be written: %s has uncommitted rows of its table"),

  /** A mistake of ours. */
  INTERNAL(99, Kind.INTERNAL, "internal error: %s");

  /** Who can do something about an error. */
  public enum Kind {
    /** The writer of the statement. */
    USER,
    /** Whoever runs the process: memory, disk, libraries. */
    RESOURCE,
    /** Something outside of the product. */
    EXTERNAL,
    /** The product's authors. */
    INTERNAL
  }

  private final int number;
  private final Kind kind;
  private final String pattern;

  ErrorCode(int number, Kind kind, String pattern) {
    this.number = number;
    this.kind = kind;
    this.pattern = pattern;
  }

  /**
   * Returns the SQLSTATE, which is also the code that the message begins with, for example {@code
   * ML010}.
   */
  public String sqlState() {
    return String.format(Locale.ROOT, "ML%03d", number);
  }

  /** Returns the vendor code, as {@link java.sql.SQLException#getErrorCode()} gives it. */
  public int number() {
    return number;
  }

  /** Returns who can do something about this error. */
  public Kind kind() {
    return kind;
  }

  String message(Object... arguments) {
    return sqlState() + ": " + String.format(Locale.ROOT, pattern, arguments);
  }
}
