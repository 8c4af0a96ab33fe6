package dev.insitu.score.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures against what Pillow makes of them, and files that are no pictures. */
class ImageStepsTest {
  private static final Path PICTURES =
      Path.of("../tests-sql/onnx/rows/digit_images").toAbsolutePath().normalize();

  static Stream<String> pictures() throws IOException {
    try (Stream<Path> files = Files.list(PICTURES)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.contains("."))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void hasTheLevelsOfPillow(String name) throws IOException, PictureException {
    // A JPEG decoder may round otherwise; a PNG file has no choice.
    int allowed = name.endsWith(".jpg") ? 1 : 0;
    for (int side : new int[] {8, 32}) {
      int channels = side == 8 ? 1 : 3;
      Path expected = PICTURES.resolve(side + "x" + side).resolve(name.substring(0, 2) + ".png");
      Pixels pillow = PictureFile.read(Files.readAllBytes(expected), channels);
      Pixels ours =
          steps(side, side, 0, channels).pixels(Files.readAllBytes(PICTURES.resolve(name)));
      assertThat(ours.width()).isEqualTo(pillow.width());
      assertThat(ours.height()).isEqualTo(pillow.height());
      int largest = 0;
      for (int i = 0; i < pillow.data().length; i++) {
        largest = Math.max(largest, Math.abs((ours.data()[i] & 0xFF) - (pillow.data()[i] & 0xFF)));
      }
      assertThat(largest).as(name + " at " + side).isLessThanOrEqualTo(allowed);
    }
  }

  private static ImageSteps steps(int width, int height, int crop, int channels) {
    return new ImageSteps(
        width,
        height,
        crop,
        crop,
        channels,
        false,
        1,
        Collections.nCopies(channels, 0.0),
        Collections.nCopies(channels, 1.0),
        false);
  }

  @Test
  void theShorterSideAndTheMiddleAreThoseOfTorchvision() throws IOException, PictureException {
    byte[] file = png(40, 20, BufferedImage.TYPE_3BYTE_BGR);
    Pixels pixels = steps(10, 0, 0, 3).pixels(file);
    assertThat(List.of(pixels.width(), pixels.height())).containsExactly(20, 10);
    Pixels middle = steps(10, 0, 8, 3).pixels(file);
    assertThat(List.of(middle.width(), middle.height())).containsExactly(8, 8);
    assertThat(middle.data()[0]).isEqualTo(pixels.data()[(1 * 20 + 6) * 3]);
  }

  @Test
  void transparencyIsDroppedAndGreyStaysAsItIs() throws IOException, PictureException {
    BufferedImage half = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    half.setRGB(0, 0, 0x400A141E);
    assertThat(steps(0, 0, 0, 3).pixels(png(half)).data()).containsExactly(10, 20, 30);
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 77);
    assertThat(steps(0, 0, 0, 3).pixels(png(grey)).data()).containsExactly(77, 77, 77);
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x4DFF);
    assertThat(steps(0, 0, 0, 1).pixels(png(deep)).data()).containsExactly(0x4D);
  }

  @Test
  void writesChannelsFirstOrLastAndInEitherOrder() {
    Pixels pixels = new Pixels(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(written(pixels, false, false)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(written(pixels, false, true)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(written(pixels, true, true)).containsExactly(3, 2, 1, 6, 5, 4);
  }

  private static double[] written(Pixels pixels, boolean blueFirst, boolean last) {
    ImageSteps steps =
        new ImageSteps(
            0, 0, 0, 0, 3, blueFirst, 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), last);
    DoubleBuffer target = DoubleBuffer.allocate(6);
    steps.write(pixels, steps.levels(), target, 0);
    return target.array();
  }

  @Test
  void refusesABombByItsHeader() throws IOException {
    byte[] file = png(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    // Width and height stand at 16 and 20; the checksum of the header is not looked at.
    for (int at : new int[] {16, 20}) {
      file[at] = 0;
      file[at + 1] = 1;
      file[at + 2] = 0;
      file[at + 3] = 0;
    }
    assertThatThrownBy(() -> steps(8, 8, 0, 1).pixels(file))
        .isInstanceOf(PictureException.class)
        .hasMessage("the picture has 65536 x 65536 pixels, and 50,000,000 in all are allowed");
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    byte[] good = Files.readAllBytes(PICTURES.resolve("17.png"));
    assertThatThrownBy(() -> steps(8, 8, 0, 3).pixels(Arrays.copyOf(good, 200)))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("the picture is damaged: ");
    for (byte[] other :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3},
            "<svg/>".getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
      assertThatThrownBy(() -> steps(8, 8, 0, 3).pixels(other))
          .isInstanceOf(PictureException.class)
          .hasMessage("it is no picture: PNG, JPEG, GIF and BMP are read");
    }
    assertThatThrownBy(() -> steps(0, 0, 64, 3).pixels(png(8, 8, BufferedImage.TYPE_BYTE_GRAY)))
        .hasMessage("it has 8 x 8 pixels, fewer than the 64 x 64 to be cut out");
  }

  @Test
  void damagedPicturesEndInAnErrorOrInAPicture() throws IOException {
    List<byte[]> files =
        List.of(
            Files.readAllBytes(PICTURES.resolve("17.png")),
            Files.readAllBytes(PICTURES.resolve("07.png")),
            Files.readAllBytes(PICTURES.resolve("23.jpg")));
    long seed = 20260101;
    Random random = new Random(seed);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] file = files.get(i % files.size()).clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      try {
        Pixels pixels = steps(8, 8, 0, 3).pixels(file);
        assertThat(pixels.data()).as("seed %s, file %s", seed, i).hasSize(8 * 8 * 3);
        read++;
      } catch (PictureException e) {
        assertThat(e).as("seed %s, file %s", seed, i).message().isNotBlank();
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private static byte[] png(int width, int height, int type) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, 0x010101 * ((x * 5 + y * 3) % 256));
      }
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
