package dev.insitu.onnx;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import java.util.List;
import java.util.Set;

/**
 * A stored graph in two parts: its edge, where texts become numbers, which runs in Java, and the
 * numeric graph behind it, into which no text goes (design, hard place 6).
 *
 * <p>The numeric graph has the inputs of {@link #numbers()}, {@link #codes()} and {@link #words()}
 * and one output, the scores; everything that only the other outputs need is left out, and so are
 * inputs that the scores do not depend on. Immutable.
 */
public final class EdgeSplit {
  /**
   * A number column that enters as it is, double [N, 1].
   *
   * @param input its position among the inputs of the stored graph
   * @param name its name in the numeric graph
   */
  public record NumberInput(int input, String name) {}

  /**
   * The codes of a text column, int64 [N, 1].
   *
   * @param input the position of the text among the inputs of the stored graph
   * @param name the name in the numeric graph
   * @param codes the dictionary
   */
  public record CodeInput(int input, String name, TextCodes codes) {}

  /**
   * The word counts of a text column, float [N, words].
   *
   * @param input the position of the text among the inputs of the stored graph
   * @param name the name in the numeric graph
   * @param words the vocabulary
   */
  public record WordInput(int input, String name, WordCounts words) {}

  private final List<GraphValue> inputs;
  private final List<NumberInput> numbers;
  private final List<CodeInput> codes;
  private final List<WordInput> words;
  private final GraphValue output;
  private final NumericGraph numeric;
  private final NumericFile file;
  private final Set<Integer> unusedInputs;

  EdgeSplit(
      List<GraphValue> inputs,
      List<NumberInput> numbers,
      List<CodeInput> codes,
      List<WordInput> words,
      GraphValue output,
      NumericGraph numeric,
      NumericFile file,
      Set<Integer> unusedInputs) {
    this.inputs = List.copyOf(inputs);
    this.numbers = List.copyOf(numbers);
    this.codes = List.copyOf(codes);
    this.words = List.copyOf(words);
    this.output = output;
    this.numeric = numeric;
    this.file = file;
    this.unusedInputs = unusedInputs;
  }

  /**
   * Takes a stored graph apart.
   *
   * @param stored the canonical bytes
   * @param output the output that holds the scores: {@code prediction}, {@code probabilities} or
   *     {@code distances}
   * @throws dev.insitu.error.MlException ENGINE if the bytes are no graph, have no such output, or
   *     use a text in a way other than LabelEncoder, or StringSplit and TfIdfVectorizer
   */
  public static EdgeSplit of(byte[] stored, String output) {
    return new EdgeSplitter(stored, GraphFile.read(stored), output).split();
  }

  /** Returns all inputs of the stored graph, in order. */
  public List<GraphValue> inputs() {
    return inputs;
  }

  /** Returns the numbers that the scores depend on. */
  public List<NumberInput> numbers() {
    return numbers;
  }

  /** Returns the dictionaries that the scores depend on. */
  public List<CodeInput> codes() {
    return codes;
  }

  /** Returns the vocabularies that the scores depend on. */
  public List<WordInput> words() {
    return words;
  }

  /** Returns the one output of the numeric graph. */
  public GraphValue output() {
    return output;
  }

  /** Returns the numeric graph. */
  public NumericGraph numeric() {
    return numeric;
  }

  /** Writes the numeric graph. */
  public byte[] graph() {
    return file.write(this);
  }

  /** Returns the positions of the inputs without any effect on the scores. */
  public Set<Integer> unusedInputs() {
    return unusedInputs;
  }

  /**
   * Checks that the graph is one of a signature.
   *
   * @param signature whose inputs the graph's must be, in order: same names, text where text is
   * @param width the number of scores a row
   * @throws MlException ENGINE
   */
  public void requireFit(ModelSignature signature, int width) {
    if (inputs.size() != signature.inputs().size()) {
      throw misfit("it has " + inputs.size() + " inputs, not " + signature.inputs().size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      GraphValue input = inputs.get(i);
      String name = signature.inputs().get(i).name();
      boolean text = signature.inputs().get(i).type().form() == ColumnType.Form.TEXT;
      if (!input.name().equals(GraphBuilder.inputName(name))) {
        throw misfit("input " + (i + 1) + " is \"" + input.name() + "\", not \"" + name + "\"");
      }
      if (input.type() != (text ? ElementType.STRING : ElementType.DOUBLE)) {
        throw misfit("input \"" + name + "\" is " + input.type());
      }
    }
    long last = output.shape().isEmpty() ? -1 : output.shape().get(output.shape().size() - 1);
    if (output.type() != ElementType.DOUBLE || output.shape().size() != 2 || last != width) {
      throw misfit(
          "output \""
              + output.name()
              + "\" is "
              + output.type()
              + " "
              + output.shape()
              + ", not DOUBLE [-1, "
              + width
              + "]");
    }
  }

  private static MlException misfit(String reason) {
    return MlException.of(ErrorCode.ENGINE, "use the graph", reason);
  }
}
