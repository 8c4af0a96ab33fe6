package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.IsCode;
import dev.insitu.score.kernel.Producer.IsEqual;
import dev.insitu.score.kernel.Producer.Normalized;
import dev.insitu.score.kernel.Producer.Prepared;
import dev.insitu.score.kernel.Producer.Rounded;
import dev.insitu.score.kernel.Producer.Scaled;
import dev.insitu.score.kernel.Producer.Select;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Value.Matrix;
import dev.insitu.score.kernel.Value.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operators of {@code ai.onnx.ml} that prepare columns. */
final class Preparation implements Family {
  private final Values values;

  Preparation(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    return switch (operator.type()) {
      case "Scaler" -> List.of(scaled(operator));
      case "Imputer" -> List.of(imputed(operator));
      case "OneHotEncoder" -> List.of(encoded(operator));
      case "Normalizer" -> List.of(normalized(operator));
      case "Binarizer" -> List.of(binary(operator));
      default -> List.of();
    };
  }

  private Matrix scaled(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    double[] offsets = operator.floats("offset");
    double[] factors = operator.floats("scale");
    int width = matrix.columns().size();
    if (matrix.rank() != 2
        || offsets.length != factors.length
        || (offsets.length != width && offsets.length != 1)) {
      throw new NotCovered("Scaler of " + offsets.length + " for " + width + " columns");
    }
    List<Column> results = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      double offset = offsets[offsets.length == 1 ? 0 : i];
      double factor = factors[factors.length == 1 ? 0 : i];
      Column of = matrix.columns().get(i);
      if (matrix.kind() == Kind.DOUBLE) {
        Column less = binary(Binary.Function.SUB, of, offset);
        results.add(Values.rounded(binary(Binary.Function.MUL, less, factor)));
      } else {
        results.add(new Column(new Scaled(unrounded(of), offset, factor)));
      }
    }
    return matrix.with(results, Kind.SINGLE);
  }

  private static Column binary(Binary.Function function, Column a, double b) {
    return new Column(new Binary(function, a, Values.constant(b)));
  }

  /** For those who round themselves. */
  private static Column unrounded(Column column) {
    return column.producer instanceof Rounded rounded ? rounded.of() : column;
  }

  private Matrix imputed(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    boolean whole = matrix.kind() == Kind.WHOLE;
    double[] replacements =
        whole
            ? java.util.Arrays.stream(operator.longs("imputed_value_int64s"))
                .mapToDouble(v -> v)
                .toArray()
            : operator.floats("imputed_value_floats");
    double replaced =
        whole
            ? operator.number("replaced_value_int64", 0)
            : operator.real("replaced_value_float", 0);
    if (replacements.length == 0 || (!whole && !matrix.isSingle()) || matrix.rank() != 2) {
      throw new NotCovered("Imputer of " + matrix.kind() + " numbers");
    }
    boolean each = replacements.length == matrix.columns().size();
    List<Column> results = new ArrayList<>();
    for (int i = 0; i < matrix.columns().size(); i++) {
      results.add(imputed(matrix.columns().get(i), replaced, replacements[each ? i : 0]));
    }
    return matrix.with(results, matrix.kind());
  }

  private static Column imputed(Column column, double replaced, double by) {
    if (!Double.isNaN(replaced)) {
      return new Column(
          new Select(new Column(new IsEqual(column, replaced)), Values.constant(by), column));
    } else if (column.producer instanceof Rounded rounded) {
      // What is put in needs no rounding.
      return new Column(new Rounded(new Column(Prepared.ofNaN(rounded.of(), by))));
    }
    return new Column(Prepared.ofNaN(column, by));
  }

  private Matrix encoded(Operator operator) throws NotCovered {
    if (operator.number("zeros", 1) == 0) {
      throw new NotCovered("OneHotEncoder that refuses values");
    }
    Value value = values.of(operator.inputs().get(0));
    List<Column> flags = new ArrayList<>();
    List<Integer> shape;
    int width;
    if (value instanceof Texts texts) {
      List<String> known = operator.texts("cats_strings");
      width = known.size();
      shape = texts.shape();
      Values.requireColumns((long) width * texts.columns().size());
      Map<String, Long> codes = new HashMap<>();
      for (int i = 0; i < width; i++) {
        codes.put(known.get(i), (long) i); // the last of equals, as in ONNX Runtime
      }
      for (Value.Text text : texts.columns()) {
        int code = values.code(text, codes);
        flags.addAll(Values.columns(width, i -> new Column(new IsCode(code, i))));
      }
    } else {
      Matrix matrix = values.rows(operator.inputs().get(0));
      long[] known = operator.longs("cats_int64s");
      width = known.length;
      shape = matrix.shape();
      Values.requireColumns((long) width * matrix.columns().size());
      for (Column column : matrix.columns()) {
        flags.addAll(flags(matrix.kind(), column, known));
      }
    }
    if (width == 0) {
      throw new NotCovered("OneHotEncoder of another type");
    }
    List<Integer> deeper = new ArrayList<>(shape);
    deeper.add(width);
    return new Matrix(flags, deeper, Kind.SINGLE, false);
  }

  private static List<Column> flags(Kind kind, Column column, long[] known) throws NotCovered {
    Column whole = kind.isReal() ? new Column(new Unary(Unary.Function.WHOLE, column)) : column;
    Map<Long, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < known.length; i++) {
      if (Math.abs((double) known[i]) >= 0x1p53) {
        throw new NotCovered("a category beyond 2^53");
      }
      last.put(known[i], i);
    }
    return Values.columns(
        known.length,
        i ->
            last.getOrDefault(known[i], i) == i
                ? new Column(new IsEqual(whole, known[i]))
                : Values.constant(0));
  }

  private Matrix normalized(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    if (!matrix.isSingle() || matrix.rank() != 2) {
      throw new NotCovered("Normalizer of " + matrix.kind() + " numbers");
    }
    Normalized.Norm norm =
        switch (operator.text("norm", "MAX")) {
          case "MAX" -> Normalized.Norm.MAX;
          case "L1" -> Normalized.Norm.L1;
          case "L2" -> Normalized.Norm.L2;
          default -> throw new NotCovered("norm " + operator.text("norm", ""));
        };
    List<Column> outputs = new ArrayList<>();
    Normalized group = new Normalized(norm, matrix.columns(), outputs);
    return matrix.with(Heads.parts(group, matrix.columns().size(), outputs), Kind.SINGLE);
  }

  private Matrix binary(Operator operator) throws NotCovered {
    Matrix matrix = values.rows(operator.inputs().get(0));
    Column threshold = Values.constant(operator.real("threshold", 0));
    if (!matrix.isSingle()) {
      throw new NotCovered("Binarizer of " + matrix.kind() + " numbers");
    }
    return matrix.with(
        matrix.columns().stream()
            .map(c -> new Column(new Binary(Binary.Function.LESS, threshold, c)))
            .toList(),
        Kind.SINGLE);
  }
}
