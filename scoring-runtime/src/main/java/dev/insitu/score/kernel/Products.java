package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Constant;
import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Best;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Weighted;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Matrix products and the linear models of {@code ai.onnx.ml}. Sums are added in the order of the
 * columns, those of float32 rounded at each step.
 */
final class Products implements Family {
  private final Values values;

  Products(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    return switch (operator.type()) {
      case "MatMul" -> List.of(product(operator.inputs()));
      case "Gemm" -> List.of(gemm(operator));
      case "LinearRegressor" -> List.of(regressor(operator));
      case "LinearClassifier" -> classifier(operator);
      default -> List.of();
    };
  }

  private Matrix product(List<String> in) throws NotCovered {
    Matrix left = values.rows(in.get(0));
    Constant weights = weights(in.get(1), left);
    boolean vector = weights.shape().size() == 1;
    int width = vector ? 1 : weights.width();
    if (weights.shape().isEmpty()
        || weights.shape().size() > 2
        || weights.shape().get(0) != left.columns().size()) {
      throw new NotCovered("MatMul with " + weights.shape());
    }
    List<Column> results = sums(left, weights.values(), width, true, new double[width]);
    return new Matrix(results, vector ? List.of() : List.of(width), left.kind(), false);
  }

  private Constant weights(String name, Matrix left) throws NotCovered {
    Constant weights = values.constant(name, "a product");
    if (!left.kind().isReal() || left.rank() != 2) {
      throw new NotCovered("a product of " + left.kind() + " numbers");
    }
    return weights;
  }

  /**
   * Returns the sums of columns by weights.
   *
   * @param byColumn whether a row of the weights belongs to a column, not to a sum
   * @param starts with what each sum begins
   */
  private List<Column> sums(
      Matrix left, double[] weights, int width, boolean byColumn, double[] starts)
      throws NotCovered {
    List<Column> columns = left.columns();
    values.requireNumbers(weights.length);
    Values.requireColumns(width);
    List<Column> results = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      List<Column> used = new ArrayList<>();
      double[] factors = new double[columns.size()];
      for (int j = 0; j < columns.size(); j++) {
        double weight = weights[byColumn ? j * width + k : k * columns.size() + j];
        if (weight != 0 || !isFinite(columns.get(j))) {
          factors[used.size()] = weight;
          used.add(columns.get(j));
        }
      }
      results.add(
          new Column(
              new Weighted(starts[k], used, Arrays.copyOf(factors, used.size()), left.isSingle())));
    }
    return results;
  }

  private static boolean isFinite(Column column) {
    return column.producer instanceof Producer.IsCode
        || column.producer instanceof Producer.IsNaN
        || (column.producer instanceof Producer.Prepared prepared && prepared.isFinite());
  }

  private Matrix gemm(Operator operator) throws NotCovered {
    List<String> in = operator.inputs();
    Matrix left = values.rows(in.get(0));
    Constant weights = weights(in.get(1), left);
    boolean turned = operator.number("transB", 0) != 0;
    int inner = left.columns().size();
    if (operator.number("transA", 0) != 0
        || weights.shape().size() != 2
        || weights.shape().get(turned ? 1 : 0) != inner) {
      throw new NotCovered("Gemm with " + weights.shape());
    }
    int width = Math.toIntExact(weights.shape().get(turned ? 0 : 1));
    double alpha = operator.real("alpha", 1);
    double[] starts = new double[width];
    if (in.size() > 2 && !in.get(2).isEmpty()) {
      Constant added = values.constant(in.get(2), "Gemm");
      double beta = operator.real("beta", 1);
      int columns = added.values().length;
      if ((columns != 1 && columns != width) || (columns > 1 && added.width() != width)) {
        throw new NotCovered("Gemm with " + added.shape());
      }
      Arrays.setAll(starts, k -> beta * added.values()[columns == 1 ? 0 : k]);
    }
    double[] factors = Arrays.stream(weights.values()).map(w -> alpha * w).toArray();
    return Matrix.of(sums(left, factors, width, !turned, starts), left.kind());
  }

  private Matrix regressor(Operator operator) throws NotCovered {
    int targets = Math.toIntExact(operator.number("targets", 1));
    double[] intercepts = operator.floats("intercepts");
    double[] starts = intercepts.length == targets ? intercepts : new double[targets];
    List<Column> sums = linear(operator, starts);
    String transform = operator.text("post_transform", "NONE");
    if (sums.size() == 1 && transform.equals("PROBIT")) {
      throw new NotCovered("post_transform PROBIT");
    }
    // ONNX Runtime leaves a single sum as it is.
    return Matrix.of(sums.size() == 1 ? sums : Heads.transformed(transform, sums), Kind.SINGLE);
  }

  private List<Column> linear(Operator operator, double[] starts) throws NotCovered {
    Matrix left = values.rows(operator.inputs().get(0));
    double[] weights = operator.floats("coefficients");
    if (starts.length == 0
        || left.rank() != 2
        || weights.length != (long) starts.length * left.columns().size()) {
      throw new NotCovered(operator.type() + " of " + weights.length + " coefficients");
    }
    Matrix single =
        left.with(
            left.kind() == Kind.FLAG ? left.columns() : Values.rounded(left.columns(), Kind.SINGLE),
            Kind.SINGLE);
    return sums(single, weights, starts.length, false, starts);
  }

  private List<Value> classifier(Operator operator) throws NotCovered {
    List<Column> sums = linear(operator, operator.floats("intercepts"));
    List<String> texts = operator.texts("classlabels_strings");
    long[] numbers = operator.longs("classlabels_ints");
    String transform = operator.text("post_transform", "NONE");
    int labels = texts.isEmpty() ? numbers.length : texts.size();
    if (sums.size() > 1) {
      if (labels < sums.size()) {
        throw new NotCovered(labels + " labels of " + sums.size() + " classes");
      }
      return List.of(
          Heads.labels(new Column(new Best(sums, true)), texts, numbers),
          Matrix.of(Heads.transformed(transform, sums), Kind.SINGLE));
    }
    if (labels != 2 || transform.equals("PROBIT")) {
      throw new NotCovered("a classifier of one class");
    }
    // ONNX Runtime leaves a single sum as it is, and puts the other class before it.
    Column positive = sums.get(0);
    Column other =
        Values.rounded(new Column(new Binary(Binary.Function.SUB, Values.constant(1), positive)));
    Column isPositive = new Column(new Binary(Binary.Function.LESS, Values.constant(0), positive));
    return List.of(
        Heads.labels(isPositive, texts, numbers), Matrix.of(List.of(other, positive), Kind.SINGLE));
  }
}
