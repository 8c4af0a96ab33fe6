package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.OptionValue;
import dev.insitu.onnx.foreign.Dimension;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.GraphPort;
import dev.insitu.score.image.ImageSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code image}: a map of what is done to a picture, in the order in which it is done.
 *
 * <ul>
 *   <li>{@code channels}: 3 for colour, 1 for grey; by default what the graph declares, else 3
 *   <li>{@code resize}: {@code ARRAY[width, height]}, or one number for the shorter side; Pillow's
 *       bilinear filter; by default pictures must have the size that the graph takes
 *   <li>{@code crop}: {@code ARRAY[width, height]} or one number for both, cut from the middle
 *   <li>{@code order}: {@code 'RGB'} or {@code 'BGR'}
 *   <li>{@code scale}: what a level from 0 to 255 is multiplied by; 1/255, of a graph that takes
 *       whole numbers 1
 *   <li>{@code mean}, {@code std}: what is then taken away and divided by, a number or one a
 *       channel; 0 and 1
 *   <li>{@code layout}: {@code 'NCHW'} or {@code 'NHWC'}; by default what the graph declares
 * </ul>
 */
final class ImageOptions {
  private static final List<String> KEYS =
      List.of("channels", "resize", "crop", "order", "scale", "mean", "std", "layout");

  private static final int LARGEST_SIDE = 8192;

  private final Map<String, OptionValue> given = new LinkedHashMap<>();

  /**
   * Reads the map.
   *
   * @param value as the user gave it, or null
   * @throws MlException OPTION_VALUE, ARGUMENT
   */
  ImageOptions(@Nullable OptionValue value) {
    if (value == null) {
      return;
    }
    if (!(value instanceof OptionValue.Struct map)) {
      throw ImportOptions.wrong(ImportOption.IMAGE, "a map of " + String.join(", ", KEYS), value);
    }
    for (OptionValue.Field field : map.fields()) {
      String key = String.valueOf(field.name()).toLowerCase(Locale.ROOT);
      if (!KEYS.contains(key)) {
        MlException error =
            MlException.of(ErrorCode.ARGUMENT, "image", "there is no \"" + field.name() + "\"");
        throw NearestName.of(key, KEYS)
            .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
            .orElse(error.withHint("There are " + String.join(", ", KEYS) + "."));
      }
      given.put(key, field.value());
    }
  }

  /**
   * Returns the steps before an input.
   *
   * @throws MlException ARGUMENT
   */
  ImageSteps steps(GraphPort port) {
    List<Dimension> shape = port.shape().orElse(List.of());
    boolean last = channelsLast(shape);
    int channels = channels(shape, last);
    int[] size = sides("resize");
    int[] cut = sides("crop");
    boolean square = given.get("crop") instanceof OptionValue.Numeric;
    return new ImageSteps(
        size[0],
        size[1],
        cut[0],
        square ? cut[0] : cut[1],
        channels,
        word("order", "RGB", "BGR").equals("BGR"),
        number("scale", port.element().family() == Element.Family.INTEGER ? 1 : 1 / 255.0),
        perChannel("mean", channels, 0),
        perChannel("std", channels, 1),
        last);
  }

  private boolean channelsLast(List<Dimension> shape) {
    if (given.containsKey("layout")) {
      return word("layout", "NCHW", "NHWC").equals("NHWC");
    }
    return shape.size() == 4 && !isChannels(shape.get(1)) && isChannels(shape.get(3));
  }

  private static boolean isChannels(Dimension dimension) {
    return dimension.size() == 1 || dimension.size() == 3;
  }

  private int channels(List<Dimension> shape, boolean last) {
    OptionValue value = given.get("channels");
    if (value != null) {
      double number = value instanceof OptionValue.Numeric n ? n.value().doubleValue() : 0;
      if (number != 1 && number != 3) {
        throw wrong("channels", "1 or 3", value);
      }
      return (int) number;
    }
    Dimension declared = shape.size() == 4 ? shape.get(last ? 3 : 1) : new Dimension(-1, "");
    return isChannels(declared) ? (int) declared.size() : 3;
  }

  private int[] sides(String key) {
    OptionValue value = given.get(key);
    List<OptionValue> sides =
        value == null
            ? List.of()
            : value instanceof OptionValue.Items items ? items.values() : List.of(value);
    int[] result = new int[2];
    if (value != null && (sides.isEmpty() || sides.size() > 2)) {
      throw wrong(key, "a side, or width and height", value);
    }
    for (int i = 0; i < sides.size(); i++) {
      double side =
          sides.get(i) instanceof OptionValue.Numeric number ? number.value().doubleValue() : 0;
      if (side < 1 || side > LARGEST_SIDE || side != Math.rint(side)) {
        throw wrong(key, "whole numbers from 1 to " + LARGEST_SIDE, sides.get(i));
      }
      result[i] = (int) side;
    }
    return result;
  }

  private String word(String key, String usual, String other) {
    OptionValue value = given.get(key);
    String word =
        value == null
            ? usual
            : value instanceof OptionValue.Text text ? text.value().toUpperCase(Locale.ROOT) : "";
    if (value != null && !word.equals(usual) && !word.equals(other)) {
      throw wrong(key, "'" + usual + "' or '" + other + "'", value);
    }
    return word;
  }

  private double number(String key, double otherwise) {
    OptionValue value = given.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof OptionValue.Numeric number) {
      return number.value().doubleValue();
    }
    throw wrong(key, "a number", value);
  }

  private List<Double> perChannel(String key, int channels, double otherwise) {
    OptionValue value = given.get(key);
    if (value == null) {
      return Collections.nCopies(channels, otherwise);
    }
    if (value instanceof OptionValue.Numeric number) {
      return Collections.nCopies(channels, divisor(key, number));
    }
    if (value instanceof OptionValue.Items items && items.values().size() == channels) {
      List<Double> numbers = new ArrayList<>();
      for (OptionValue item : items.values()) {
        if (!(item instanceof OptionValue.Numeric number)) {
          throw wrong(key, "a number a channel", value);
        }
        numbers.add(divisor(key, number));
      }
      return numbers;
    }
    throw wrong(key, "a number, or " + channels + " of them", value);
  }

  private static double divisor(String key, OptionValue.Numeric number) {
    double value = number.value().doubleValue();
    if (key.equals("std") && value == 0) {
      throw wrong(key, "other than 0", number);
    }
    return value;
  }

  private static MlException wrong(String key, String expected, OptionValue value) {
    return MlException.of(ErrorCode.OPTION_VALUE, "image['" + key + "']", expected, value.toSql());
  }
}
