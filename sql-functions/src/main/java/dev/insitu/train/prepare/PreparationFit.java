package dev.insitu.train.prepare;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType.Form;
import dev.insitu.model.FeatureStatistics;
import dev.insitu.train.TrainingSet;
import java.util.ArrayList;
import java.util.List;

/** Fits a {@link Preparation}. Confined to one thread. */
final class PreparationFit {
  private final TrainingSet set;
  private final int[] rows;
  private final boolean standardize;
  private final List<ColumnSpec> inputs;
  private final List<NumberEncoding> numbers = new ArrayList<>();
  private final List<Integer> missing = new ArrayList<>();
  private final List<FeatureStatistics> statistics = new ArrayList<>();

  PreparationFit(TrainingSet set, int[] rows, boolean standardize) {
    this.set = set;
    this.rows = rows;
    this.standardize = standardize;
    this.inputs = set.columns().features();
  }

  Preparation fit() {
    List<TextFit> fitted = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      if (set.feature(input).isText()) {
        TextFit text = TextFit.of(set, rows, input);
        fitted.add(text);
        statistics.add(text.statistics());
      } else {
        fitNumbers(input);
      }
    }
    int first = numbers.size() + missing.size();
    List<TextEncoding> texts = new ArrayList<>();
    for (TextFit text : fitted) {
      if (text.flags().width() > 0) {
        texts.add(text.flags().at(first));
        first += text.flags().width();
      }
    }
    List<VocabularyEncoding> vocabularies = new ArrayList<>();
    for (TextFit text : fitted) {
      if (text.vocabulary().isPresent()) {
        VocabularyEncoding vocabulary = text.vocabulary().get();
        vocabularies.add(vocabulary.at(first));
        first += vocabulary.words().size();
      }
    }
    return new Preparation(inputs, numbers, missing, texts, vocabularies, statistics);
  }

  private void fitNumbers(int input) {
    TrainingSet.Column column = set.feature(input);
    Form form = inputs.get(input).type().form();
    Moments moments = null;
    List<String> constant = new ArrayList<>();
    int fitted = 0;
    for (Part part : Part.of(form)) {
      double[] values = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        values[i] = part.of(form, column.number(rows[i]));
      }
      Moments partMoments = Moments.of(values);
      if (part == Part.VALUE) {
        moments = partMoments;
      }
      if (partMoments.finite() == 0 || partMoments.min() == partMoments.max()) {
        // Infinities on both sides, or beside one value, still tell nothing that is finite.
        constant.add(part.name());
        continue;
      }
      boolean scaled = standardize && form != Form.BOOLEAN;
      numbers.add(
          new NumberEncoding(
              input,
              form,
              part,
              partMoments.mean(),
              partMoments.min(),
              partMoments.max(),
              scaled ? partMoments.mean() : 0,
              scaled ? partMoments.deviation() : 1));
      fitted++;
    }
    if (moments == null) {
      throw new IllegalArgumentException(inputs.get(input) + " cannot be a feature");
    }
    boolean indicator = moments.nulls() > 0 && moments.nulls() < rows.length;
    if (indicator) {
      missing.add(input);
    }
    statistics.add(statistics(input, form, moments, fitted, indicator));
  }

  private FeatureStatistics statistics(
      int input, Form form, Moments moments, int fitted, boolean indicator) {
    List<String> done = new ArrayList<>();
    if (moments.nulls() == rows.length) {
      done.add("left out: always NULL");
    } else if (fitted == 0) {
      done.add("left out: constant");
    } else {
      done.add("mean imputation");
      if (form == Form.DATE || form == Form.TIME || form == Form.TIMESTAMP) {
        done.add("parts");
      }
      if (standardize && form != Form.BOOLEAN) {
        done.add("standardized");
      }
    }
    if (indicator) {
      done.add("missing indicator");
    }
    boolean any = moments.finite() > 0;
    return new FeatureStatistics(
        inputs.get(input).name(),
        any ? moments.min() : null,
        any ? moments.max() : null,
        any ? moments.mean() : null,
        any ? moments.median() : null,
        moments.finite() > 1 ? moments.sampleDeviation() : null,
        null,
        moments.nulls(),
        String.join(", ", done));
  }

  /**
   * Moments of a column; all but {@code nulls} are of its finite values.
   *
   * @param deviation of the population (n), as scikit-learn's StandardScaler
   * @param sampleDeviation of the sample (n - 1)
   */
  private record Moments(
      long finite,
      long nulls,
      double min,
      double max,
      double mean,
      double median,
      double deviation,
      double sampleDeviation) {
    /** Returns the moments; changes the order of the array. */
    static Moments of(double[] values) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      int finite = 0;
      int nulls = 0;
      for (double value : values) {
        if (Double.isNaN(value)) {
          nulls++;
        } else if (!Double.isInfinite(value)) {
          values[finite++] = value;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      if (finite == 0) {
        return new Moments(0, nulls, Double.NaN, Double.NaN, 0, Double.NaN, 1, Double.NaN);
      }
      // Sums are taken of value / unit, so that they do not overflow at the end of the range.
      double unit = Math.max(Math.abs(min), Math.abs(max)) > 1e140 ? 1e160 : 1;
      double sum = 0;
      double lost = 0; // Kahan's compensation
      for (int i = 0; i < finite; i++) {
        double term = values[i] / unit - lost;
        double next = sum + term;
        lost = (next - sum) - term;
        sum = next;
      }
      double mean = sum / finite;
      double squares = 0;
      double residue = 0;
      for (int i = 0; i < finite; i++) {
        double distance = values[i] / unit - mean;
        squares += distance * distance;
        residue += distance;
      }
      squares -= residue * residue / finite;
      int half = finite / 2;
      double upper = Selection.of(values, finite, half);
      double median = upper;
      if (finite % 2 == 0) {
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < half; i++) {
          lower = Math.max(lower, values[i]);
        }
        median = lower / 2 + upper / 2;
      }
      double deviation = Math.sqrt(squares / finite) * unit;
      return new Moments(
          finite,
          nulls,
          min,
          max,
          mean * unit,
          median,
          deviation > 0 && deviation < Double.MAX_VALUE ? deviation : 1,
          Math.sqrt(squares / (finite - 1)) * unit);
    }
  }
}
