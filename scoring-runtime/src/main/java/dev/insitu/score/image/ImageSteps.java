package dev.insitu.score.image;

import java.util.List;

/**
 * What is done to a picture before it enters a graph: decode, colour, size, cut out the middle,
 * {@code (level * scale - mean) / std} of each channel, layout; in this order.
 *
 * @param width the width to bring it to, or 0 to leave it; without a height the length of the
 *     shorter side
 * @param height the height to bring it to, or 0
 * @param cropWidth the width of the middle that is kept, or 0 for all
 * @param cropHeight the height of the middle that is kept, or 0 for all
 * @param channels 1 for grey, 3 for colour
 * @param blueFirst whether the channels are blue, green, red, as OpenCV has them
 * @param scale what a level from 0 to 255 is multiplied by
 * @param mean what is then taken from each channel
 * @param std what each channel is then divided by
 * @param channelsLast whether a tensor is [rows, height, width, channels], not [rows, channels,
 *     height, width]
 */
public record ImageSteps(
    int width,
    int height,
    int cropWidth,
    int cropHeight,
    int channels,
    boolean blueFirst,
    double scale,
    List<Double> mean,
    List<Double> std,
    boolean channelsLast) {
  /** Copies the lists. */
  public ImageSteps {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Returns the width of what enters the graph, or 0 if each picture has its own. */
  public int finalWidth() {
    return cropWidth > 0 ? cropWidth : height > 0 ? width : 0;
  }

  /** Returns the height of what enters the graph, or 0 if each picture has its own. */
  public int finalHeight() {
    return cropHeight > 0 ? cropHeight : height;
  }

  /**
   * Returns the picture after decoding, colour, size and cut.
   *
   * @throws PictureException if it cannot be read or is not as large as wanted
   */
  public Pixels pixels(byte[] file) throws PictureException {
    Pixels pixels = PictureFile.read(file, channels);
    if (height > 0) {
      pixels = Resize.of(pixels, width, height);
    } else if (width > 0) {
      boolean upright = pixels.width() < pixels.height();
      int shorter = upright ? pixels.width() : pixels.height();
      int longer =
          Math.toIntExact((long) width * (upright ? pixels.height() : pixels.width()) / shorter);
      if ((long) longer * width > PictureFile.MOST_PIXELS) {
        throw new PictureException("it is too narrow for the size that is wanted");
      }
      pixels = Resize.of(pixels, upright ? width : longer, upright ? longer : width);
    }
    return cropWidth > 0 ? pixels.middle(cropWidth, cropHeight) : pixels;
  }

  /** Returns what each level of a channel becomes. */
  public double[][] levels() {
    double[][] levels = new double[channels][256];
    for (int channel = 0; channel < channels; channel++) {
      for (int level = 0; level < 256; level++) {
        levels[channel][level] = (level * scale - mean.get(channel)) / std.get(channel);
      }
    }
    return levels;
  }

  /**
   * Writes the numbers of a picture.
   *
   * @param levels of {@link #levels()}
   * @param target receives width * height * channels numbers from {@code offset}
   */
  public void write(Pixels pixels, double[][] levels, java.nio.DoubleBuffer target, int offset) {
    int area = pixels.width() * pixels.height();
    byte[] data = pixels.data();
    for (int i = 0; i < area; i++) {
      for (int channel = 0; channel < channels; channel++) {
        int source = blueFirst ? channels - 1 - channel : channel;
        int level = data[i * channels + source] & 0xFF;
        int place = channelsLast ? i * channels + channel : channel * area + i;
        target.put(offset + place, levels[channel][level]);
      }
    }
  }
}
