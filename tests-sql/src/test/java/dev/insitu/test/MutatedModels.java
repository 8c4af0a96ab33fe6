package dev.insitu.test;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Models that were valid once: the small ones of {@code tests-sql/onnx} with a few changes, to the
 * bytes of the file or to the parts of the graph (a part doubled, deleted, moved, replaced by one
 * of another model; a number, name or type changed). Which changes follows from a seed and a
 * number.
 */
final class MutatedModels {
  private static final long MOST_BYTES = 9_000;
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    8,
    10,
    11,
    16,
    64,
    255,
    256,
    1000,
    1024,
    65_536,
    1_000_000,
    100_000_000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 33,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final double[] REALS = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    1e-30,
    1e30,
    3.4e38,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private final List<Path> files = new ArrayList<>();
  private final List<byte[]> contents = new ArrayList<>();
  private final List<ModelProto> models = new ArrayList<>();

  /** The parts of all models, by their type, to put into others. */
  private final Map<String, List<Message>> parts = new HashMap<>();

  private final List<String> names = new ArrayList<>();

  private MutatedModels() {}

  /** Reads the models that changes begin with. */
  static MutatedModels read(Path folder) throws IOException {
    MutatedModels result = new MutatedModels();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(MutatedModels::isModel).sorted().toList()) {
        if (Files.size(file) <= MOST_BYTES && Files.size(file) > 0) {
          result.add(file, Files.readAllBytes(file));
        }
      }
    }
    return result;
  }

  /** What a run has found stays out, or the next run would change other models. */
  private static boolean isModel(Path file) {
    return file.toString().endsWith(".onnx") && !file.toString().contains("corpus");
  }

  private void add(Path file, byte[] content) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      return; // one of the files that are to be refused: there is nothing in it to change
    }
    files.add(file);
    contents.add(content);
    models.add(model);
    collect(model);
  }

  private void collect(Message message) {
    parts
        .computeIfAbsent(message.getDescriptorForType().getFullName(), key -> new ArrayList<>())
        .add(message);
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
              for (Object one : values) {
                if (one instanceof Message part) {
                  collect(part);
                } else if (one instanceof String text && text.length() < 100) {
                  names.add(text);
                }
              }
            });
  }

  /** Returns how many models there are to begin with. */
  int size() {
    return models.size();
  }

  /** Returns a changed model. */
  byte[] at(long seed, int number) {
    Random random = new Random(seed * 1_000_003 + number);
    int model = random.nextInt(models.size());
    if (random.nextInt(5) == 0) {
      return changedBytes(contents.get(model), random);
    }
    Message.Builder builder = models.get(model).toBuilder();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      change(builder, random, 0);
    }
    return builder.buildPartial().toByteArray();
  }

  /** Returns which model a changed one began as. */
  Path origin(long seed, int number) {
    return files.get(new Random(seed * 1_000_003 + number).nextInt(models.size()));
  }

  private byte[] changedBytes(byte[] content, Random random) {
    byte[] bytes = content.clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes && bytes.length > 1; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 3 -> {
          int length = Math.min(1 + random.nextInt(16), bytes.length - at);
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          byte[] other = contents.get(random.nextInt(contents.size()));
          int length = Math.min(1 + random.nextInt(64), Math.min(other.length, bytes.length - at));
          System.arraycopy(other, random.nextInt(other.length - length + 1), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** Goes down from a part to one of its parts, and changes something there. */
  private void change(Message.Builder builder, Random random, int level) {
    List<FieldDescriptor> fields = new ArrayList<>(builder.getAllFields().keySet());
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    for (FieldDescriptor graph : fields) {
      // What is around the graph is soon read; the graph is where the harm is.
      if (level == 0 && graph.getName().equals("graph") && random.nextInt(12) > 0) {
        field = graph;
      }
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      if (level == 0 || random.nextInt(4) > 0) {
        Message.Builder part =
            field.isRepeated()
                ? builder.getRepeatedFieldBuilder(
                    field, random.nextInt(builder.getRepeatedFieldCount(field)))
                : builder.getFieldBuilder(field);
        change(part, random, level + 1);
      } else if (field.isRepeated()) {
        rearrange(builder, field, random);
      } else {
        builder.setField(field, other(field, (Message) builder.getField(field), random));
      }
    } else if (field.isRepeated()) {
      int count = builder.getRepeatedFieldCount(field);
      if (random.nextInt(3) == 0) {
        rearrange(builder, field, random);
      } else {
        int at = random.nextInt(count);
        builder.setRepeatedField(
            field, at, changed(field, builder.getRepeatedField(field, at), random));
      }
    } else if (random.nextInt(6) == 0) {
      builder.clearField(field);
    } else {
      builder.setField(field, changed(field, builder.getField(field), random));
    }
  }

  /** Doubles, deletes, moves or replaces one of several. */
  private void rearrange(Message.Builder builder, FieldDescriptor field, Random random) {
    int count = builder.getRepeatedFieldCount(field);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(builder.getRepeatedField(field, i));
    }
    int at = random.nextInt(count);
    switch (random.nextInt(5)) {
      case 0 -> values.add(random.nextInt(count + 1), values.get(at));
      case 1 -> values.remove(at);
      case 2 -> values.add(random.nextInt(count), values.remove(at));
      case 3 -> values.add(at, changed(field, values.get(at), random));
      default -> values.set(at, changed(field, values.get(at), random));
    }
    builder.clearField(field);
    values.forEach(value -> builder.addRepeatedField(field, value));
  }

  private Message other(FieldDescriptor field, Message otherwise, Random random) {
    List<Message> all = parts.getOrDefault(field.getMessageType().getFullName(), List.of());
    return all.isEmpty() ? otherwise : all.get(random.nextInt(all.size()));
  }

  private Object changed(FieldDescriptor field, Object value, Random random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    double real = REALS[random.nextInt(REALS.length)];
    boolean near = random.nextInt(3) == 0;
    return switch (field.getJavaType()) {
      case INT -> near ? (Integer) value + random.nextInt(5) - 2 : (int) number;
      case LONG -> near ? (Long) value + random.nextInt(5) - 2 : number;
      case FLOAT -> (float) real;
      case DOUBLE -> real;
      case BOOLEAN -> !(Boolean) value;
      case STRING -> names.get(random.nextInt(names.size()));
      case BYTE_STRING -> {
        ByteString bytes = (ByteString) value;
        yield bytes.isEmpty()
            ? ByteString.copyFromUtf8(names.get(random.nextInt(names.size())))
            : ByteString.copyFrom(changedBytes(bytes.toByteArray(), random));
      }
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case MESSAGE -> other(field, (Message) value, random);
    };
  }
}
