package dev.insitu.train.tribuo;

import dev.insitu.train.PreparedRows;
import java.util.Arrays;
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * Prepared rows as Tribuo's sparse examples. Features are named by their number, with leading
 * zeros, so that Tribuo's order of names is ours. Feature 0 is always named, even if it is zero,
 * because Tribuo refuses an example without features. Immutable.
 */
final class CartExamples {
  private final String[] names;

  CartExamples(int features) {
    this.names = new String[features];
    for (int i = 0; i < features; i++) {
      names[i] = String.format(Locale.ROOT, "%09d", i);
    }
  }

  <T extends Output<T>> Example<T> of(PreparedRows rows, int row, T output, float weight) {
    int[] indices = new int[names.length];
    double[] values = new double[names.length];
    int size = rows.fillSparse(row, indices, values);
    boolean first = size > 0 && indices[0] == 0;
    String[] named = new String[first ? size : size + 1];
    double[] numbers = new double[named.length];
    int shift = first ? 0 : 1;
    named[0] = names[0];
    for (int i = 0; i < size; i++) {
      named[i + shift] = names[indices[i]];
      numbers[i + shift] = values[i];
    }
    ArrayExample<T> example = new ArrayExample<>(output, named, numbers);
    example.setWeight(weight);
    return example;
  }

  /** Returns the number of the feature of that name. */
  int feature(String name) {
    int feature = Arrays.binarySearch(names, name);
    if (feature < 0) {
      throw new IllegalArgumentException("no feature " + name);
    }
    return feature;
  }
}
