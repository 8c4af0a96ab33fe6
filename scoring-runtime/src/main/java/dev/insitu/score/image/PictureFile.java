package dev.insitu.score.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a picture as Pillow's {@code convert('RGB')} and {@code convert('L')} do: transparency is
 * dropped, colour profiles are not applied, grey is {@code (19595 R + 38470 G + 7471 B) / 65536}.
 */
final class PictureFile {
  /** How many pixels a picture may have: 50 million, 150 MB of colours. */
  static final long MOST_PIXELS = 50_000_000;

  private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

  private PictureFile() {}

  /** Decodes; size is known from the header before anything is allocated for it. */
  static Pixels read(byte[] file, int channels) throws PictureException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = reader(stream);
      try {
        reader.setInput(stream, true, true);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > MOST_PIXELS || width <= 0 || height <= 0) {
          throw new PictureException(
              String.format(
                  Locale.ROOT,
                  "the picture has %d x %d pixels, and %,d in all are allowed",
                  width,
                  height,
                  MOST_PIXELS));
        }
        return pixels(reader.read(0), channels);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // The JDK's readers throw all kinds of exceptions on damaged files.
      throw new PictureException("the picture is damaged: " + reason(e));
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }

  private static ImageReader reader(ImageInputStream stream) throws IOException, PictureException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new PictureException("it is no picture: PNG, JPEG, GIF and BMP are read");
  }

  private static Pixels pixels(BufferedImage image, int channels) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] data = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    Raster raster = image.getRaster();
    IndexColorModel palette =
        image.getColorModel() instanceof IndexColorModel indexed ? indexed : null;
    int bands = raster.getNumBands();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int red;
        int green;
        int blue;
        if (palette != null) {
          int color = palette.getRGB(row[x * bands]);
          red = color >> 16 & 0xFF;
          green = color >> 8 & 0xFF;
          blue = color & 0xFF;
        } else {
          red = row[x * bands] >> shift;
          green = bands < 3 ? red : row[x * bands + 1] >> shift;
          blue = bands < 3 ? red : row[x * bands + 2] >> shift;
        }
        if (channels == 1) {
          data[at++] = (byte) grey(red, green, blue);
        } else {
          data[at++] = (byte) red;
          data[at++] = (byte) green;
          data[at++] = (byte) blue;
        }
      }
    }
    return new Pixels(width, height, channels, data);
  }

  private static int grey(int red, int green, int blue) {
    return red == green && green == blue
        ? red
        : 19595 * red + 38470 * green + 7471 * blue + 0x8000 >> 16;
  }
}
