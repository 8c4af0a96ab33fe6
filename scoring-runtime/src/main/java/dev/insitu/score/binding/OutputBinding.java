package dev.insitu.score.binding;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.Carrier;
import java.util.List;

/** What becomes of one output of a graph. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OutputBinding.Numbers.class, name = "numbers"),
  @JsonSubTypes.Type(value = OutputBinding.Texts.class, name = "texts"),
  @JsonSubTypes.Type(value = OutputBinding.Integers.class, name = "integers"),
  @JsonSubTypes.Type(value = OutputBinding.Classes.class, name = "classes"),
  @JsonSubTypes.Type(value = OutputBinding.Label.class, name = "label")
})
public sealed interface OutputBinding {
  /** Returns the value of the graph that is fetched: an output, or what stands before ZipMap. */
  String value();

  /** Returns the type in which it leaves. */
  Carrier carrier();

  /** Returns how many scores it adds to a row. */
  default int scores() {
    return 0;
  }

  /** What makes one vector a row of a vector a token. */
  enum Pooling {
    /** Nothing: there is no such thing, or it is wanted as it is. */
    NONE,
    /** The mean over the tokens that are no padding. */
    MEAN,
    /** The vector of the first token, which many models make for the whole text. */
    CLS,
    /** The largest of each element over the tokens that are no padding. */
    MAX
  }

  /**
   * Numbers that become scores.
   *
   * @param width how many a row
   * @param pooling what makes them of [rows, tokens, width]
   * @param normalized whether each row is divided by its Euclidean length
   */
  record Numbers(String value, Carrier carrier, int width, Pooling pooling, boolean normalized)
      implements OutputBinding {
    /** Numbers as the graph gives them. */
    public Numbers(String value, Carrier carrier, int width) {
      this(value, carrier, width, Pooling.NONE, false);
    }

    @Override
    public int scores() {
      return width;
    }
  }

  /** A text a row. */
  record Texts(String value) implements OutputBinding {
    @Override
    public Carrier carrier() {
      return Carrier.TEXT;
    }
  }

  /** A whole number a row, all 64 bits of it; of truth values 0 or 1. */
  record Integers(String value) implements OutputBinding {
    @Override
    public Carrier carrier() {
      return Carrier.INT64;
    }
  }

  /** What the numbers of a classifier are. */
  enum Activation {
    /** Probabilities already. */
    NONE,
    /** Logits, of which the exponentials are made to sum to 1. */
    SOFTMAX,
    /** The logit of the positive class. */
    SIGMOID
  }

  /**
   * The classes of a classifier, a probability each.
   *
   * @param order for each class in SQL order its place among the graph's numbers
   * @param width how many numbers a row the graph gives: as many as classes, or 1, the positive
   *     class's
   * @param activation what makes probabilities of them
   */
  record Classes(String value, List<Integer> order, int width, Activation activation)
      implements OutputBinding {
    /** Copies the list. */
    public Classes {
      order = List.copyOf(order);
    }

    @Override
    public Carrier carrier() {
      return Carrier.DOUBLE;
    }

    @Override
    public int scores() {
      return order.size();
    }
  }

  /**
   * The class that the graph itself names.
   *
   * @param classes the graph's labels in SQL order of the classes: what it answers, as text
   */
  record Label(String value, Carrier carrier, List<String> classes) implements OutputBinding {
    /** Copies the list. */
    public Label {
      classes = List.copyOf(classes);
    }

    /** Returns the error of a label that is none of the classes. */
    public MlException unknown(String text) {
      return MlException.of(
          ErrorCode.ENGINE,
          "score a batch",
          "output \"" + value + "\" names class '" + text + "', which is none of " + classes);
    }
  }
}
