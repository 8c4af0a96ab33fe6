package dev.insitu.score.kernel;

import java.util.List;

/** What makes columns of columns; becomes a step when one of its columns is needed. */
sealed interface Producer {
  /** Returns the columns that it reads. */
  default List<Column> inputs() {
    return List.of();
  }

  /** The same number in every row. */
  record Constant(double value) implements Producer {}

  /** What a preparation does to a number: replaces what is not finite, then centres and scales. */
  record Prepared(
      Column of, double nan, double largest, double smallest, double center, double scale)
      implements Producer {
    /** Less than this does not take a double beyond the largest. */
    private static final double NO_OVERFLOW = 0x1p969;

    /** Replaces NaN alone. */
    static Prepared ofNaN(Column of, double nan) {
      return new Prepared(of, nan, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 1);
    }

    /** Returns whether infinity alone, and nothing that was replaced by it, is still there. */
    boolean isLargestRaw() {
      double infinity = Double.POSITIVE_INFINITY;
      return isRaw() && largest == infinity && smallest != infinity && nan != infinity;
    }

    /** Returns the same of minus infinity. */
    boolean isSmallestRaw() {
      double infinity = Double.NEGATIVE_INFINITY;
      return isRaw() && smallest == infinity && largest != infinity && nan != infinity;
    }

    Prepared withLargest(double value) {
      return new Prepared(of, nan, value, smallest, center, scale);
    }

    Prepared withSmallest(double value) {
      return new Prepared(of, nan, largest, value, center, scale);
    }

    Prepared withCenter(double value) {
      return new Prepared(of, nan, largest, smallest, value, scale);
    }

    Prepared withScale(double value) {
      return new Prepared(of, nan, largest, smallest, center, value);
    }

    boolean isRaw() {
      return center == 0 && scale == 1;
    }

    /** Returns whether a weight of 0 makes 0 of it, whatever the number was. */
    boolean isFinite() {
      return Double.isFinite(nan)
          && Double.isFinite(largest)
          && Double.isFinite(smallest)
          && Math.abs(center) < NO_OVERFLOW
          && Math.abs(scale) >= 1;
    }

    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** 1 where a number is NaN, else 0. */
  record IsNaN(Column of) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** 1 where a number is another, else 0. */
  record IsEqual(Column of, double value) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** 1 where a text has a code, else 0. */
  record IsCode(int input, int code) implements Producer {}

  /** How often a word stands in a text. */
  record Word(int input, int width, int position) implements Producer {}

  /** A number as float32 has it. */
  record Rounded(Column of) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** A function of one number. */
  record Unary(Function function, Column of) implements Producer {
    /** Which. */
    enum Function {
      FLOOR,
      SQRT,
      NEG,
      SIGMOID,
      EXP,
      LOG,
      ABS,
      RELU,
      /** Without what is behind the point; what int64 does not hold is its smallest. */
      WHOLE,
      /** 1 of 0, else 0. */
      NOT
    }

    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** A function of two numbers. */
  record Binary(Function function, Column a, Column b) implements Producer {
    /** Which. */
    enum Function {
      ADD,
      SUB,
      MUL,
      DIV,
      MIN,
      MAX,
      POW,
      LESS,
      LESS_OR_EQUAL,
      EQUAL
    }

    @Override
    public List<Column> inputs() {
      return List.of(a, b);
    }
  }

  /** A column where a flag is 1, another where it is 0. */
  record Select(Column flag, Column yes, Column no) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(flag, yes, no);
    }
  }

  /** A number of float32 less an offset, times a factor, in float32. */
  record Scaled(Column of, double offset, double factor) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** What stands in a table at a place. */
  @SuppressWarnings("ArrayRecordComponent") // a constant of the graph; compared by nobody
  record Looked(Column place, double[] table) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(place);
    }
  }

  /**
   * What belongs to a number.
   *
   * @param keys ascending, NaN the last
   * @param values one for each key
   * @param otherwise what belongs to all other numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // constants of the graph; compared by nobody
  record Mapped(Column of, double[] keys, double[] values, double otherwise) implements Producer {
    @Override
    public List<Column> inputs() {
      return List.of(of);
    }
  }

  /** What stands in a table at the code of a text, {@code otherwise} where it has none. */
  @SuppressWarnings("ArrayRecordComponent") // a constant of the graph; compared by nobody
  record Coded(int input, double[] table, double otherwise) implements Producer {}

  /** The place of the first of the largest, or smallest, of some columns. */
  record Best(List<Column> columns, boolean largest) implements Producer {
    @Override
    public List<Column> inputs() {
      return columns;
    }
  }

  /**
   * A number and the sum of columns with weights.
   *
   * @param single whether the sum is float32
   */
  @SuppressWarnings("ArrayRecordComponent") // constants of the graph; compared by nobody
  record Weighted(double start, List<Column> columns, double[] weights, boolean single)
      implements Producer {
    @Override
    public List<Column> inputs() {
      return values(columns);
    }
  }

  /** The sum of the squares of differences to constants. */
  record SquaredDistance(List<Column> columns, List<Double> centers) implements Producer {
    @Override
    public List<Column> inputs() {
      return values(columns);
    }
  }

  /** One of several that are made together. */
  record Part(Group group, int number) implements Producer {
    @Override
    public List<Column> inputs() {
      return group.inputs();
    }
  }

  /** Several columns that are made together. */
  sealed interface Group {
    /** Returns the columns that it reads. */
    List<Column> inputs();

    /** Returns what it makes. */
    List<Column> outputs();
  }

  /** The exponentials of columns, made to sum to 1. */
  record Softmax(List<Column> inputs, List<Column> outputs) implements Group {}

  /** The same, but those of columns of 0 stay 0 (SOFTMAX_ZERO of ONNX). */
  record SoftmaxZero(List<Column> inputs, List<Column> outputs) implements Group {}

  /** Columns of float32 divided by a norm of the row. */
  record Normalized(Norm norm, List<Column> inputs, List<Column> outputs) implements Group {
    /** Which. */
    enum Norm {
      MAX,
      L1,
      L2
    }
  }

  /**
   * The sums of an ensemble of trees.
   *
   * @param features the columns that its splits ask, in the order of the sources of {@link Bins}
   */
  record Ensemble(TreeTable trees, List<Column> features, List<Column> outputs) implements Group {
    @Override
    public List<Column> inputs() {
      return values(features);
    }
  }

  /**
   * The sums of the rows of a table to which the leaves of trees lead.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param table a row for each leaf, row-major, as wide as there are outputs
   */
  @SuppressWarnings("ArrayRecordComponent") // a constant of the graph; compared by nobody
  record Shares(
      TreeTable trees,
      int from,
      int to,
      double[] table,
      List<Column> features,
      List<Column> outputs)
      implements Group {
    @Override
    public List<Column> inputs() {
      return values(features);
    }
  }

  /** Returns those that have to be computed: a flag of a code is looked up where it is used. */
  private static List<Column> values(List<Column> columns) {
    return columns.stream().filter(c -> !(c.producer instanceof IsCode)).toList();
  }
}
