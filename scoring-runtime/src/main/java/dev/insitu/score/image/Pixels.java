package dev.insitu.score.image;

/**
 * A picture, decoded.
 *
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 for grey, 3 for red, green and blue
 * @param data a byte a channel, pixel by pixel from the upper left
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not kept; compared by nobody
public record Pixels(int width, int height, int channels, byte[] data) {
  /** Returns the middle part, as torchvision's {@code CenterCrop} cuts it. */
  Pixels middle(int wantedWidth, int wantedHeight) throws PictureException {
    if (wantedWidth > width || wantedHeight > height) {
      throw new PictureException(
          "it has "
              + width
              + " x "
              + height
              + " pixels, fewer than the "
              + wantedWidth
              + " x "
              + wantedHeight
              + " to be cut out");
    }
    int left = (int) Math.rint((width - wantedWidth) / 2.0);
    int top = (int) Math.rint((height - wantedHeight) / 2.0);
    byte[] part = new byte[wantedWidth * wantedHeight * channels];
    for (int y = 0; y < wantedHeight; y++) {
      System.arraycopy(
          data,
          ((top + y) * width + left) * channels,
          part,
          y * wantedWidth * channels,
          wantedWidth * channels);
    }
    return new Pixels(wantedWidth, wantedHeight, channels, part);
  }
}
