package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Task;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.ClassLabels;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.binding.OutputBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the outputs of a graph are in SQL (sql.md, "Columns that PREDICT returns"): the
 * columns of a trained classifier where there are classes with probabilities, those of a trained
 * regression if the user says so, else a column an output.
 */
final class OutputPlanner {
  private final Database database;
  private final ImportOptions options;
  private final List<SeenOutput> seen;

  OutputPlanner(Database database, ImportOptions options, List<SeenOutput> seen) {
    this.database = database;
    this.options = options;
    this.seen = seen;
  }

  /**
   * Plans.
   *
   * @throws MlException LABEL_COUNT, GRAPH_NOT_USABLE, OPTION_NOT_APPLICABLE
   */
  OutputPlan plan() {
    String task = options.task().orElse("");
    if (task.equals("regression")) {
      return regression();
    }
    if (!task.equals("inference")) {
      boolean wanted = task.equals("classification") || options.has(ImportOption.LABELS);
      Optional<OutputPlan> classification = classification(wanted);
      if (classification.isPresent()) {
        return classification.get();
      }
      if (wanted) {
        throw InputPlan.unusable(
            "none of its outputs has a number for each class: " + describe(seen));
      }
    }
    return inference();
  }

  private OutputPlan regression() {
    List<SeenOutput> numbers = seen.stream().filter(o -> o.width() == 1 && o.isReal()).toList();
    if (numbers.isEmpty()) {
      numbers = seen.stream().filter(o -> o.width() == 1 && o.carrier() != Carrier.TEXT).toList();
    }
    if (numbers.size() != 1) {
      throw InputPlan.unusable(
              "a regression has one number a row, but the outputs are " + describe(seen))
          .withHint("Name the output: OPTIONS (outputs = ARRAY['…'], task = 'regression').");
    }
    SeenOutput output = numbers.get(0);
    String name = options.labelColumn().orElse(output.name());
    ColumnSpec label = new ColumnSpec(name, ColumnType.DOUBLE, "DOUBLE PRECISION", true);
    return withAnswers(
        new Task.Regression(label),
        List.of(number("predicted_" + name)),
        List.of(new OutputBinding.Numbers(output.value(), output.carrier(), 1)),
        seen.stream().filter(o -> o != output).toList());
  }

  private Optional<OutputPlan> classification(boolean wanted) {
    SeenOutput label = labelOutput();
    Optional<List<OptionValue>> given = options.labels();
    for (SeenOutput output : seen) {
      if (output == label || !output.isReal()) {
        continue;
      }
      Optional<ClassLabels> known =
          label != null && label.classes().isPresent() ? label.classes() : output.classes();
      int classes = given.map(List::size).orElse(known.map(k -> k.texts().size()).orElse(0));
      boolean positive =
          output.width() == 1
              && classes == 2
              && (label == null || seen.stream().filter(SeenOutput::isReal).count() == 1);
      if (given.isPresent() && output.width() > 1 && output.width() != classes) {
        throw MlException.of(ErrorCode.LABEL_COUNT, output.name(), output.width(), classes);
      }
      if (classes < 2 || (output.width() != classes && !positive)) {
        continue;
      }
      Optional<OutputBinding.Activation> activation = activation(output, positive, wanted);
      if (activation.isPresent()) {
        return Optional.of(classified(label, output, known, activation.get(), classes));
      }
    }
    return Optional.empty();
  }

  /** The first output that may hold a label; one whose classes are known before others. */
  private @Nullable SeenOutput labelOutput() {
    List<SeenOutput> candidates = seen.stream().filter(SeenOutput::mayBeLabel).toList();
    return candidates.stream()
        .filter(o -> o.classes().isPresent())
        .findFirst()
        .orElse(candidates.isEmpty() ? null : candidates.get(0));
  }

  private Optional<OutputBinding.Activation> activation(
      SeenOutput output, boolean positive, boolean wanted) {
    Optional<String> asked = options.activation();
    if (asked.isPresent()) {
      return Optional.of(
          switch (asked.get()) {
            case "softmax" -> OutputBinding.Activation.SOFTMAX;
            case "sigmoid" -> OutputBinding.Activation.SIGMOID;
            default -> OutputBinding.Activation.NONE;
          });
    }
    if (output.looksLikeProbabilities()) {
      return Optional.of(OutputBinding.Activation.NONE);
    }
    if (wanted) {
      throw InputPlan.unusable(
              "output \"" + output.name() + "\" has numbers that are no probabilities")
          .withHint(
              "If they are logits, say OPTIONS (activation = '"
                  + (positive ? "sigmoid" : "softmax")
                  + "'); to have them as they are, task = 'inference'.");
    }
    return Optional.empty();
  }

  private OutputPlan classified(
      @Nullable SeenOutput label,
      SeenOutput output,
      Optional<ClassLabels> known,
      OutputBinding.Activation activation,
      int classes) {
    List<String> graphTexts =
        known
            .map(ClassLabels::texts)
            .filter(texts -> texts.size() == classes)
            .orElse(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    List<String> texts =
        options
            .labels()
            .map(given -> given.stream().map(OutputPlanner::text).toList())
            .orElse(graphTexts);
    if (new HashSet<>(texts).size() != texts.size()) {
      throw InputPlan.unusable("two of its classes have one name: " + texts);
    }
    String name = options.labelColumn().orElse(label == null ? "label" : label.name());
    ColumnSpec column = label(name, known);
    List<String> ordered = database.inOrder(column, texts);
    List<Integer> order = ordered.stream().map(texts::indexOf).toList();
    List<OutputBinding> bindings = new ArrayList<>();
    bindings.add(new OutputBinding.Classes(output.value(), order, output.width(), activation));
    if (label != null) {
      bindings.add(
          new OutputBinding.Label(
              label.value(), label.carrier(), order.stream().map(graphTexts::get).toList()));
    }
    return withAnswers(
        new Task.Classification(column, ordered),
        List.of(
            new ColumnSpec(
                database.fold("predicted_" + name), column.type(), column.sqlType(), false),
            number("predicted_" + name + "_probability")),
        bindings,
        seen.stream().filter(o -> o != label && o != output).toList());
  }

  private ColumnSpec label(String name, Optional<ClassLabels> known) {
    OptionValue first = options.labels().map(given -> given.get(0)).orElse(null);
    boolean whole =
        first == null
            ? known.map(k -> k.element() == Element.INT64).orElse(true)
            : first instanceof OptionValue.Numeric;
    if (first instanceof OptionValue.Truth) {
      return new ColumnSpec(name, ColumnType.BOOLEAN, "BOOLEAN", false);
    }
    return whole
        ? new ColumnSpec(name, ColumnType.BIGINT, "BIGINT", false)
        : new ColumnSpec(name, ColumnType.VARCHAR, "CHARACTER VARYING", false);
  }

  private static String text(OptionValue label) {
    if (label instanceof OptionValue.Text text) {
      return text.value();
    } else if (label instanceof OptionValue.Numeric number) {
      return number.value().toBigInteger().toString();
    }
    return label.toSql();
  }

  private OutputPlan inference() {
    return withAnswers(new Task.Inference(), List.of(), List.of(), seen);
  }

  /** Adds a column, or several, for each output that has no part in the task. */
  private OutputPlan withAnswers(
      Task task, List<ColumnSpec> first, List<OutputBinding> firstBindings, List<SeenOutput> rest) {
    List<ColumnSpec> columns = new ArrayList<>(first);
    List<OutputBinding> bindings = new ArrayList<>(firstBindings);
    Set<String> taken = new HashSet<>();
    first.forEach(column -> taken.add(column.name().toUpperCase(Locale.ROOT)));
    for (SeenOutput output : rest) {
      if (output.carrier() == Carrier.TEXT) {
        if (output.width() != 1) {
          throw InputPlan.unusable(
              "output \"" + output.name() + "\" has " + output.width() + " texts a row");
        }
        columns.add(
            new ColumnSpec(
                database.fold(free(taken, name(output))),
                ColumnType.VARCHAR,
                "CHARACTER VARYING",
                true));
        bindings.add(new OutputBinding.Texts(output.value()));
        continue;
      }
      boolean whole = output.width() == 1 && output.carrier() == Carrier.INT64;
      bindings.add(
          whole
              ? new OutputBinding.Integers(output.value())
              : new OutputBinding.Numbers(
                  output.value(),
                  output.carrier(),
                  output.width(),
                  output.pooling(),
                  options.normalize() && output.width() > 1));
      if (output.width() == 1) {
        columns.add(scalar(free(taken, name(output)), output.element()));
      } else if (options.flatten()) {
        for (int i = 1; i <= output.width(); i++) {
          columns.add(scalar(free(taken, output.name() + "_" + i), output.element()));
        }
      } else {
        columns.add(
            new ColumnSpec(
                database.fold(free(taken, output.name())),
                ColumnType.ARRAY,
                InputPlan.arrayType("output \"" + output.name() + "\"", output.width()),
                true));
      }
    }
    return new OutputPlan(task, columns, bindings);
  }

  /** A label without probabilities is still a prediction. */
  private String name(SeenOutput output) {
    return output.mayBeLabel() && output.classes().isPresent()
        ? "predicted_" + options.labelColumn().orElse(output.name())
        : output.name();
  }

  private static String free(Set<String> taken, String name) {
    String free = name;
    for (int i = 1; !taken.add(free.toUpperCase(Locale.ROOT)); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private ColumnSpec scalar(String name, Element element) {
    return switch (element.family()) {
      case INTEGER -> new ColumnSpec(database.fold(name), ColumnType.BIGINT, "BIGINT", true);
      case BOOLEAN -> new ColumnSpec(database.fold(name), ColumnType.BOOLEAN, "BOOLEAN", true);
      default -> number(name);
    };
  }

  private ColumnSpec number(String name) {
    return new ColumnSpec(database.fold(name), ColumnType.DOUBLE, "DOUBLE PRECISION", true);
  }

  static String describe(List<SeenOutput> outputs) {
    return String.join(
        ", ",
        outputs.stream()
            .map(o -> "\"" + o.name() + "\" (" + o.width() + " " + o.element().word() + " a row)")
            .toList());
  }
}
