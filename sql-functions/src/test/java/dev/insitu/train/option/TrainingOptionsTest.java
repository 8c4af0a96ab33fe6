package dev.insitu.train.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
  private static final OptionValue LOGISTIC = new OptionValue.Text("Logistic_Reg");

  private static OptionValue number(String value) {
    return new OptionValue.Numeric(new BigDecimal(value));
  }

  private static Map<String, OptionValue> map(Object... pairs) {
    Map<String, OptionValue> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (OptionValue) pairs[i + 1]);
    }
    return map;
  }

  private static MlException error(Object... pairs) {
    try {
      TrainingOptions.of(map(pairs));
    } catch (MlException e) {
      return e;
    }
    throw new AssertionError("no error");
  }

  @Test
  void namesAndWordsIgnoreCase() {
    TrainingOptions options =
        TrainingOptions.of(
            map(
                "MODEL_TYPE",
                LOGISTIC,
                "Input_Label_Cols",
                new OptionValue.Items(List.of(new OptionValue.Text("Churned"))),
                "l2_reg",
                number("0.5"),
                "DATA_SPLIT_METHOD",
                new OptionValue.Text("SEQ")));
    assertThat(options.modelType()).isEqualTo(ModelType.LOGISTIC_REG);
    assertThat(options.column(TrainingOption.INPUT_LABEL_COLS)).contains("Churned");
    assertThat(options.real(TrainingOption.L2_REG, 1)).isEqualTo(0.5);
    assertThat(options.word(TrainingOption.DATA_SPLIT_METHOD)).isEqualTo("seq");
    assertThat(options.whole(TrainingOption.SEED)).isEqualTo(1);
    assertThat(options.written())
        .containsExactly(
            Map.entry("model_type", "'Logistic_Reg'"),
            Map.entry("input_label_cols", "['Churned']"),
            Map.entry("l2_reg", "0.5"),
            Map.entry("data_split_method", "'SEQ'"));
  }

  @Test
  void numTreesMeansTheTreesOfAForestAndTheRoundsOfBoosting() {
    assertThat(
            TrainingOptions.of(
                    map(
                        "model_type",
                        new OptionValue.Text("random_forest_classifier"),
                        "num_trees",
                        number("7")))
                .whole(TrainingOption.NUM_PARALLEL_TREE, 100))
        .isEqualTo(7);
    assertThat(
            TrainingOptions.of(
                    map(
                        "model_type",
                        new OptionValue.Text("boosted_tree_regressor"),
                        "num_trees",
                        number("7")))
                .whole(TrainingOption.MAX_ITERATIONS, 20))
        .isEqualTo(7);
  }

  @Test
  void aMisspeltOptionNamesTheNearest() {
    MlException error = error("model_type", LOGISTIC, "l2_regg", number("1"));
    assertThat(error.code()).isEqualTo(ErrorCode.OPTION_NOT_FOUND);
    assertThat(error.getMessage())
        .isEqualTo("ML030: option \"l2_regg\" does not exist\nHint: Did you mean \"l2_reg\"?");
    assertThat(error("modeltype", LOGISTIC).hint()).contains("Did you mean \"model_type\"?");
  }

  @Test
  void aMisspeltModelTypeNamesTheNearest() {
    MlException error = error("model_type", new OptionValue.Text("logistc_reg"));
    assertThat(error.code()).isEqualTo(ErrorCode.MODEL_TYPE_NOT_FOUND);
    assertThat(error.hint()).contains("Did you mean \"logistic_reg\"?");
    assertThat(error("model_type", new OptionValue.Text("pca")).code())
        .isEqualTo(ErrorCode.NOT_YET_SUPPORTED);
    assertThat(error().code()).isEqualTo(ErrorCode.OPTION_MISSING);
  }

  @Test
  void anOptionOfAnotherModelTypeIsRefused() {
    MlException error = error("model_type", new OptionValue.Text("kmeans"), "l2_reg", number("1"));
    assertThat(error.code()).isEqualTo(ErrorCode.OPTION_NOT_APPLICABLE);
    assertThat(error.message())
        .isEqualTo("ML034: option \"l2_reg\" does not apply to model type \"kmeans\"");
    assertThat(error.hint().orElseThrow()).contains("num_clusters");
  }

  @Test
  void wrongValuesSayWhatIsExpected() {
    assertThat(error("model_type", LOGISTIC, "l2_reg", new OptionValue.Text("fast")).message())
        .isEqualTo("ML031: option \"l2_reg\" must be a number from 0 up, but 'fast' was given");
    assertThat(error("model_type", LOGISTIC, "max_iterations", number("1.5")).message())
        .isEqualTo(
            "ML031: option \"max_iterations\" must be a whole number from 1 to 1000000, but 1.5 was"
                + " given");
    assertThat(error("model_type", LOGISTIC, "seed", new OptionValue.Nothing()).message())
        .isEqualTo("ML031: option \"seed\" must be a whole number, but NULL was given");
    assertThat(
            error("model_type", LOGISTIC, "data_split_method", new OptionValue.Text("some"))
                .message())
        .isEqualTo(
            "ML031: option \"data_split_method\" must be one of auto_split, random, seq, custom,"
                + " no_split, but 'some' was given");
  }

  @Test
  void whatComesLaterIsNotATypingError() {
    assertThat(
            error(
                    "model_type", new OptionValue.Text("kmeans"),
                    "distance_type", new OptionValue.Text("COSINE"))
                .message())
        .isEqualTo("ML002: option distance_type = 'cosine' is not yet supported");
    assertThat(error("model_type", LOGISTIC, "enable_global_explain", new OptionValue.Truth(true)))
        .hasMessage("ML002: option enable_global_explain = TRUE is not yet supported");
  }

  @Test
  void classWeightsAreAMapOrAListOfStructs() {
    OptionValue map =
        new OptionValue.Struct(
            List.of(
                new OptionValue.Field("yes", number("3")),
                new OptionValue.Field("no", number("1"))));
    OptionValue list =
        new OptionValue.Items(
            List.of(
                new OptionValue.Struct(
                    List.of(
                        new OptionValue.Field("weight", number("3")),
                        new OptionValue.Field("label", new OptionValue.Text("yes"))))));
    assertThat(TrainingOptions.of(map("model_type", LOGISTIC, "class_weights", map)).classWeights())
        .containsExactly(Map.entry("yes", 3.0), Map.entry("no", 1.0));
    assertThat(
            TrainingOptions.of(map("model_type", LOGISTIC, "class_weights", list)).classWeights())
        .containsExactly(Map.entry("yes", 3.0));
    assertThatThrownBy(
            () ->
                TrainingOptions.of(
                    map("model_type", LOGISTIC, "class_weights", new OptionValue.Text("a"))))
        .hasMessageContaining("must be a map of positive weights by class");
  }
}
