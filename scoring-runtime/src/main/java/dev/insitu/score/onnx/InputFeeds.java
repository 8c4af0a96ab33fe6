package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.InputErrors;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.text.TextTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills all inputs of a graph, in their order, with buffers that are used again. Used by one thread
 * at a time.
 *
 * @param names of the tensors as they enter
 * @param feeds one a tensor
 * @param tokens what some of them share, if any input wants tokens
 */
record InputFeeds(List<String> names, List<InputFeed> feeds, @Nullable TokenBlock tokens) {
  /**
   * Makes the buffers.
   *
   * @param capacity how many rows they take
   */
  static InputFeeds of(
      GraphBinding binding, InputErrors errors, @Nullable TextTokenizer tokenizer, int capacity) {
    TextStep text = binding.text();
    TokenBlock block =
        text == null || tokenizer == null ? null : new TokenBlock(text, tokenizer, binding, errors);
    List<InputFeed> feeds = new ArrayList<>();
    for (InputBinding input : binding.inputs()) {
      if (input instanceof InputBinding.TokenPart part && block != null) {
        feeds.add(new TokenFeed(part.part(), block));
      } else if (input instanceof InputBinding.Image image) {
        feeds.add(new ImageFeed(image, errors, capacity));
      } else {
        feeds.add(new ColumnFeed(input, errors, binding.nulls(), capacity));
      }
    }
    return new InputFeeds(binding.feeds().stream().map(f -> f.name()).toList(), feeds, block);
  }

  /**
   * Makes the tensors of some rows; rows beyond {@code count} up to {@code padded} repeat the last.
   *
   * @param tensors receives each by name, at once, so that whoever fails frees those before
   */
  void fill(
      Map<String, OnnxTensor> tensors, FeatureBatch features, int first, int count, int padded)
      throws OrtException {
    if (tokens != null) {
      tokens.read(features, first, count);
    }
    for (int i = 0; i < feeds.size(); i++) {
      tensors.put(names.get(i), feeds.get(i).tensor(features, first, count, padded));
    }
  }
}
