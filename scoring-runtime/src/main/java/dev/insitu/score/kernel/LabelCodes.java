package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Coded;
import dev.insitu.score.kernel.Producer.Looked;
import dev.insitu.score.kernel.Producer.Mapped;
import dev.insitu.score.kernel.Value.Matrix;
import dev.insitu.score.kernel.Value.Names;
import dev.insitu.score.kernel.Value.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** LabelEncoder: texts and numbers become texts and numbers by a list of pairs. */
final class LabelCodes implements Family {
  private static final int NAN_IS_A_KEY = 4;

  private final Values values;

  LabelCodes(Values values) {
    this.values = values;
  }

  @Override
  public List<? extends Value> compile(Operator operator) throws NotCovered {
    if (!operator.type().equals("LabelEncoder")) {
      return List.of();
    }
    Value value = values.of(operator.inputs().get(0));
    Target target = target(operator);
    if (value instanceof Texts texts) {
      return List.of(ofTexts(texts, operator.texts("keys_strings"), target));
    } else if (value instanceof Names names) {
      return List.of(ofNames(names, operator.texts("keys_strings"), target));
    }
    return List.of(ofNumbers(values.numbers(operator.inputs().get(0)), operator, target));
  }

  /**
   * What keys become.
   *
   * @param texts if they become texts
   * @param numbers if they become numbers
   * @param otherText what no key becomes, if they become texts
   * @param other what no key becomes, if they become numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // read while compiling; compared by nobody
  private record Target(
      List<String> texts, double[] numbers, String otherText, double other, Kind kind) {
    int size() {
      return texts.isEmpty() ? numbers.length : texts.size();
    }

    /** Numbers by the place of the key, the last of which is that of no key. */
    double[] table() {
      double[] table = Arrays.copyOf(numbers, numbers.length + 1);
      table[numbers.length] = other;
      return table;
    }

    /** Texts by the place of the key, the last of which is that of no key. */
    List<String> names() {
      List<String> names = new ArrayList<>(texts);
      names.add(otherText);
      return names;
    }
  }

  private static Target target(Operator operator) throws NotCovered {
    List<String> texts = operator.texts("values_strings");
    if (!texts.isEmpty()) {
      String other = operator.text("default_string", "_Unused");
      return new Target(texts, new double[0], other, 0, Kind.WHOLE);
    } else if (operator.has("values_int64s")) {
      double[] numbers = whole(operator.longs("values_int64s"));
      return new Target(
          List.of(), numbers, "", whole(operator.number("default_int64", -1)), Kind.WHOLE);
    } else if (operator.has("values_floats")) {
      return new Target(
          List.of(),
          operator.floats("values_floats"),
          "",
          operator.real("default_float", -0.0),
          Kind.SINGLE);
    }
    throw new NotCovered("LabelEncoder by tensors");
  }

  private static double[] whole(long[] numbers) throws NotCovered {
    double[] whole = new double[numbers.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = whole(numbers[i]);
    }
    return whole;
  }

  private static double whole(long number) throws NotCovered {
    if (Math.abs((double) number) >= 0x1p53) {
      throw new NotCovered("a label beyond 2^53");
    }
    return number;
  }

  private static void requireAsMany(int keys, Target target) throws NotCovered {
    if (keys == 0 || keys != target.size()) {
      throw new NotCovered("LabelEncoder of " + keys + " keys");
    }
  }

  /** The first of equal keys wins. */
  private static Map<String, Long> places(List<String> keys) {
    Map<String, Long> places = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      places.putIfAbsent(keys.get(i), (long) i);
    }
    return places;
  }

  private Value ofTexts(Texts texts, List<String> keys, Target target) throws NotCovered {
    requireAsMany(keys.size(), target);
    Map<String, Long> places = places(keys);
    double[] identity = new double[keys.size()];
    Arrays.setAll(identity, i -> i);
    List<Column> columns = new ArrayList<>();
    for (Value.Text text : texts.columns()) {
      int code = values.code(text, places);
      columns.add(
          new Column(
              target.texts.isEmpty()
                  ? new Coded(code, target.numbers, target.other)
                  : new Coded(code, identity, keys.size())));
    }
    if (target.texts.isEmpty()) {
      return new Matrix(columns, texts.shape(), target.kind, false);
    } else if (columns.size() == 1) {
      return new Names(columns.get(0), target.names(), texts.shape());
    }
    throw new NotCovered("LabelEncoder of several columns to texts");
  }

  private static Value ofNames(Names names, List<String> keys, Target target) throws NotCovered {
    requireAsMany(keys.size(), target);
    Map<String, Long> places = places(keys);
    double[] table = new double[names.names().size()];
    for (int i = 0; i < table.length; i++) {
      Long place = places.get(names.names().get(i));
      table[i] = place == null ? keys.size() : place;
    }
    Column place = new Column(new Looked(names.index(), table));
    return target.texts.isEmpty()
        ? new Matrix(
            List.of(new Column(new Looked(place, target.table()))),
            names.shape(),
            target.kind,
            false)
        : new Names(place, target.names(), names.shape());
  }

  private Value ofNumbers(Matrix matrix, Operator operator, Target target) throws NotCovered {
    double[] keys =
        switch (matrix.kind()) {
          case WHOLE -> whole(operator.longs("keys_int64s"));
          case SINGLE -> operator.floats("keys_floats");
          default -> new double[0];
        };
    requireAsMany(keys.length, target);
    TreeMap<Double, Integer> places = new TreeMap<>();
    boolean nan = values.graph().operatorSet("ai.onnx.ml") >= NAN_IS_A_KEY;
    for (int i = 0; i < keys.length; i++) {
      if (nan || !Double.isNaN(keys[i])) {
        places.putIfAbsent(keys[i] + 0.0, i); // no -0.0
      }
    }
    double[] sorted = places.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    boolean texts = !target.texts.isEmpty();
    double[] found =
        places.values().stream().mapToDouble(i -> texts ? i : target.numbers[i]).toArray();
    double other = texts ? target.size() : target.other;
    List<Column> columns =
        matrix.columns().stream()
            .map(c -> new Column(new Mapped(c, sorted, found, other)))
            .toList();
    if (!texts) {
      return new Matrix(columns, matrix.shape(), target.kind, matrix.fixed());
    } else if (columns.size() == 1) {
      return new Names(columns.get(0), target.names(), matrix.shape());
    }
    throw new NotCovered("LabelEncoder of several columns to texts");
  }
}
