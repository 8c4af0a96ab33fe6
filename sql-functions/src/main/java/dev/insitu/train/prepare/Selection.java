package dev.insitu.train.prepare;

/**
 * Finds the value that would stand at a place if an array were sorted, in a time that grows with
 * the array alone: Floyd and Rivest, Algorithm 489: Select (1975).
 */
final class Selection {
  /** Of more values, a sample says first about where to look. */
  private static final int SAMPLED = 600;

  private Selection() {}

  /**
   * Returns the value. What is not greater stands before the place then, what is not smaller behind
   * it.
   *
   * @param size how many values there are, none NaN
   */
  static double of(double[] values, int size, int place) {
    select(values, 0, size - 1, place);
    return values[place];
  }

  private static void select(double[] values, int first, int last, int place) {
    int left = first;
    int right = last;
    while (right > left) {
      if (right - left > SAMPLED) {
        double n = right - left + 1;
        double i = place - left + 1;
        double z = Math.log(n);
        double s = 0.5 * Math.exp(2 * z / 3);
        double spread = 0.5 * Math.sqrt(z * s * (n - s) / n) * Math.signum(i - n / 2);
        int newLeft = (int) Math.max(left, place - i * s / n + spread);
        int newRight = (int) Math.min(right, place + (n - i) * s / n + spread);
        select(values, newLeft, newRight, place);
      }
      double pivot = values[place];
      int i = left;
      int j = right;
      swap(values, left, place);
      if (values[right] > pivot) {
        swap(values, right, left);
      }
      while (i < j) {
        swap(values, i++, j--);
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
      }
      if (values[left] == pivot) {
        swap(values, left, j);
      } else {
        swap(values, ++j, right);
      }
      if (j <= place) {
        left = j + 1;
      }
      if (place <= j) {
        right = j - 1;
      }
    }
  }

  private static void swap(double[] values, int a, int b) {
    double moved = values[a];
    values[a] = values[b];
    values[b] = moved;
  }
}
