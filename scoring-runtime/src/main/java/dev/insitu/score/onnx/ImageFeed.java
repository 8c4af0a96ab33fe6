package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.insitu.error.MlException;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.InputErrors;
import dev.insitu.score.image.PictureException;
import dev.insitu.score.image.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.jspecify.annotations.Nullable;

/** Fills one input with pictures. */
final class ImageFeed implements InputFeed {
  private final InputBinding.Image binding;
  private final InputErrors errors;
  private final double[][] levels;
  private final DoubleBuffer data;

  ImageFeed(InputBinding.Image binding, InputErrors errors, int capacity) {
    this.binding = binding;
    this.errors = errors;
    this.levels = binding.steps().levels();
    this.data =
        ByteBuffer.allocateDirect(
                Math.multiplyExact(Math.multiplyExact(capacity, binding.width()), Double.BYTES))
            .order(ByteOrder.nativeOrder())
            .asDoubleBuffer();
  }

  @Override
  public OnnxTensor tensor(FeatureBatch features, int first, int count, int padded)
      throws OrtException {
    int width = binding.width();
    for (int row = 0; row < count; row++) {
      Pixels pixels = pixels(features, first + row);
      binding.steps().write(pixels, levels, data, row * width);
    }
    for (int row = count; row < padded; row++) {
      data.put(row * width, data, (count - 1) * width, width);
    }
    long[] shape = binding.shape().stream().mapToLong(d -> d < 0 ? padded : d).toArray();
    return OnnxTensor.createTensor(
        OnnxRuntime.environment(), data.duplicate().limit(padded * width), shape);
  }

  private Pixels pixels(FeatureBatch features, int row) {
    int column = binding.column();
    byte @Nullable [] file = features.bytes(column)[row];
    if (file == null) {
      throw errors.isNull(binding.input(), column, features, row);
    }
    Pixels pixels;
    try {
      pixels = binding.steps().pixels(file);
    } catch (PictureException e) {
      throw wrong(features, row, String.valueOf(e.getMessage())).withCause(e);
    }
    if (pixels.width() != binding.pictureWidth() || pixels.height() != binding.pictureHeight()) {
      throw wrong(
              features,
              row,
              "the picture has "
                  + pixels.width()
                  + " x "
                  + pixels.height()
                  + " pixels, not "
                  + binding.pictureWidth()
                  + " x "
                  + binding.pictureHeight())
          .withHint(
              "Import the model with OPTIONS (image = MAP['resize', ARRAY["
                  + binding.pictureWidth()
                  + ", "
                  + binding.pictureHeight()
                  + "], …]).");
    }
    return pixels;
  }

  private MlException wrong(FeatureBatch features, int row, String reason) {
    return errors.wrong(binding.column(), features, row, reason);
  }
}
