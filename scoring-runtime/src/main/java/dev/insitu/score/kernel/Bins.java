package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Forest.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * How the numbers of trees become small whole numbers, by {@link Cuts}. A split does not ask a
 * column but a <i>view</i> of it: the bins with NaN above all, or with NaN below all, or 0 where
 * the number is one of a set and 1 elsewhere. Then every split is {@code view <= j}.
 *
 * @param sources the columns that splits ask
 * @param views the views of all sources, those of a source side by side
 */
record Bins(List<Source> sources, List<View> views) {

  /**
   * A column.
   *
   * @param column its number
   * @param cuts its thresholds
   * @param first its first view
   * @param end the one behind its last
   */
  record Source(int column, Cuts cuts, int first, int end) {}

  /** What splits see of a column. */
  sealed interface View {
    /** Returns what they see of a number that has a bin. */
    int of(double value, int bin);
  }

  /**
   * The bins.
   *
   * @param nanLow whether NaN is below all instead of above
   */
  record Order(boolean nanLow) implements View {
    @Override
    public int of(double value, int bin) {
      return nanLow && Double.isNaN(value) ? 0 : bin;
    }
  }

  /**
   * 0 for the members of a set, 1 for all others.
   *
   * @param not by bin
   * @param nan for NaN
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Membership(byte[] not, byte nan) implements View {
    @Override
    public int of(double value, int bin) {
      return Double.isNaN(value) ? nan : not[bin];
    }
  }

  /**
   * Where a split looks.
   *
   * @param view the number of the view
   * @param most the answer is yes if it shows at most this
   */
  record Question(int view, int most) {}

  /** Returns the largest number that a view shows. */
  int top(int view) {
    if (views.get(view) instanceof Membership) {
      return 1;
    }
    return sources.stream()
        .filter(source -> source.first() <= view && view < source.end())
        .mapToInt(source -> source.cuts().top())
        .findFirst()
        .orElseThrow();
  }

  /**
   * Finds the bins of a forest and says of each of its splits where it looks.
   *
   * @param rounded whether what a column has is to be taken as float32
   */
  static Bins of(Forest forest, IntPredicate rounded, Question[] questions) throws NotCovered {
    Map<Integer, List<Integer>> byColumn = new TreeMap<>();
    for (int i = 0; i < forest.splits().size(); i++) {
      byColumn.computeIfAbsent(forest.splits().get(i).feature(), c -> new ArrayList<>()).add(i);
    }
    List<Source> sources = new ArrayList<>();
    List<View> views = new ArrayList<>();
    for (Map.Entry<Integer, List<Integer>> column : byColumn.entrySet()) {
      int first = views.size();
      boolean single = rounded.test(column.getKey());
      Cuts cuts = cuts(forest, single, column.getValue());
      Map<Object, Integer> known = new HashMap<>();
      for (int i : column.getValue()) {
        Split split = forest.splits().get(i);
        double[] members = split.members();
        Object key = members == null ? split.nan() : List.of(split.nan(), boxed(members));
        Integer number = known.get(key);
        if (number == null) {
          number = views.size();
          views.add(
              members == null ? new Order(split.nan()) : membership(cuts, members, split.nan()));
          known.put(key, number);
        }
        questions[i] = new Question(number, members == null ? cuts.bin(split.cut(single)) : 0);
      }
      sources.add(new Source(column.getKey(), cuts, first, views.size()));
    }
    return new Bins(sources, views);
  }

  private static List<Double> boxed(double[] members) {
    return Arrays.stream(members).sorted().boxed().toList();
  }

  private static Cuts cuts(Forest forest, boolean rounded, List<Integer> splits) throws NotCovered {
    int size = 0;
    double[] all = new double[16];
    for (int i : splits) {
      Split split = forest.splits().get(i);
      double[] members = split.members();
      int needed = members == null ? 1 : 2 * members.length;
      if (size + needed > all.length) {
        all = Arrays.copyOf(all, Math.max(all.length * 2, size + needed));
      }
      if (members == null) {
        all[size++] = split.cut(rounded) + 0.0; // no -0.0
      } else {
        for (double member : members) {
          all[size++] = Math.nextDown(member + 0.0);
          all[size++] = member + 0.0;
        }
      }
    }
    double[] distinct = Arrays.stream(all, 0, size).sorted().distinct().toArray();
    if (distinct.length >= TreeTable.MOST_CUTS) {
      throw new NotCovered("a column with " + distinct.length + " thresholds");
    }
    return new Cuts(distinct);
  }

  private static Membership membership(Cuts cuts, double[] members, boolean nan) {
    byte[] not = new byte[cuts.top() + 1];
    Arrays.fill(not, (byte) 1);
    for (double member : members) {
      not[cuts.bin(member)] = 0;
    }
    return new Membership(not, (byte) (nan ? 0 : 1));
  }
}
