package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.OutputColumn.Kind;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.OutputBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names and types the columns that a prediction adds (sql.md, "Columns that PREDICT returns"). */
final class OutputColumns {
  private final Database database;
  private final Set<String> taken = new HashSet<>();
  private final List<OutputColumn> columns = new ArrayList<>();

  private OutputColumns(Database database, List<ColumnSpec> input) {
    this.database = database;
    input.forEach(column -> taken.add(column.name().toUpperCase(Locale.ROOT)));
  }

  /**
   * Returns the columns for a model over an input; a name that the input has already gets {@code
   * _1}.
   *
   * @throws MlException OPTION_NOT_APPLICABLE if the most probable classes are wanted of what is no
   *     classifier
   */
  static List<OutputColumn> of(
      Database database, ModelVersion version, List<ColumnSpec> input, PredictOptions options) {
    OutputColumns outputs = new OutputColumns(database, input);
    List<ColumnSpec> signature = version.model().signature().outputs();
    Task task = version.model().task();
    if (options.top() > 0 && !(task instanceof Task.Classification)) {
      throw MlException.of(
          ErrorCode.OPTION_NOT_APPLICABLE,
          "top_k",
          "\"" + version.name() + "\", which has no classes");
    }
    if (task instanceof Task.Inference) {
      outputs.addAll(answers(version, 0));
    } else if (task instanceof Task.Regression) {
      outputs.add(signature.get(0), Kind.VALUE, 0);
      outputs.addAll(answers(version, 1));
    } else if (task instanceof Task.Classification classification) {
      outputs.add(signature.get(0), Kind.PREDICTED_CLASS, 0);
      outputs.add(signature.get(1), Kind.PREDICTED_PROBABILITY, 0);
      if (options.probabilities()) {
        for (int i = 0; i < classification.classes().size(); i++) {
          outputs.add(
              probability(database, classification.classes().get(i)), Kind.CLASS_PROBABILITY, i);
        }
      }
      if (options.top() > 0) {
        outputs.addTop(signature.get(0), Math.min(options.top(), classification.classes().size()));
      }
      outputs.addAll(answers(version, 2));
    } else {
      outputs.add(signature.get(0), Kind.CENTROID_ID, 0);
      outputs.add(signature.get(1), Kind.CENTROID_DISTANCE, 0);
    }
    return List.copyOf(outputs.columns);
  }

  private void addTop(ColumnSpec predicted, int count) {
    add(
        new ColumnSpec(
            database.fold(predicted.name() + "_top"),
            ColumnType.OTHER,
            predicted.sqlType() + " ARRAY[" + count + "]",
            false),
        Kind.TOP_CLASSES,
        0,
        count);
    add(
        new ColumnSpec(
            database.fold(predicted.name() + "_top_probability"),
            ColumnType.ARRAY,
            "DOUBLE PRECISION ARRAY[" + count + "]",
            false),
        Kind.TOP_PROBABILITIES,
        0,
        count);
  }

  private void addAll(List<OutputColumn> answers) {
    answers.forEach(a -> add(a.column(), a.kind(), a.index(), a.width()));
  }

  /**
   * Returns where in a batch the outputs of an imported graph are that have no part in its task, in
   * signature order.
   *
   * @param used how many of the signature's outputs belong to the task
   */
  private static List<OutputColumn> answers(ModelVersion version, int used) {
    List<ColumnSpec> all = version.model().signature().outputs();
    List<ColumnSpec> signature = all.subList(used, all.size());
    List<OutputColumn> columns = new ArrayList<>();
    if (signature.isEmpty()) {
      return columns;
    }
    if (version.model().attachments().isEmpty()) { // read for its signature alone
      signature.forEach(column -> columns.add(new OutputColumn(column, Kind.NUMBER, 0)));
      return columns;
    }
    int score = 0;
    int text = 0;
    int integer = 0;
    boolean first = used == 1;
    for (OutputBinding output : GraphBinding.of(version).outputs()) {
      if (first
          || output instanceof OutputBinding.Classes
          || output instanceof OutputBinding.Label) {
        first = false;
        score += output.scores();
        continue;
      }
      ColumnSpec column = signature.get(columns.size());
      if (output instanceof OutputBinding.Texts) {
        columns.add(new OutputColumn(column, Kind.TEXT, text++));
      } else if (output instanceof OutputBinding.Integers) {
        columns.add(new OutputColumn(column, Kind.INTEGER, integer++));
      } else if (column.type() == ColumnType.ARRAY) {
        columns.add(new OutputColumn(column, Kind.VECTOR, score, output.scores()));
      } else {
        for (int i = 0; i < output.scores(); i++) {
          columns.add(new OutputColumn(signature.get(columns.size()), Kind.NUMBER, score + i));
        }
      }
      score += output.scores();
    }
    return columns;
  }

  /** Returns the one output of a scalar {@code PREDICTION}: the first column of {@code PREDICT}. */
  static OutputColumn scalar(ModelVersion version) {
    if (version.model().task() instanceof Task.Inference) {
      return answers(version, 0).get(0);
    }
    Kind kind =
        version.model().task() instanceof Task.Regression
            ? Kind.VALUE
            : version.model().task() instanceof Task.Classification
                ? Kind.PREDICTED_CLASS
                : Kind.CENTROID_ID;
    return new OutputColumn(version.model().signature().outputs().get(0), kind, 0);
  }

  private static ColumnSpec probability(Database database, String classText) {
    return new ColumnSpec(
        database.fold("probability_" + classText), ColumnType.DOUBLE, "DOUBLE PRECISION", false);
  }

  private void add(ColumnSpec column, Kind kind, int index) {
    add(column, kind, index, 1);
  }

  private void add(ColumnSpec column, Kind kind, int index, int width) {
    String name = column.name();
    for (int i = 1; !taken.add(name.toUpperCase(Locale.ROOT)); i++) {
      name = column.name() + "_" + i;
    }
    columns.add(
        new OutputColumn(
            new ColumnSpec(name, column.type(), column.sqlType(), column.nullable()),
            kind,
            index,
            width));
  }
}
