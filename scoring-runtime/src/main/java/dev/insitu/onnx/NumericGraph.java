package dev.insitu.onnx;

import com.google.protobuf.CodedInputStream;
import dev.insitu.error.MlException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a graph and its constants, for those who run them themselves. Constants are
 * decoded when they are asked for, and kept, so that it is confined to one thread; their arrays
 * must not be changed.
 */
public final class NumericGraph {
  private final List<Operator> operators = new ArrayList<>();
  private final Map<String, NumericTensor> tensors;
  private final Map<String, Constant> constants = new HashMap<>();
  private final List<String> outputs;
  private final Map<String, Long> operatorSets;

  NumericGraph(
      List<Operator> all,
      Map<String, NumericTensor> initializers,
      List<String> outputs,
      Map<String, Long> operatorSets) {
    this.tensors = new HashMap<>(initializers);
    this.outputs = List.copyOf(outputs);
    this.operatorSets = operatorSets;
    for (Operator operator : all) {
      NumericTensor tensor = operator.constant();
      if (tensor == null) {
        operators.add(operator);
      } else {
        tensors.put(operator.outputs().get(0), tensor);
      }
    }
  }

  /**
   * Reads a graph.
   *
   * @throws MlException ENGINE if the bytes are no ONNX file
   */
  public static NumericGraph read(byte[] bytes) {
    GraphFile file = GraphFile.read(bytes);
    List<String> outputs = file.outputs().stream().map(GraphFile.Value::name).toList();
    return new NumericGraph(file.operators(), file.tensors(), outputs, file.operatorSets());
  }

  /** Returns the operators in an order in which they can run. */
  public List<Operator> operators() {
    return operators;
  }

  /** Returns the operators on the way to some values, in their order. */
  public List<Operator> operators(List<String> wanted) {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < operators.size(); i++) {
      for (String output : operators.get(i).outputs()) {
        producers.put(output, i);
      }
    }
    BitSet needed = new BitSet();
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      Integer producer = producers.get(open.pop());
      if (producer != null && !needed.get(producer)) {
        needed.set(producer);
        open.addAll(operators.get(producer).inputs());
      }
    }
    return needed.stream().mapToObj(operators::get).toList();
  }

  /** Returns the version of an operator set, 0 if the graph has none of it. */
  public long operatorSet(String domain) {
    return operatorSets.getOrDefault(domain, 0L);
  }

  /** Returns a constant of numbers; empty if the name is none, or its type none of ours. */
  public Optional<Constant> constant(String name) {
    NumericTensor tensor = tensors.get(name);
    if (tensor == null || !tensor.isOfNumbers()) {
      return Optional.empty();
    }
    Constant constant = constants.get(name);
    if (constant == null) {
      constant = new Constant(List.copyOf(tensor.shape()), tensor.values(), tensor.type());
      constants.put(name, constant);
    }
    return Optional.of(constant);
  }

  /** Returns a constant of texts; empty if the name is none. */
  public Optional<List<String>> texts(String name) {
    NumericTensor tensor = tensors.get(name);
    return tensor == null || !tensor.isText()
        ? Optional.empty()
        : Optional.of(List.copyOf(tensor.texts()));
  }

  /** Returns the names of the outputs. */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * A constant tensor.
   *
   * @param shape its dimensions
   * @param values row-major; whole numbers as doubles
   * @param type the number of its element type in ONNX
   */
  @SuppressWarnings("ArrayRecordComponent") // read by whoever runs the graph; compared by nobody
  public record Constant(List<Long> shape, double[] values, int type) {
    /** Returns the size of the last dimension, 1 of a scalar. */
    public int width() {
      return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(shape.size() - 1));
    }
  }

  /** An operator with its attributes, {@code NodeProto}. */
  public static final class Operator implements Message {
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final List<NumericAttribute> attributes = new ArrayList<>();
    private String name = "";
    private String type = "";
    private String domain = "";

    Operator() {}

    @Override
    public boolean read(CodedInputStream input, int tag) throws IOException {
      switch (tag) {
        case 1 << 3 | DELIMITED -> inputs.add(input.readString());
        case 2 << 3 | DELIMITED -> outputs.add(input.readString());
        case 3 << 3 | DELIMITED -> name = input.readString();
        case 4 << 3 | DELIMITED -> type = input.readString();
        case 5 << 3 | DELIMITED -> {
          NumericAttribute attribute = new NumericAttribute();
          Message.nested(input, attribute);
          attributes.add(attribute);
        }
        case 7 << 3 | DELIMITED -> domain = GraphFile.domain(input.readString());
        default -> {
          return false;
        }
      }
      return true;
    }

    /** Returns the name that its graph gives it. */
    String name() {
      return name;
    }

    /** Returns its type: {@code MatMul}. */
    public String type() {
      return type;
    }

    /** Returns the operator set that it is of; the domain {@code ai.onnx} is the empty text. */
    public String domain() {
      return domain;
    }

    /** Returns the values that it reads; an empty name is one left out. */
    public List<String> inputs() {
      return Collections.unmodifiableList(inputs);
    }

    /** Returns the values that it makes. */
    public List<String> outputs() {
      return Collections.unmodifiableList(outputs);
    }

    /** Returns an integer attribute. */
    public long number(String attribute, long otherwise) {
      NumericAttribute found = attribute(attribute);
      return found == null ? otherwise : found.number();
    }

    /** Returns whether an attribute is there. */
    public boolean has(String attribute) {
      return attribute(attribute) != null;
    }

    /** Returns a float attribute. */
    public double real(String attribute, double otherwise) {
      NumericAttribute found = attribute(attribute);
      return found == null ? otherwise : found.real();
    }

    /** Returns a text attribute. */
    public String text(String attribute, String otherwise) {
      NumericAttribute found = attribute(attribute);
      return found == null ? otherwise : found.text();
    }

    /** Returns an attribute of several texts, empty if it is not there. */
    public List<String> texts(String attribute) {
      NumericAttribute found = attribute(attribute);
      return found == null ? List.of() : List.copyOf(found.texts());
    }

    /** Returns an attribute of several integers, empty if it is not there. */
    public long[] longs(String attribute) {
      NumericAttribute found = attribute(attribute);
      return found == null ? new long[0] : found.longs();
    }

    /** Returns an attribute of several floats, empty if it is not there. */
    public double[] floats(String attribute) {
      NumericAttribute found = attribute(attribute);
      return found == null ? new double[0] : found.floats();
    }

    /** Returns whether a tensor attribute is of float32. */
    public boolean isSingle(String attribute) {
      NumericTensor found = tensorOf(attribute);
      return found != null && found.isSingle();
    }

    /** Returns a tensor attribute of numbers, empty if it is not there. */
    public double[] tensor(String attribute) {
      NumericTensor found = tensorOf(attribute);
      return found == null ? new double[0] : found.values();
    }

    /** Returns the bytes of a tensor attribute; empty if it is not there, or written otherwise. */
    byte[] raw(String attribute) {
      NumericTensor found = tensorOf(attribute);
      return found == null ? new byte[0] : found.raw();
    }

    /** Returns the tensor of an operator {@code Constant} that has one. */
    private @Nullable NumericTensor constant() {
      return type.equals("Constant") && domain.isEmpty() && outputs.size() == 1
          ? tensorOf("value")
          : null;
    }

    private @Nullable NumericTensor tensorOf(String name) {
      NumericAttribute found = attribute(name);
      return found == null ? null : found.tensor();
    }

    private @Nullable NumericAttribute attribute(String name) {
      for (NumericAttribute attribute : attributes) {
        if (attribute.name().equals(name)) {
          return attribute;
        }
      }
      return null;
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(operators.stream().map(Operator::type).toArray());
  }
}
