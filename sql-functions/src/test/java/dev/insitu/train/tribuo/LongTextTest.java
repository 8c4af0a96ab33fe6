package dev.insitu.train.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.train.LongTexts;
import dev.insitu.train.PreparedFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** scikit-learn's TfidfVectorizer and LogisticRegression over the same texts. */
class LongTextTest {
  private static final List<LongTexts.Expected> EXPECTED = LongTexts.expected();

  @Test
  void wordsAndValuesAreThoseOfTfidfVectorizer() {
    Training training = Training.of(LongTexts.rows(), "logistic_reg");
    List<String> names = new ArrayList<>();
    names.add("__NULL__");
    names.addAll(LongTexts.words());
    assertThat(training.rows().features().stream().map(PreparedFeature::category))
        .containsExactlyElementsOf(names);
    int[] indices = new int[names.size()];
    double[] values = new double[names.size()];
    for (int row = 0; row < EXPECTED.size(); row++) {
      Map<Integer, Double> found = new TreeMap<>();
      int count = training.rows().fillSparse(row, indices, values);
      for (int i = 0; i < count; i++) {
        if (indices[i] > 0) {
          found.put(indices[i] - 1, values[i]);
        }
      }
      Map<Integer, Double> expected = EXPECTED.get(row).values();
      assertThat(found.keySet()).as("row %d", row).isEqualTo(expected.keySet());
      found.forEach(
          (word, value) ->
              assertThat(value).isCloseTo(expected.getOrDefault(word, Double.NaN), within(1e-9)));
    }
  }

  @Test
  void predictionsAreThoseOfLogisticRegression() {
    Training training = Training.of(LongTexts.rows(), "logistic_reg");
    double[] found = training.predictions(EXPECTED.size());
    double[] expected =
        EXPECTED.stream().flatMapToDouble(row -> Arrays.stream(row.probabilities())).toArray();
    assertThat(found).containsExactly(expected, within(1e-6));
  }
}
