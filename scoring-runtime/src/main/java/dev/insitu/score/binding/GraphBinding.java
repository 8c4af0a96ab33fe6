package dev.insitu.score.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelVersion;
import dev.insitu.onnx.foreign.ExecutableGraph;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an imported graph is fed and read.
 *
 * @param inputs each input of the graph that is given
 * @param outputs each output that is wanted, in order
 * @param nulls for each input of the signature what a NULL becomes
 * @param rowsPerRun how many rows the graph takes at once: 0 any number, else exactly so many
 * @param threads threads inside an operator
 * @param runMillis how long one run may take, in milliseconds; 0 without limit
 * @param runBytes how much memory one run may take; 0 without limit
 * @param text how texts become tokens, or null if no input wants any
 */
public record GraphBinding(
    List<InputBinding> inputs,
    List<OutputBinding> outputs,
    List<NullRule> nulls,
    int rowsPerRun,
    int threads,
    long runMillis,
    long runBytes,
    @Nullable TextStep text) {
  /** The name of the attachment that holds a binding. */
  public static final String ATTACHMENT = "binding.json";

  /** How many rows go to an engine at once, if they are numbers. */
  private static final int BLOCK_ROWS = 1024;

  /** How many numbers of pictures go to an engine at once: 27 of 224 x 224 colours. */
  private static final int PICTURE_NUMBERS = 1 << 22;

  /** How many numbers of one input go to ONNX Runtime at once. */
  private static final int BLOCK_NUMBERS = 1 << 23;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Copies the lists. */
  public GraphBinding {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    nulls = List.copyOf(nulls);
  }

  /**
   * Returns the binding of an imported version.
   *
   * @throws MlException STORE_DAMAGED if it has none
   */
  public static GraphBinding of(ModelVersion version) {
    return ofJson(
        version
            .model()
            .attachment(ATTACHMENT)
            .orElseThrow(
                () ->
                    MlException.of(
                        ErrorCode.STORE_DAMAGED,
                        "model \"" + version.name() + "\" lacks its attachment " + ATTACHMENT))
            .bytes());
  }

  /**
   * Returns how many rows one run takes at most: fewer of texts and pictures, as they are large.
   */
  public int mostRowsPerRun() {
    if (rowsPerRun > 0) {
      return rowsPerRun;
    }
    int most = text == null ? BLOCK_ROWS : text.rowsPerRun();
    for (InputBinding input : inputs) {
      most = (int) Math.max(1, Math.min(most, BLOCK_NUMBERS / Math.max(1, input.rowElements())));
      if (input instanceof InputBinding.Image image) {
        most = Math.max(1, Math.min(most, PICTURE_NUMBERS / image.width()));
      }
    }
    return most;
  }

  /** Returns the number of scores a row. */
  public int width() {
    return outputs.stream().mapToInt(OutputBinding::scores).sum();
  }

  /** Returns how each tensor enters. */
  public List<ExecutableGraph.Feed> feeds() {
    return inputs.stream().map(i -> new ExecutableGraph.Feed(i.input(), i.carrier())).toList();
  }

  /** Returns how each tensor leaves. */
  public List<ExecutableGraph.Fetch> fetches() {
    return outputs.stream().map(o -> new ExecutableGraph.Fetch(o.value(), o.carrier())).toList();
  }

  /** Returns it as JSON in UTF-8. */
  public byte[] toJson() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of numbers and texts can be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws MlException STORE_DAMAGED
   */
  public static GraphBinding ofJson(byte[] json) {
    try {
      return MAPPER.readValue(json, GraphBinding.class);
    } catch (IOException e) {
      throw MlException.of(ErrorCode.STORE_DAMAGED, "attachment " + ATTACHMENT + " is unreadable")
          .withCause(e);
    }
  }
}
