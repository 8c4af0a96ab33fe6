package dev.insitu.onnx;

import com.google.protobuf.CodedInputStream;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of an ONNX file that engines of our own run. The generated classes of its messages hold
 * the same, but there are so many of them that loading takes longer than all else that the first
 * prediction of a process does.
 */
final class GraphFile implements Message {
  private final List<NumericGraph.Operator> operators = new ArrayList<>();
  private final Map<String, NumericTensor> tensors = new LinkedHashMap<>();
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final Map<String, Long> operatorSets = new HashMap<>();
  private final Map<String, String> metadata = new HashMap<>();

  private GraphFile() {}

  /**
   * Reads a file.
   *
   * @throws MlException ENGINE if the bytes are no ONNX file, or have no outputs
   */
  static GraphFile read(byte[] bytes) {
    GraphFile file = new GraphFile();
    try {
      Message.fields(CodedInputStream.newInstance(bytes), file);
    } catch (IOException e) {
      throw MlException.of(ErrorCode.ENGINE, "read the graph", "it is no ONNX file").withCause(e);
    }
    if (file.outputs.isEmpty()) {
      throw MlException.of(ErrorCode.ENGINE, "read the graph", "it has no outputs");
    }
    return file;
  }

  /** Returns the operators in their order, {@code Constant} included. */
  List<NumericGraph.Operator> operators() {
    return operators;
  }

  /** Returns the initializers by name, in their order. */
  Map<String, NumericTensor> tensors() {
    return tensors;
  }

  List<Value> inputs() {
    return inputs;
  }

  List<Value> outputs() {
    return outputs;
  }

  /** Returns versions by domain; {@code ai.onnx} is the empty text. */
  Map<String, Long> operatorSets() {
    return operatorSets;
  }

  /** Returns the entries of {@code metadata_props}. */
  Map<String, String> metadata() {
    return metadata;
  }

  static String domain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  @Override
  public boolean read(CodedInputStream input, int tag) throws IOException {
    switch (tag) {
      case 7 << 3 | DELIMITED -> Message.nested(input, new Graph());
      case 8 << 3 | DELIMITED -> {
        Entry entry = new Entry();
        Message.nested(input, entry);
        operatorSets.put(domain(entry.key), entry.number);
      }
      case 14 << 3 | DELIMITED -> {
        Entry entry = new Entry();
        Message.nested(input, entry);
        metadata.put(entry.key, entry.text);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** {@code GraphProto}. */
  private final class Graph implements Message {
    @Override
    public boolean read(CodedInputStream input, int tag) throws IOException {
      switch (tag) {
        case 1 << 3 | DELIMITED -> {
          NumericGraph.Operator operator = new NumericGraph.Operator();
          Message.nested(input, operator);
          operators.add(operator);
        }
        case 5 << 3 | DELIMITED -> {
          NumericTensor tensor = new NumericTensor();
          Message.nested(input, tensor);
          tensors.put(tensor.name(), tensor);
        }
        case 11 << 3 | DELIMITED, 12 << 3 | DELIMITED -> {
          Value value = new Value();
          Message.nested(input, value);
          (tag == (11 << 3 | DELIMITED) ? inputs : outputs).add(value);
        }
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  /** A text and what belongs to it: {@code OperatorSetIdProto}, {@code StringStringEntryProto}. */
  private static final class Entry implements Message {
    private String key = "";
    private String text = "";
    private long number;

    @Override
    public boolean read(CodedInputStream input, int tag) throws IOException {
      switch (tag) {
        case 1 << 3 | DELIMITED -> key = input.readString();
        case 2 << 3 | DELIMITED -> text = input.readString();
        case 2 << 3 | VARINT -> number = input.readInt64();
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * An input or output, {@code ValueInfoProto}. Its type is told when it is asked for: of others'
   * graphs not all are known here.
   */
  static final class Value implements Message {
    private String name = "";
    private int type;
    private final List<Long> shape = new ArrayList<>();

    String name() {
      return name;
    }

    /**
     * Returns it with its type.
     *
     * @throws MlException ENGINE if the type is none of ours
     */
    GraphValue typed() {
      for (ElementType known : ElementType.values()) {
        if (known.number() == type) {
          return new GraphValue(name, known, shape);
        }
      }
      throw MlException.of(
          ErrorCode.ENGINE, "read the graph", "\"" + name + "\" is of type " + type);
    }

    @Override
    public boolean read(CodedInputStream input, int tag) throws IOException {
      if (tag == (1 << 3 | DELIMITED)) {
        name = input.readString();
      } else if (tag == (2 << 3 | DELIMITED)) {
        Message.nested(input, new Type(Level.TYPE));
      } else {
        return false;
      }
      return true;
    }

    /** {@code TypeProto} and what is inside of it. */
    private enum Level {
      TYPE,
      TENSOR,
      SHAPE,
      DIMENSION
    }

    private final class Type implements Message {
      private final Level level;

      Type(Level level) {
        this.level = level;
      }

      @Override
      public boolean read(CodedInputStream input, int tag) throws IOException {
        if (level == Level.TYPE && tag == (1 << 3 | DELIMITED)) {
          Message.nested(input, new Type(Level.TENSOR));
        } else if (level == Level.TENSOR && tag == (1 << 3 | VARINT)) {
          type = input.readInt32();
        } else if (level == Level.TENSOR && tag == (2 << 3 | DELIMITED)) {
          Message.nested(input, new Type(Level.SHAPE));
        } else if (level == Level.SHAPE && tag == (1 << 3 | DELIMITED)) {
          shape.add(-1L);
          Message.nested(input, new Type(Level.DIMENSION));
        } else if (level == Level.DIMENSION && tag == (1 << 3 | VARINT)) {
          shape.set(shape.size() - 1, input.readInt64());
        } else {
          return false;
        }
        return true;
      }
    }
  }
}
