package dev.insitu.score.kernel;

import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Ensemble;
import dev.insitu.score.kernel.Producer.Part;
import dev.insitu.score.kernel.Producer.Scaled;
import dev.insitu.score.kernel.Producer.Shares;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows by which a kernel of an imported graph is told from one that answers otherwise: the numbers
 * that the graph compares with and their neighbours, the texts that it knows and others, what NULL
 * is to become, infinities. Always the same rows for the same graph. Confined to one thread.
 */
final class Probes {
  private static final long SEED = 20_261_122;
  private static final int MOST_CONSTANTS = 4096;
  private static final double[] USUAL = {0, 1, -1, 0.5, 2, 3, 10, -25, 100, 1e-3, 1234.5, -0.0};
  private static final double[] AWKWARD = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30, -1e30, 1e-40
  };

  private final GraphBinding binding;
  private final ModelSignature signature;
  private final Random random = new Random(SEED);

  /** What the graph compares each input of numbers with. */
  private final Map<Integer, List<Double>> constants = new HashMap<>();

  /** The texts that it knows, by input. */
  private final Map<Integer, List<String>> texts = new HashMap<>();

  /** The inputs by their slots. */
  private final List<Integer> numbers;

  Probes(GraphBinding binding, ModelSignature signature, Intake intake, List<Column> wanted) {
    this.binding = binding;
    this.signature = signature;
    this.numbers = intake.numbers();
    intake.codes().forEach(code -> texts.put(code.input(), code.codes().keys()));
    collect(wanted);
  }

  private void collect(List<Column> wanted) {
    Set<Column> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Column> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      Column column = open.pop();
      Producer producer = column.producer;
      if (producer == null || !seen.add(column)) {
        continue;
      }
      if (producer instanceof Producer.IsEqual flag) {
        note(flag.of(), flag.value());
      } else if (producer instanceof Producer.Mapped mapped) {
        for (double key : mapped.keys()) {
          note(mapped.of(), key);
        }
      } else if (producer instanceof Binary binary) {
        note(binary.a(), binary.b().constant());
        note(binary.b(), binary.a().constant());
      } else if (producer instanceof Part part && part.group() instanceof Ensemble trees) {
        note(trees.trees().bins, trees.features());
      } else if (producer instanceof Part part && part.group() instanceof Shares trees) {
        note(trees.trees().bins, trees.features());
      }
      producer.inputs().forEach(open::push);
    }
  }

  private void note(Bins bins, List<Column> features) {
    for (int i = 0; i < features.size(); i++) {
      for (double cut : bins.sources().get(i).cuts().all()) {
        note(features.get(i), cut);
      }
    }
  }

  /** Notes a number for the input of which a column is made, if it is made of one. */
  private void note(Column of, @Nullable Double number) {
    if (number == null) {
      return;
    }
    Column column = of;
    double value = number;
    while (column.producer != null && column.producer.inputs().size() == 1) {
      if (column.producer instanceof Scaled scaled && scaled.factor() != 0) {
        value = value / scaled.factor() + scaled.offset();
      }
      column = column.producer.inputs().get(0);
    }
    if (column.producer == null) {
      List<Double> known =
          constants.computeIfAbsent(numbers.get(column.slot()), i -> new ArrayList<>());
      if (known.size() < MOST_CONSTANTS) {
        known.add(value);
      } else {
        known.set(random.nextInt(MOST_CONSTANTS), value);
      }
    }
  }

  /** Makes rows, a batch for each. */
  List<FeatureBatch> rows(int count) {
    List<FeatureBatch> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FeatureBatch row = new FeatureBatch(signature, 1);
      row.setRows(1);
      // Where all is awkward nothing is told apart.
      int awkward = i % 2 == 0 ? -1 : random.nextInt(signature.inputs().size());
      for (InputBinding input : binding.inputs()) {
        for (int column : input.columns()) {
          put((InputBinding.Columns) input, column, column == awkward, row);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private void put(InputBinding.Columns input, int column, boolean awkward, FeatureBatch row) {
    NullRule.Kind nulls = binding.nulls().get(column).kind();
    if (row.isText(column)) {
      List<String> known = texts.getOrDefault(column, List.of());
      boolean unknown = awkward || known.isEmpty();
      String text = unknown ? "neither" : known.get(random.nextInt(known.size()));
      row.texts(column)[0] =
          awkward && nulls == NullRule.Kind.TEXT && random.nextBoolean() ? null : text;
      return;
    }
    double number = awkward ? AWKWARD[random.nextInt(AWKWARD.length)] : number(column);
    Element element = input.element();
    if (element.family() != Element.Family.REAL && !Double.isNaN(number)) {
      double whole = Double.isInfinite(number) ? 0 : Math.rint(number);
      number = Math.max(element.smallest(), Math.min(element.largest(), whole));
      number = Math.abs(number) < FeatureBatch.FIRST_INEXACT ? number : 7;
    }
    boolean takesNull =
        nulls == NullRule.Kind.NUMBER
            || (nulls == NullRule.Kind.NAN && element.family() == Element.Family.REAL);
    row.numbers(column)[0] = Double.isNaN(number) && !takesNull ? 0 : number;
  }

  private double number(int input) {
    List<Double> known = constants.getOrDefault(input, List.of());
    if (known.isEmpty() || random.nextInt(4) == 0) {
      return random.nextBoolean() ? USUAL[random.nextInt(USUAL.length)] : random.nextGaussian() * 3;
    }
    double number = known.get(random.nextInt(known.size()));
    return switch (random.nextInt(5)) {
      case 0 -> Math.nextUp((float) number);
      case 1 -> Math.nextDown((float) number);
      case 2 -> number + random.nextGaussian();
      default -> number;
    };
  }
}
