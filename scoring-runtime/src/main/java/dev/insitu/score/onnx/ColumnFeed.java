package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.InputErrors;
import dev.insitu.score.binding.NullRule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills one input of an imported graph from columns. Used by one thread at a time. */
final class ColumnFeed implements InputFeed {
  private final InputBinding binding;
  private final InputErrors errors;
  private final List<NullRule> nulls;
  private final int width;

  /** The numbers of the tensor, in the machine's order of bytes; none of texts. */
  private final ByteBuffer data;

  private final OnnxJavaType type;
  private final @Nullable String[] texts;

  ColumnFeed(InputBinding binding, InputErrors errors, List<NullRule> nulls, int capacity) {
    this.binding = binding;
    this.errors = errors;
    this.nulls = nulls;
    this.width =
        binding instanceof InputBinding.Vector vector ? vector.width() : binding.columns().size();
    this.type =
        switch (binding.carrier()) {
          case DOUBLE -> OnnxJavaType.DOUBLE;
          case FLOAT16 -> OnnxJavaType.FLOAT16;
          case INT64 -> OnnxJavaType.INT64;
          case TEXT -> OnnxJavaType.STRING;
        };
    int elements = Math.multiplyExact(capacity, width);
    boolean text = binding.carrier() == Carrier.TEXT;
    this.data =
        ByteBuffer.allocateDirect(text ? 0 : Math.multiplyExact(elements, type.size))
            .order(ByteOrder.nativeOrder());
    this.texts = new String[text ? elements : 0];
  }

  @Override
  public OnnxTensor tensor(FeatureBatch features, int first, int count, int padded)
      throws OrtException {
    long[] shape = binding.shape().stream().mapToLong(d -> d < 0 ? padded : d).toArray();
    if (binding.carrier() == Carrier.TEXT) {
      fillTexts(features, first, count, padded);
      @SuppressWarnings("NullAway") // every place has been filled
      String[] filled = Arrays.copyOf(texts, padded * width);
      return OnnxTensor.createTensor(OnnxRuntime.environment(), filled, shape);
    }
    if (binding instanceof InputBinding.Vector vector) {
      fillVectors(vector, features, first, count);
    } else if (binding instanceof InputBinding.Columns columns) {
      if (binding.carrier() == Carrier.INT64) {
        fillIntegers(columns, features, first, count);
      } else {
        fillNumbers(columns, features, first, count);
      }
    }
    int rowBytes = width * type.size;
    for (int row = count; row < padded; row++) {
      data.put(row * rowBytes, data, (count - 1) * rowBytes, rowBytes);
    }
    ByteBuffer filled = data.duplicate().order(ByteOrder.nativeOrder()).limit(padded * rowBytes);
    return OnnxTensor.createTensor(OnnxRuntime.environment(), filled, shape, type);
  }

  private void fillNumbers(
      InputBinding.Columns columns, FeatureBatch features, int first, int count) {
    boolean half = binding.carrier() == Carrier.FLOAT16;
    DoubleBuffer doubles = data.asDoubleBuffer();
    ShortBuffer halves = data.asShortBuffer();
    for (int j = 0; j < width; j++) {
      int input = columns.columns().get(j);
      NullRule rule = nulls.get(input);
      double[] column = features.numbers(input);
      for (int row = 0; row < count; row++) {
        double value = column[first + row];
        if (Double.isNaN(value)) {
          value = replaced(rule, input, features, first + row);
        }
        if (half) {
          halves.put(row * width + j, Half.of(value));
        } else {
          doubles.put(row * width + j, value);
        }
      }
    }
  }

  private void fillIntegers(
      InputBinding.Columns columns, FeatureBatch features, int first, int count) {
    LongBuffer target = data.asLongBuffer();
    Element element = columns.element();
    for (int j = 0; j < width; j++) {
      int input = columns.columns().get(j);
      NullRule rule = nulls.get(input);
      double[] column = features.numbers(input);
      for (int row = first; row < first + count; row++) {
        double value = column[row];
        boolean whole;
        long number;
        if (Double.isNaN(value)) {
          value = replaced(rule, input, features, row);
          number = (long) value;
          whole = number == value;
        } else {
          number = features.whole(input, row);
          whole = features.isWhole(input, row);
        }
        if (!whole) {
          throw errors.unfit(input, features, row, value + " is no whole number");
        }
        if (number < element.smallest() || number > element.largest()) {
          String range = element.smallest() + " to " + element.largest();
          throw errors.unfit(input, features, row, number + " is not in " + range);
        }
        target.put((row - first) * width + j, number);
      }
    }
  }

  private double replaced(NullRule rule, int input, FeatureBatch features, int row) {
    return switch (rule.kind()) {
      case NAN -> Double.NaN;
      case NUMBER -> rule.number();
      default -> throw errors.isNull(binding.input(), input, features, row);
    };
  }

  private void fillVectors(
      InputBinding.Vector vector, FeatureBatch features, int first, int count) {
    DoubleBuffer target = data.asDoubleBuffer();
    double[] @Nullable [] column = features.vectors(vector.column());
    for (int row = 0; row < count; row++) {
      double @Nullable [] values = column[first + row];
      if (values == null) {
        throw errors.isNull(binding.input(), vector.column(), features, first + row);
      }
      if (values.length != width) {
        throw errors.wrong(
            vector.column(),
            features,
            first + row,
            "the array has " + values.length + " elements, not " + width);
      }
      target.put(row * width, values, 0, width);
    }
  }

  private void fillTexts(FeatureBatch features, int first, int count, int padded) {
    for (int j = 0; j < width; j++) {
      int input = binding.columns().get(j);
      NullRule rule = nulls.get(input);
      @Nullable String[] column = features.texts(input);
      for (int row = 0; row < count; row++) {
        String value = column[first + row];
        if (value == null) {
          value = rule.kind() == NullRule.Kind.TEXT ? rule.text() : null;
        }
        if (value == null) {
          throw errors.isNull(binding.input(), input, features, first + row);
        }
        texts[row * width + j] = crossable(value, input, features, first + row);
      }
      for (int row = count; row < padded; row++) {
        texts[row * width + j] = texts[(count - 1) * width + j];
      }
    }
  }

  /**
   * Java hands texts to native code in modified UTF-8, in which NUL and what is outside the basic
   * plane are other bytes than in the graph (design, hard place 6).
   */
  private String crossable(String text, int input, FeatureBatch features, int row) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        throw errors
            .wrong(
                input,
                features,
                row,
                String.format(
                    java.util.Locale.ROOT,
                    "character U+%04X cannot be handed to ONNX Runtime",
                    text.codePointAt(i)))
            .withHint("Remove such characters in SQL: REGEXP_REPLACE(…).");
      }
    }
    return text;
  }
}
