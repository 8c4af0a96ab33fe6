package dev.insitu.imported;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture to try a graph with. */
final class MadeUpPicture {
  private MadeUpPicture() {}

  /**
   * Returns a PNG file.
   *
   * @param row 0 for a black one, 1 for a white one, else stripes
   */
  static byte[] png(int width, int height, int row) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = row == 0 ? 0 : row == 1 ? 255 : (x * 37 + y * 11) % 256;
        image.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
