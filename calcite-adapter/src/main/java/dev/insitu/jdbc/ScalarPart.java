package dev.insitu.jdbc;

import dev.insitu.h2.ScalarExpression;
import dev.insitu.train.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function in the place of a scalar prediction. */
record ScalarPart(ScalarExpression expression) implements StatementPart {
  @Override
  public void begin(List<@Nullable Object> parameters, Progress progress) {
    expression.beginExecution();
  }

  @Override
  public void end() {
    expression.endExecution();
  }

  @Override
  public void close() {
    expression.close();
  }
}
