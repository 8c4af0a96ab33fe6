package dev.insitu.score.image;

/**
 * Brings a picture to a size as Pillow's bilinear filter does, bit for bit: a triangle that is
 * widened when the picture shrinks, weights in fixed point, columns first and then rows, each
 * rounded to whole levels.
 */
final class Resize {
  private static final int PRECISION = 32 - 8 - 2;

  private Resize() {}

  static Pixels of(Pixels pixels, int width, int height) {
    Pixels wide = pixels.width() == width ? pixels : columns(pixels, width);
    return wide.height() == height ? wide : rows(wide, height);
  }

  private static Pixels columns(Pixels pixels, int width) {
    Weights weights = Weights.of(pixels.width(), width);
    int channels = pixels.channels();
    byte[] source = pixels.data();
    byte[] target = new byte[width * pixels.height() * channels];
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < width; x++) {
        int from = (y * pixels.width() + weights.first[x]) * channels;
        for (int channel = 0; channel < channels; channel++) {
          target[(y * width + x) * channels + channel] =
              weights.sum(x, source, from + channel, channels);
        }
      }
    }
    return new Pixels(width, pixels.height(), channels, target);
  }

  private static Pixels rows(Pixels pixels, int height) {
    Weights weights = Weights.of(pixels.height(), height);
    int row = pixels.width() * pixels.channels();
    byte[] source = pixels.data();
    byte[] target = new byte[row * height];
    for (int y = 0; y < height; y++) {
      int from = weights.first[y] * row;
      for (int i = 0; i < row; i++) {
        target[y * row + i] = weights.sum(y, source, from + i, row);
      }
    }
    return new Pixels(pixels.width(), height, pixels.channels(), target);
  }

  /** For each place of the result the first place of the source that counts, and the weights. */
  private static final class Weights {
    private final int[] first;
    private final int[][] weights;

    private Weights(int[] first, int[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(scale, 1);
      int[] first = new int[to];
      int[][] weights = new int[to][];
      for (int place = 0; place < to; place++) {
        double centre = (place + 0.5) * scale;
        int low = Math.max(0, (int) (centre - support + 0.5));
        int high = Math.min(from, (int) (centre + support + 0.5));
        double[] exact = new double[high - low];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
          double distance = Math.abs((i + low - centre + 0.5) * (1 / support));
          exact[i] = distance < 1 ? 1 - distance : 0;
          sum += exact[i];
        }
        first[place] = low;
        weights[place] = new int[exact.length];
        for (int i = 0; i < exact.length; i++) {
          double share = sum == 0 ? exact[i] : exact[i] / sum;
          weights[place][i] = (int) (0.5 + share * (1 << PRECISION));
        }
      }
      return new Weights(first, weights);
    }

    byte sum(int place, byte[] source, int from, int step) {
      int sum = 1 << (PRECISION - 1);
      int at = from;
      for (int weight : weights[place]) {
        sum += (source[at] & 0xFF) * weight;
        at += step;
      }
      return (byte) Math.max(0, Math.min(255, sum >> PRECISION));
    }
  }
}
