package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Word;
import dev.insitu.score.kernel.Value.Code;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.List;
import java.util.Set;

/**
 * Follows the columns of a graph from its inputs to its scores. Values are lists of columns, so
 * that joining and choosing columns is done while compiling. What an operator does stands in the
 * {@link Family} that it is of.
 */
final class GraphCompiler {
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx.ml");

  private GraphCompiler() {}

  /**
   * Compiles a graph of ours.
   *
   * @param width the number of scores
   */
  static Program compile(EdgeSplit edge, int width) throws NotCovered {
    Values values = new Values(edge.numeric(), edge.codes());
    for (int i = 0; i < edge.numbers().size(); i++) {
      values.put(edge.numbers().get(i).name(), Matrix.of(List.of(Column.input(i)), Kind.DOUBLE));
    }
    for (int i = 0; i < edge.codes().size(); i++) {
      values.put(edge.codes().get(i).name(), new Code(i));
    }
    for (int i = 0; i < edge.words().size(); i++) {
      int input = i;
      int words = edge.words().get(i).words().width();
      List<Column> counts = Values.columns(words, j -> new Column(new Word(input, words, j)));
      values.put(edge.words().get(i).name(), Matrix.of(counts, Kind.SINGLE));
    }
    run(values, values.graph().operators());
    List<Column> scores = values.rows(edge.output().name()).columns();
    if (scores.size() != width) {
      throw new NotCovered(scores.size() + " scores");
    }
    Intake intake =
        new Intake(
            edge.numbers().stream().map(EdgeSplit.NumberInput::input).toList(),
            values.codes(),
            edge.words());
    return program(intake, scores, List.of(), 0, 0);
  }

  /** Follows columns through operators. */
  static void run(Values values, List<Operator> operators) throws NotCovered {
    List<Family> families =
        List.of(
            new Trees(values),
            new Arithmetic(values),
            new Layout(values),
            new Shapes(values),
            new Preparation(values),
            new LabelCodes(values),
            new Products(values),
            new Reductions(values));
    for (Operator operator : operators) {
      List<? extends Value> outputs = List.of();
      for (int i = 0; i < families.size() && outputs.isEmpty(); i++) {
        outputs =
            DOMAINS.contains(operator.domain()) ? families.get(i).compile(operator) : List.of();
      }
      if (outputs.isEmpty()) {
        throw new NotCovered("operator " + operator.type());
      }
      for (int i = 0; i < Math.min(outputs.size(), operator.outputs().size()); i++) {
        values.put(operator.outputs().get(i), outputs.get(i));
      }
    }
  }

  /**
   * Makes a program of columns that are wanted.
   *
   * @param answers the columns and sinks of what is no score
   * @param millis how long a block may take; 0 without limit
   * @param bytes how much memory it may take; 0 without limit
   */
  static Program program(
      Intake intake, List<Column> scores, List<Answer> answers, long millis, long bytes)
      throws NotCovered {
    Schedule schedule = new Schedule(intake.numbers().size());
    for (Column score : scores) {
      schedule.need(score);
    }
    for (Answer answer : answers) {
      schedule.need(answer.column());
    }
    Program program =
        new Program(
            intake,
            schedule.steps(),
            scores.stream().mapToInt(Column::slot).toArray(),
            schedule.slots(),
            schedule.numbersRead(),
            answers.stream().map(Answer::sink).toList(),
            millis);
    if (bytes > 0 && program.frameBytes() > bytes) {
      throw new NotCovered("more memory than " + bytes + " bytes for a block");
    }
    return program;
  }

  /**
   * A column that is no score.
   *
   * @param sink makes the sink, when the column has its slot
   */
  record Answer(Column column, java.util.function.IntFunction<Sink> made) {
    Sink sink() {
      return made.apply(column.slot());
    }
  }
}
