package dev.insitu.calcite.ddl;

import dev.insitu.model.ModelText;

/** A call of one of our functions inside a statement: a hole in a {@link SqlTemplate}. */
public sealed interface PredictionCall extends SqlTemplate.Piece permits TableCall, ScalarCall {
  /** Returns the function's name as messages write it: {@code ML.EVALUATE}. */
  String functionName();

  /** Returns the model, which is always a literal. */
  ModelText model();

  /** Returns where the call stands in the original text. */
  TextRange range();
}
