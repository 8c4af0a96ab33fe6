package dev.insitu.train.tribuo;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Task;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Rows;
import dev.insitu.train.Trainer;
import dev.insitu.train.TrainingColumns;
import dev.insitu.train.TrainingReader;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.option.ModelType.Goal;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.prepare.Preparation;
import dev.insitu.train.prepare.RowLabels;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One training of all rows, without a database. */
record Training(Task task, Preparation preparation, PreparedRows rows, FittedModel model) {
  static Training of(Rows query, String type, Object... pairs) {
    return of(query, Optional.empty(), type, pairs);
  }

  static Training of(Rows query, Optional<Progress> progress, String type, Object... pairs) {
    Map<String, OptionValue> map = new LinkedHashMap<>();
    map.put("model_type", new OptionValue.Text(type));
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      map.put(
          (String) pairs[i],
          value instanceof Boolean truth
              ? new OptionValue.Truth(truth)
              : new OptionValue.Numeric(new BigDecimal(value.toString())));
    }
    TrainingOptions options = TrainingOptions.of(map);
    TrainingColumns columns = TrainingColumns.of(query.columns(), options, "M");
    TrainingSet set;
    try {
      set =
          new TrainingReader(options.modelType(), columns, TrainingReader.usableHeap())
              .read(query, List.of(), Progress.NONE);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    int[] all = IntStream.range(0, set.rows()).toArray();
    Preparation preparation =
        Preparation.fit(set, all, options.flag(TrainingOption.STANDARDIZE_FEATURES));
    Goal goal = options.modelType().goal();
    ColumnSpec label = new ColumnSpec("LABEL", ColumnType.VARCHAR, "VARCHAR", true);
    Task task =
        goal == Goal.CLUSTERING
            ? new Task.Clustering((int) options.whole(TrainingOption.NUM_CLUSTERS))
            : goal == Goal.REGRESSION
                ? new Task.Regression(label)
                : new Task.Classification(label, set.label().texts());
    boolean balanced =
        goal == Goal.CLASSIFICATION && options.flag(TrainingOption.AUTO_CLASS_WEIGHTS);
    double[] counts = new double[goal == Goal.CLASSIFICATION ? set.label().texts().size() : 0];
    for (int row = 0; row < set.rows() && counts.length > 0; row++) {
      counts[set.label().code(row)]++;
    }
    RowLabels labels =
        new RowLabels() {
          @Override
          public double label(int row) {
            return switch (goal) {
              case CLUSTERING -> 0;
              case REGRESSION -> set.label().number(row);
              case CLASSIFICATION -> set.label().code(row);
            };
          }

          @Override
          public double weight(int row) {
            return balanced ? set.rows() / (counts.length * counts[set.label().code(row)]) : 1;
          }
        };
    PreparedRows rows = preparation.rows(set, all, labels);
    Trainer trainer =
        goal == Goal.CLUSTERING ? new KMeansTrainer(options) : new LinearTrainer(options);
    FittedModel model = trainer.train(task, rows, Optional.empty(), progress.orElse(Progress.NONE));
    return new Training(task, preparation, rows, model);
  }

  byte[] graph() {
    GraphBuilder graph = new GraphBuilder("test");
    String scores = model.export(graph, preparation.export(graph));
    graph.output(scores, "scores", ElementType.DOUBLE, -1, width());
    return graph.build();
  }

  int width() {
    return predictions(1).length;
  }

  double[] predictions(int count) {
    return model.predict(rows, 0, count);
  }

  /** The mean loss over all rows, without weights: squared error or log loss. */
  double loss() {
    double[] scores = predictions(rows.rows());
    int width = scores.length / rows.rows();
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double[] of = Arrays.copyOfRange(scores, row * width, (row + 1) * width);
      double label = rows.label(row);
      sum +=
          task instanceof Task.Regression
              ? (of[0] - label) * (of[0] - label)
              : task instanceof Task.Classification
                  ? -Math.log(of[(int) label])
                  : Arrays.stream(of).min().orElseThrow();
    }
    return sum / rows.rows();
  }
}
