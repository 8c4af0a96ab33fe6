package dev.insitu.operation;

import dev.insitu.function.Database;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.OutputColumn.Kind;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
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
   */
  static List<OutputColumn> of(
      Database database, ModelVersion version, List<ColumnSpec> input, PredictOptions options) {
    OutputColumns outputs = new OutputColumns(database, input);
    List<ColumnSpec> signature = version.model().signature().outputs();
    Task task = version.model().task();
    if (task instanceof Task.Regression) {
      outputs.add(signature.get(0), Kind.VALUE, 0);
    } else if (task instanceof Task.Classification classification) {
      outputs.add(signature.get(0), Kind.PREDICTED_CLASS, 0);
      outputs.add(signature.get(1), Kind.PREDICTED_PROBABILITY, 0);
      if (options.probabilities()) {
        for (int i = 0; i < classification.classes().size(); i++) {
          outputs.add(
              probability(database, classification.classes().get(i)), Kind.CLASS_PROBABILITY, i);
        }
      }
    } else {
      outputs.add(signature.get(0), Kind.CENTROID_ID, 0);
      outputs.add(signature.get(1), Kind.CENTROID_DISTANCE, 0);
    }
    return List.copyOf(outputs.columns);
  }

  /** Returns the one output of a scalar {@code PREDICTION}: the first column of {@code PREDICT}. */
  static OutputColumn scalar(ModelVersion version) {
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

  private void add(ColumnSpec column, Kind kind, int classIndex) {
    String name = column.name();
    for (int i = 1; !taken.add(name.toUpperCase(Locale.ROOT)); i++) {
      name = column.name() + "_" + i;
    }
    columns.add(
        new OutputColumn(
            new ColumnSpec(name, column.type(), column.sqlType(), column.nullable()),
            kind,
            classIndex));
  }
}
