package dev.insitu.train.prepare;

import dev.insitu.model.FeatureStatistics;
import dev.insitu.train.CodePoints;
import dev.insitu.train.TrainingSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was fitted of one text input, not yet at its place in the prepared matrix.
 *
 * @param flags the columns of 0 and 1, of width 0 if there are none
 * @param vocabulary the words of a long text
 * @param statistics what {@code ML.FEATURE_INFO} shows
 */
record TextFit(
    TextEncoding flags, Optional<VocabularyEncoding> vocabulary, FeatureStatistics statistics) {
  /**
   * Most distinct values of a text that are one-hot (sql.md, "Preparation without being asked").
   */
  static final int MAX_CATEGORIES = 100;

  static TextFit of(TrainingSet set, int[] rows, int input) {
    TrainingSet.Column column = set.feature(input);
    int[] counts = new int[column.texts().size()];
    long nulls = 0;
    for (int row : rows) {
      int code = column.code(row);
      if (code < 0) {
        nulls++;
      } else {
        counts[code]++;
      }
    }
    int distinct = 0;
    for (int count : counts) {
      distinct += count > 0 ? 1 : 0;
    }
    String name = set.columns().features().get(input).name();
    boolean missing = nulls > 0;
    TextEncoding flags = new TextEncoding(input, 0, List.of(), false, missing);
    Optional<VocabularyEncoding> vocabulary = Optional.empty();
    String done;
    if (distinct + (missing ? 1 : 0) < 2) {
      flags = new TextEncoding(input, 0, List.of(), false, false);
      done = distinct == 0 ? "left out: always NULL" : "left out: constant";
    } else {
      if (distinct > MAX_CATEGORIES && !name.contains("\n") && !name.contains("\r")) {
        vocabulary = vocabulary(column, counts, rows.length, input);
      }
      if (vocabulary.isPresent()) {
        done = "vocabulary of " + vocabulary.get().words().size() + " words, tf-idf";
      } else {
        flags = oneHot(column, counts, distinct, flags);
        done =
            "one-hot of "
                + flags.categories().size()
                + (flags.other() ? " most frequent, other" : "");
      }
      done += missing ? ", NULL indicator" : "";
    }
    FeatureStatistics statistics =
        new FeatureStatistics(name, null, null, null, null, null, (long) distinct, nulls, done);
    return new TextFit(flags, vocabulary, statistics);
  }

  private static Optional<VocabularyEncoding> vocabulary(
      TrainingSet.Column column, int[] counts, int rows, int input) {
    VocabularyFit fit = new VocabularyFit(column, counts, rows, VocabularyFit.MAX_CANDIDATES);
    return fit.isLong() ? fit.fit(input) : Optional.empty();
  }

  private static TextEncoding oneHot(
      TrainingSet.Column column, int[] counts, int distinct, TextEncoding flags) {
    List<Integer> seen = new ArrayList<>();
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0 && !CodePoints.hasLoneSurrogate(column.texts().get(code))) {
        seen.add(code);
      }
    }
    boolean other = seen.size() < distinct || distinct > MAX_CATEGORIES;
    if (seen.size() > MAX_CATEGORIES) {
      // Codes are in order of code points, which settles ties.
      seen.sort(Comparator.comparing((Integer code) -> -counts[code]).thenComparing(code -> code));
      seen = new ArrayList<>(seen.subList(0, MAX_CATEGORIES));
      Collections.sort(seen);
    }
    List<String> categories = seen.stream().map(column.texts()::get).toList();
    return new TextEncoding(flags.input(), 0, categories, other, flags.missing());
  }
}
