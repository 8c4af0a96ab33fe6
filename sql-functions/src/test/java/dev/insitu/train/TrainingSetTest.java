package dev.insitu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnType;
import dev.insitu.train.option.TrainingOptions;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSetTest {
  private static TrainingOptions options(String type, Object... pairs) {
    Map<String, OptionValue> map = new LinkedHashMap<>();
    map.put("model_type", new OptionValue.Text(type));
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(
          (String) pairs[i],
          pairs[i + 1] instanceof Number number
              ? new OptionValue.Numeric(new BigDecimal(number.toString()))
              : new OptionValue.Text((String) pairs[i + 1]));
    }
    return TrainingOptions.of(map);
  }

  private static TrainingSet read(Rows rows, TrainingOptions options) {
    return read(rows, options, TrainingReader.usableHeap());
  }

  private static TrainingSet read(Rows rows, TrainingOptions options, long heap) {
    TrainingColumns columns = TrainingColumns.of(rows.columns(), options, "M");
    try {
      return new TrainingReader(options.modelType(), columns, heap)
          .read(rows, List.of(), Progress.NONE);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Rows mixed(int count) {
    Rows rows =
        new Rows()
            .with("A", ColumnType.INTEGER)
            .with("T", ColumnType.VARCHAR)
            .with("LABEL", ColumnType.DOUBLE);
    for (int i = 0; i < count; i++) {
      rows.row(i % 7 == 0 ? null : i % 13, i % 5 == 0 ? null : "t" + i % 3, i % 4 == 3 ? null : i);
    }
    return rows;
  }

  private static List<String> content(TrainingSet set) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < set.rows(); row++) {
      int code = set.feature(1).code(row);
      rows.add(
          set.feature(0).number(row)
              + "|"
              + (code < 0 ? "NULL" : set.feature(1).texts().get(code))
              + "|"
              + set.label().number(row));
    }
    return rows;
  }

  @Test
  void rowsInNoStatedOrderComeOutInOneOrder() {
    Rows rows = mixed(1000);
    TrainingOptions options = options("linear_reg");
    List<String> once = content(read(rows, options));
    assertThat(content(read(rows.shuffled(3), options))).isEqualTo(once);
    assertThat(content(read(rows.shuffled(4).ordered(true), options))).isNotEqualTo(once);
    assertThat(content(read(rows.ordered(true), options)).get(0)).isEqualTo("NaN|NULL|0.0");
  }

  @Test
  void rowsWithoutALabelAreSkippedAndCounted() {
    TrainingSet set = read(mixed(1000), options("linear_reg"));
    assertThat(set.rowsRead()).isEqualTo(1000);
    assertThat(set.rowsSkipped()).isEqualTo(250);
    assertThat(set.rows()).isEqualTo(750);
  }

  @Test
  void manyChunksOfRowsAreRead() {
    TrainingSet set = read(mixed(150_000).ordered(true), options("kmeans"));
    assertThat(set.rows()).isEqualTo(150_000);
    assertThat(set.feature(0).number(149_999)).isEqualTo(149_999 % 13);
    assertThat(set.feature(1).texts()).containsExactly("t0", "t1", "t2");
  }

  @Test
  void tooManyRowsAreAnErrorBeforeTheHeapIsFull() {
    assertThatThrownBy(() -> read(mixed(100_000), options("kmeans"), 1 << 20))
        .isInstanceOf(MlException.class)
        .hasMessageContaining("ML046: training needs about 1 MB, but only 1 MB")
        .hasMessageContaining("-Xmx");
  }

  @Test
  void badInputHasItsError() {
    Rows empty = new Rows().with("A", ColumnType.INTEGER).with("LABEL", ColumnType.DOUBLE);
    assertThatThrownBy(() -> read(empty, options("linear_reg"))).hasMessageStartingWith("ML040");
    Rows nulls = new Rows().with("A", ColumnType.INTEGER).with("LABEL", ColumnType.DOUBLE);
    nulls.row(1, null).row(2, null);
    assertThatThrownBy(() -> read(nulls, options("linear_reg")))
        .hasMessage("ML041: label column \"LABEL\" is NULL in all 2 rows");
    assertThatThrownBy(() -> read(nulls, options("linear_reg", "input_label_cols", "lebel")))
        .hasMessage(
            "ML044: label column \"lebel\" is not in the training query\n"
                + "Hint: Did you mean \"LABEL\"?");
    Rows text = new Rows().with("A", ColumnType.INTEGER).with("Y", ColumnType.VARCHAR);
    assertThatThrownBy(() -> read(text, options("linear_reg", "label", "y")))
        .hasMessageStartingWith("ML045: label column \"Y\" is VARCHAR, but linear_reg needs a");
    Rows uuid = new Rows().with("ID", ColumnType.OTHER).with("LABEL", ColumnType.DOUBLE);
    assertThatThrownBy(() -> read(uuid, options("linear_reg")))
        .hasMessageStartingWith("ML024: column \"ID\" of type OTHER cannot be a feature");
    Rows alone = new Rows().with("LABEL", ColumnType.DOUBLE);
    assertThatThrownBy(() -> read(alone, options("linear_reg")))
        .hasMessageStartingWith("ML043: no feature column is left for model \"M\"");
    Rows infinite = new Rows().with("A", ColumnType.INTEGER).with("LABEL", ColumnType.DOUBLE);
    infinite.row(1, Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> read(infinite, options("linear_reg")))
        .hasMessageStartingWith("ML045: label column \"LABEL\" is infinite");
  }

  @Test
  void theAutomaticSplitHoldsNothingOutOfFewRows() {
    assertThat(split(300, options("kmeans")).heldOutRows()).isZero();
    assertThat(split(499, options("kmeans")).heldOutRows()).isZero();
    assertThat(split(500, options("kmeans")).heldOutRows()).isEqualTo(100);
    assertThat(split(60_000, options("kmeans")).heldOutRows()).isEqualTo(10_000);
  }

  @Test
  void theRandomSplitFollowsItsSeed() {
    TrainingOptions one =
        options("kmeans", "data_split_method", "random", "data_split_eval_fraction", 0.3);
    TrainingOptions two =
        options(
            "kmeans", "data_split_method", "random", "data_split_eval_fraction", 0.3, "seed", 2);
    assertThat(split(1000, one).heldOut()).hasSize(300).isEqualTo(split(1000, one).heldOut());
    assertThat(split(1000, two).heldOut()).hasSize(300).isNotEqualTo(split(1000, one).heldOut());
    TrainingOptions everything =
        options("kmeans", "data_split_method", "random", "data_split_eval_fraction", 1);
    assertThatThrownBy(() -> split(10, everything)).hasMessageStartingWith("ML049: the split");
  }

  @Test
  void theCustomSplitHoldsOutTrueAndNullAndIsNoFeature() {
    Rows rows = new Rows().with("A", ColumnType.INTEGER).with("HOLD", ColumnType.BOOLEAN);
    rows.row(1, true).row(2, false).row(3, null).row(4, false).ordered(true);
    TrainingOptions custom =
        options("kmeans", "data_split_method", "custom", "data_split_col", "hold");
    TrainingSet set = read(rows, custom);
    Split split = Split.of(set, custom);
    assertThat(set.columns().features()).hasSize(1);
    assertThat(split.training()).containsExactly(1, 3);
    assertThat(split.heldOut()).containsExactly(0, 2);
  }

  @Test
  void theSequentialSplitHoldsOutTheLargest() {
    Rows rows = new Rows().with("A", ColumnType.INTEGER).with("D", ColumnType.DATE);
    rows.row(1, 30).row(2, 10).row(3, null).row(4, 20).ordered(true);
    TrainingOptions seq =
        options(
            "kmeans",
            "data_split_method",
            "seq",
            "data_split_col",
            "d",
            "data_split_eval_fraction",
            0.5);
    assertThat(Split.of(read(rows, seq), seq).heldOut()).containsExactly(0, 3);
    assertThatThrownBy(() -> read(rows, options("kmeans", "data_split_method", "seq")))
        .hasMessageStartingWith("ML033: option \"data_split_col\" is missing");
  }

  private static Split split(int rows, TrainingOptions options) {
    Rows all = new Rows().with("A", ColumnType.INTEGER);
    for (int i = 0; i < rows; i++) {
      all.row(i);
    }
    return Split.of(read(all, options), options);
  }

  @Test
  void theVocabularyOfLongTextIsCountedAsMemory() {
    Rows blanks = new Rows().with("T", ColumnType.VARCHAR);
    Rows joined = new Rows().with("T", ColumnType.VARCHAR);
    for (int i = 0; i < 2000; i++) {
      blanks.row("a b c d e f g h i j k l m n o p " + i);
      joined.row("a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_" + i);
    }
    long heap = 4_000_000;
    assertThat(read(joined, options("kmeans"), heap).rows()).isEqualTo(2000);
    assertThatThrownBy(() -> read(blanks, options("kmeans"), heap))
        .hasMessageStartingWith("ML046: ");
  }

  @Test
  void textsAreInOrderOfCodePoints() {
    assertThat(List.of("\uFF5E", "\uD83D\uDE00", "b", "a", "").stream().sorted(CodePoints.ORDER))
        .containsExactly("", "a", "b", "\uFF5E", "\uD83D\uDE00");
    assertThat(CodePoints.hasLoneSurrogate("\uD83D\uDE00")).isFalse();
    assertThat(CodePoints.hasLoneSurrogate("a\uD83D")).isTrue();
    assertThat(CodePoints.hasLoneSurrogate("\uDE00\uD83D")).isTrue();
  }
}
