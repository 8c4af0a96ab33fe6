package dev.insitu.score.binding;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.image.ImageSteps;
import dev.insitu.score.text.Tokens;
import java.util.List;

/** How one input of a graph is filled. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InputBinding.Columns.class, name = "columns"),
  @JsonSubTypes.Type(value = InputBinding.Vector.class, name = "vector"),
  @JsonSubTypes.Type(value = InputBinding.TokenPart.class, name = "tokens"),
  @JsonSubTypes.Type(value = InputBinding.Image.class, name = "image")
})
public sealed interface InputBinding {
  /** Returns the graph's name of the input. */
  String input();

  /** Returns the type in which the tensor enters. */
  Carrier carrier();

  /** Returns the dimensions of the tensor; -1 is the number of rows, or of tokens. */
  List<Long> shape();

  /** Returns how many elements of the tensor belong to a row. */
  default long rowElements() {
    return shape().stream().filter(d -> d >= 0).reduce(1L, (a, b) -> a * b);
  }

  /** Returns the positions of the columns that it reads. */
  List<Integer> columns();

  /**
   * One number or text a column: column <i>j</i> of the tensor is column {@code columns[j]}.
   *
   * @param element what the graph takes: an INTEGER takes whole numbers alone, a BOOL 0 and 1
   * @param columns positions among the signature's inputs
   */
  record Columns(String input, Element element, List<Long> shape, List<Integer> columns)
      implements InputBinding {
    /** Copies the lists. */
    public Columns {
      shape = List.copyOf(shape);
      columns = List.copyOf(columns);
    }

    @Override
    public Carrier carrier() {
      return Carrier.ofScalars(element);
    }
  }

  /**
   * One ARRAY column, whose elements are the tensor's in row-major order.
   *
   * @param column position among the signature's inputs
   * @param width how many elements an array must have
   */
  record Vector(String input, List<Long> shape, int column, int width) implements InputBinding {
    /** Copies the list. */
    public Vector {
      shape = List.copyOf(shape);
    }

    @Override
    public Carrier carrier() {
      return Carrier.DOUBLE;
    }

    @Override
    public List<Integer> columns() {
      return List.of(column);
    }
  }

  /**
   * What the graph wants to know of the tokens of a text, [rows, tokens].
   *
   * @param columns positions of the text, or of the two texts of a pair
   */
  record TokenPart(String input, Tokens.Part part, List<Integer> columns) implements InputBinding {
    private static final List<Long> OPEN = List.of(-1L, -1L);

    /** Copies the list. */
    public TokenPart {
      columns = List.copyOf(columns);
    }

    @Override
    public Carrier carrier() {
      return Carrier.INT64;
    }

    @Override
    public List<Long> shape() {
      return OPEN;
    }
  }

  /**
   * A column of pictures.
   *
   * @param column position among the signature's inputs
   * @param pictureWidth how wide a picture has to be after all steps
   * @param pictureHeight how high a picture has to be after all steps
   * @param steps what is done to it
   */
  record Image(
      String input,
      List<Long> shape,
      int column,
      int pictureWidth,
      int pictureHeight,
      ImageSteps steps)
      implements InputBinding {
    /** Copies the list. */
    public Image {
      shape = List.copyOf(shape);
    }

    /** Returns how many numbers a row has. */
    @JsonIgnore
    public int width() {
      return Math.multiplyExact(Math.multiplyExact(pictureWidth, pictureHeight), steps.channels());
    }

    @Override
    public Carrier carrier() {
      return Carrier.DOUBLE;
    }

    @Override
    public List<Integer> columns() {
      return List.of(column);
    }
  }
}
