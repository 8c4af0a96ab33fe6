package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.IsCode;
import dev.insitu.score.kernel.Producer.IsEqual;
import dev.insitu.score.kernel.Producer.IsNaN;
import dev.insitu.score.kernel.Producer.Prepared;
import dev.insitu.score.kernel.Producer.Select;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Value.Code;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Operators that do the same with each number, and comparisons. */
final class Arithmetic implements Family {
  private static final int INT32 = 6;

  private final Values values;

  Arithmetic(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    List<String> in = operator.inputs();
    return switch (operator.type()) {
      case "Cast" -> List.of(cast(operator));
      case "CastLike" -> List.of(cast(in.get(0), values.numbers(in.get(1)).kind()));
      case "Clip" -> List.of(clipped(operator));
      case "IsNaN" -> List.of(isNaN(values.numbers(in.get(0))));
      case "Equal" -> List.of(equal(in));
      case "Where" -> List.of(where(in));
      case "Less" -> List.of(compared(in, Binary.Function.LESS, false));
      case "LessOrEqual" -> List.of(compared(in, Binary.Function.LESS_OR_EQUAL, false));
      case "Greater" -> List.of(compared(in, Binary.Function.LESS, true));
      case "GreaterOrEqual" -> List.of(compared(in, Binary.Function.LESS_OR_EQUAL, true));
      case "Not" -> List.of(unary(in, Unary.Function.NOT));
      case "Add", "Sum" -> List.of(folded(in, Binary.Function.ADD));
      case "Sub" -> List.of(folded(in, Binary.Function.SUB));
      case "Mul" -> List.of(folded(in, Binary.Function.MUL));
      case "Div" -> List.of(folded(in, Binary.Function.DIV));
      case "Min" -> List.of(folded(in, Binary.Function.MIN));
      case "Max" -> List.of(folded(in, Binary.Function.MAX));
      case "Pow" -> List.of(folded(in, Binary.Function.POW));
      case "Floor" -> List.of(unary(in, Unary.Function.FLOOR));
      case "Sqrt" -> List.of(unary(in, Unary.Function.SQRT));
      case "Neg" -> List.of(unary(in, Unary.Function.NEG));
      case "Sigmoid" -> List.of(unary(in, Unary.Function.SIGMOID));
      case "Exp" -> List.of(unary(in, Unary.Function.EXP));
      case "Log" -> List.of(unary(in, Unary.Function.LOG));
      case "Abs" -> List.of(unary(in, Unary.Function.ABS));
      case "Relu" -> List.of(unary(in, Unary.Function.RELU));
      case "Reciprocal" -> List.of(reciprocal(values.numbers(in.get(0))));
      default -> List.of();
    };
  }

  private Value cast(Operator operator) throws NotCovered {
    String in = operator.inputs().get(0);
    long to = operator.number("to", 0);
    boolean narrow = to == INT32 && values.of(in) instanceof Matrix m && !m.kind().isReal();
    return cast(in, narrow ? Kind.WHOLE : Kind.of(to));
  }

  private Matrix cast(String in, Kind kind) throws NotCovered {
    if (values.of(in) instanceof Value.Names) {
      throw new NotCovered("Cast of texts");
    }
    Matrix matrix = values.numbers(in);
    return matrix.with(cast(matrix, kind), kind);
  }

  /**
   * Bounds are inputs or, in older operator sets, attributes; one that is not there is the largest
   * number that there is, in ONNX Runtime.
   */
  private Matrix clipped(Operator operator) throws NotCovered {
    List<String> in = operator.inputs();
    Matrix matrix = values.numbers(in.get(0));
    if (!matrix.kind().isReal()) {
      throw new NotCovered("Clip of whole numbers");
    }
    double largest = matrix.isSingle() ? Float.MAX_VALUE : Double.MAX_VALUE;
    double least = bound(operator, 1, "min", -largest);
    double most = bound(operator, 2, "max", largest);
    if (!(least <= most)) {
      throw new NotCovered("Clip from " + least + " to " + most);
    }
    List<Column> results = new ArrayList<>();
    for (Column column : matrix.columns()) {
      Column above = new Column(new Binary(Binary.Function.MAX, column, Values.constant(least)));
      results.add(new Column(new Binary(Binary.Function.MIN, above, Values.constant(most))));
    }
    return matrix.with(Values.rounded(results, matrix.kind()), matrix.kind());
  }

  private double bound(Operator operator, int input, String attribute, double otherwise)
      throws NotCovered {
    List<String> in = operator.inputs();
    if (in.size() <= input || in.get(input).isEmpty()) {
      return operator.real(attribute, otherwise);
    }
    double[] bound = values.constant(in.get(input), "Clip").values();
    if (bound.length != 1) {
      throw new NotCovered("Clip by " + bound.length + " numbers");
    }
    return bound[0];
  }

  private static List<Column> cast(Matrix matrix, Kind to) {
    return switch (to) {
      case DOUBLE -> matrix.columns();
      case SINGLE ->
          matrix.kind() == Kind.FLAG ? matrix.columns() : Values.rounded(matrix.columns(), to);
      case WHOLE ->
          matrix.kind().isReal() && Trees.ensembleOf(matrix.columns()) == null
              ? each(matrix, Unary.Function.WHOLE)
              : matrix.columns(); // flags and numbers of leaves are whole already
      case FLAG ->
          matrix.kind() == Kind.FLAG
              ? matrix.columns()
              : matrix.columns().stream()
                  .map(
                      c -> new Column(new Unary(Unary.Function.NOT, new Column(new IsEqual(c, 0)))))
                  .toList();
    };
  }

  private static List<Column> each(Matrix matrix, Unary.Function function) {
    return matrix.columns().stream().map(c -> new Column(new Unary(function, c))).toList();
  }

  private static Matrix isNaN(Matrix matrix) {
    return matrix.with(
        matrix.columns().stream().map(c -> new Column(new IsNaN(c))).toList(), Kind.FLAG);
  }

  private Matrix unary(List<String> in, Unary.Function function) throws NotCovered {
    Matrix matrix = values.numbers(in.get(0));
    if (matrix.kind() == Kind.WHOLE) {
      throw new NotCovered(function + " of whole numbers");
    }
    return matrix.with(Values.rounded(each(matrix, function), matrix.kind()), matrix.kind());
  }

  private static Matrix reciprocal(Matrix matrix) throws NotCovered {
    if (!matrix.kind().isReal()) {
      throw new NotCovered("Reciprocal of whole numbers");
    }
    List<Column> results = new ArrayList<>();
    for (Column column : matrix.columns()) {
      results.add(new Column(new Binary(Binary.Function.DIV, Values.constant(1), column)));
    }
    return matrix.with(Values.rounded(results, matrix.kind()), matrix.kind());
  }

  private Matrix equal(List<String> in) throws NotCovered {
    if (values.of(in.get(0)) instanceof Code code) {
      List<Column> flags = new ArrayList<>();
      for (Column constant : values.numbers(in.get(1)).columns()) {
        Double number = constant.constant();
        if (number == null) {
          throw new NotCovered("a comparison of two columns");
        }
        flags.add(new Column(new IsCode(code.input(), number.intValue())));
      }
      return Matrix.of(flags, Kind.FLAG);
    }
    Broadcast pairs = Broadcast.of(values.numbers(in.get(0)), values.numbers(in.get(1)));
    return pairs.each(
        Kind.FLAG,
        (a, b) -> {
          Double number = b.constant();
          return new Column(
              number == null ? new Binary(Binary.Function.EQUAL, a, b) : new IsEqual(a, number));
        });
  }

  private Matrix compared(List<String> in, Binary.Function function, boolean turned)
      throws NotCovered {
    Broadcast pairs = Broadcast.of(values.numbers(in.get(0)), values.numbers(in.get(1)));
    return pairs.each(
        Kind.FLAG,
        (a, b) -> new Column(turned ? new Binary(function, b, a) : new Binary(function, a, b)));
  }

  private Matrix where(List<String> in) throws NotCovered {
    Matrix flags = values.numbers(in.get(0));
    Matrix yes = values.numbers(in.get(1));
    Matrix no = values.numbers(in.get(2));
    Broadcast both = Broadcast.of(yes, no);
    Broadcast all = Broadcast.of(flags, both.each(no.kind(), (a, b) -> a));
    List<Column> chosen = new ArrayList<>();
    Matrix first = all.each(Kind.FLAG, (flag, any) -> flag);
    Matrix left = Broadcast.of(first, yes).each(yes.kind(), (any, a) -> a);
    Matrix right = Broadcast.of(first, no).each(no.kind(), (any, b) -> b);
    for (int i = 0; i < first.columns().size(); i++) {
      chosen.add(chosen(first.columns().get(i), left.columns().get(i), right.columns().get(i)));
    }
    return first.with(chosen, no.kind());
  }

  /** What a preparation replaces becomes one loop. */
  private static Column chosen(Column flag, Column yes, Column no) {
    Double value = yes.constant();
    if (value != null && flag.producer instanceof IsNaN nan && nan.of() == no) {
      return new Column(Prepared.ofNaN(no, value));
    }
    if (value != null
        && flag.producer instanceof IsEqual equal
        && equal.of() == no
        && no.producer instanceof Prepared prepared) {
      if (equal.value() == Double.POSITIVE_INFINITY && prepared.isLargestRaw()) {
        return new Column(prepared.withLargest(value));
      } else if (equal.value() == Double.NEGATIVE_INFINITY && prepared.isSmallestRaw()) {
        return new Column(prepared.withSmallest(value));
      }
    }
    return new Column(new Select(flag, yes, no));
  }

  private Matrix folded(List<String> in, Binary.Function function) throws NotCovered {
    Matrix result = values.numbers(in.get(0));
    for (int i = 1; i < in.size(); i++) {
      Matrix right = values.numbers(in.get(i));
      Kind kind = result.kind();
      // A power's exponent may be of another type.
      if (!kind.isReal() || (right.kind() != kind && function != Binary.Function.POW)) {
        throw new NotCovered(function + " of " + kind + " and " + right.kind() + " numbers");
      }
      Matrix both =
          Broadcast.of(result, right)
              .each(
                  kind,
                  (a, b) ->
                      kind == Kind.SINGLE
                          ? new Column(new Binary(function, a, b))
                          : pair(function, a, b));
      result = both.with(Values.rounded(both.columns(), kind), kind);
    }
    return result;
  }

  private static Column pair(Binary.Function function, Column a, Column b) {
    Double value = b.constant();
    if (value != null && a.producer instanceof Prepared prepared) {
      if (function == Binary.Function.SUB && prepared.isRaw()) {
        return new Column(prepared.withCenter(value));
      } else if (function == Binary.Function.DIV && prepared.scale() == 1) {
        return new Column(prepared.withScale(value));
      }
    }
    return new Column(new Binary(function, a, b));
  }
}
