package dev.insitu.train;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ColumnType.Form;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.ModelType.Goal;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a training query are features, which is the label, which splits the rows.
 *
 * @param features the feature columns, in the query's order; they become the model's inputs
 * @param featurePositions where each stands in the query
 * @param label the label column, null of a clustering
 * @param labelPosition where it stands in the query, -1 of a clustering
 * @param split the column of {@code data_split_col}, null without
 * @param splitPosition where it stands in the query, -1 without
 */
public record TrainingColumns(
    List<ColumnSpec> features,
    List<Integer> featurePositions,
    @Nullable ColumnSpec label,
    int labelPosition,
    @Nullable ColumnSpec split,
    int splitPosition) {
  private static final String DEFAULT_LABEL = "label";

  /** Copies the lists. */
  public TrainingColumns {
    features = List.copyOf(features);
    featurePositions = List.copyOf(featurePositions);
  }

  /**
   * Chooses the columns.
   *
   * @throws MlException LABEL_MISSING, LABEL_TYPE, UNSUPPORTED_COLUMN_TYPE, NO_FEATURES,
   *     OPTION_VALUE, OPTION_MISSING, OPTION_NOT_APPLICABLE
   */
  public static TrainingColumns of(
      List<ColumnSpec> columns, TrainingOptions options, String modelName) {
    ModelType type = options.modelType();
    int label = type.goal() == Goal.CLUSTERING ? -1 : labelPosition(columns, options);
    if (label >= 0) {
      checkLabel(columns.get(label), type);
    }
    int split = splitPosition(columns, options);
    if (split >= 0 && split == label) {
      throw MlException.of(
          ErrorCode.OPTION_VALUE,
          TrainingOption.DATA_SPLIT_COL.word(),
          "another column than the label",
          columns.get(split).name());
    }
    List<ColumnSpec> features = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (i != label && i != split) {
        features.add(feature(columns.get(i)));
        positions.add(i);
      }
    }
    if (features.isEmpty()) {
      throw MlException.of(ErrorCode.NO_FEATURES, modelName, "")
          .withHint("Select at least one column besides the label.");
    }
    return new TrainingColumns(
        features,
        positions,
        label < 0 ? null : columns.get(label),
        label,
        split < 0 ? null : columns.get(split),
        split);
  }

  private static ColumnSpec feature(ColumnSpec column) {
    if (!column.type().form().isScalar()) {
      throw MlException.of(ErrorCode.UNSUPPORTED_COLUMN_TYPE, column.name(), column.sqlType())
          .withHint(
              "Leave the column out of the training query, or cast it to a number, a text or a"
                  + " date there.");
    }
    return column;
  }

  private static int labelPosition(List<ColumnSpec> columns, TrainingOptions options) {
    Optional<String> given = options.column(TrainingOption.INPUT_LABEL_COLS);
    String name = given.orElse(DEFAULT_LABEL);
    int position = find(columns, name);
    if (position >= 0) {
      return position;
    }
    if (given.isEmpty()) {
      throw MlException.of(ErrorCode.OPTION_MISSING, TrainingOption.INPUT_LABEL_COLS.word())
          .withHint(
              "Name the label column, or call it \"" + DEFAULT_LABEL + "\" in the training query.");
    }
    MlException error = MlException.of(ErrorCode.LABEL_MISSING, name);
    throw nearest(columns, name)
        .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
        .orElse(error);
  }

  private static void checkLabel(ColumnSpec label, ModelType type) {
    Form form = label.type().form();
    if (type.goal() == Goal.REGRESSION && form != Form.NUMBER) {
      throw MlException.of(
              ErrorCode.LABEL_TYPE, label.name(), label.sqlType(), type.word(), "a number")
          .withHint("Cast the label to a number, or train a classifier.");
    }
    if (!form.isScalar()) {
      throw MlException.of(
          ErrorCode.LABEL_TYPE,
          label.name(),
          label.sqlType(),
          type.word(),
          "a text, a number, a boolean or a date");
    }
  }

  private static int splitPosition(List<ColumnSpec> columns, TrainingOptions options) {
    String method = options.word(TrainingOption.DATA_SPLIT_METHOD);
    boolean needed = method.equals("custom") || method.equals("seq");
    Optional<String> name = options.column(TrainingOption.DATA_SPLIT_COL);
    if (!needed) {
      if (name.isPresent()) {
        throw MlException.of(
                ErrorCode.OPTION_NOT_APPLICABLE,
                TrainingOption.DATA_SPLIT_COL.word(),
                "data_split_method \"" + method + "\"")
            .withHint("It goes with data_split_method 'custom' or 'seq'.");
      }
      return -1;
    }
    if (name.isEmpty()) {
      throw MlException.of(ErrorCode.OPTION_MISSING, TrainingOption.DATA_SPLIT_COL.word())
          .withHint("data_split_method '" + method + "' needs it.");
    }
    int position = find(columns, name.get());
    boolean custom = method.equals("custom");
    String expected =
        custom ? "a BOOLEAN column of the training query" : "a column of the training query";
    if (position < 0) {
      MlException error =
          MlException.of(
              ErrorCode.OPTION_VALUE,
              TrainingOption.DATA_SPLIT_COL.word(),
              expected,
              "\"" + name.get() + "\"");
      throw nearest(columns, name.get())
          .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
          .orElse(error);
    }
    ColumnSpec column = columns.get(position);
    if (custom ? column.type() != ColumnType.BOOLEAN : !column.type().form().isScalar()) {
      throw MlException.of(
          ErrorCode.OPTION_VALUE,
          TrainingOption.DATA_SPLIT_COL.word(),
          custom ? expected : "a column with an order",
          "\"" + column.name() + "\" of type " + column.sqlType());
    }
    return position;
  }

  private static int find(List<ColumnSpec> columns, String name) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
      if (found < 0 && columns.get(i).name().equalsIgnoreCase(name)) {
        found = i;
      }
    }
    return found;
  }

  private static Optional<String> nearest(List<ColumnSpec> columns, String name) {
    return NearestName.of(name, columns.stream().map(ColumnSpec::name).toList());
  }
}
