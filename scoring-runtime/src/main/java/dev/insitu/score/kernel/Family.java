package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import java.util.List;

/** Some operators that have to do with each other. */
interface Family {
  /**
   * Compiles an operator.
   *
   * @return its outputs, in order; empty if it is none of the family's
   */
  List<? extends Value> compile(Operator operator) throws NotCovered;
}
