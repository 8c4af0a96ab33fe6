package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.io.IOException;

/**
 * Walks over a file before it is read: two bytes can stand for an object of a hundred, so a small
 * file could fill the heap. Counts what would become objects, makes none.
 */
final class WireCheck {
  private static final int MOST_LEVELS = 90;

  private final CodedInputStream input;
  private final int most;
  private int messages;

  private WireCheck(CodedInputStream input, int most) {
    this.input = input;
    this.most = most;
  }

  /**
   * Counts.
   *
   * @throws InvalidProtocolBufferException if the bytes are no message at all
   * @throws MlException UNSAFE_MODEL if there are too many parts, or they are nested too deeply
   */
  static void check(byte[] bytes, ModelLimits limits) throws InvalidProtocolBufferException {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    try {
      new WireCheck(input, limits.messages()).walk(ModelProto.getDescriptor(), 0);
      if (!input.isAtEnd()) {
        throw new InvalidProtocolBufferException("an end without a beginning");
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("an array has no input or output", e);
    }
  }

  private void walk(Descriptor type, int level) throws IOException {
    if (level > MOST_LEVELS) {
      throw MlException.of(
          ErrorCode.UNSAFE_MODEL, "its parts are nested in more than " + MOST_LEVELS + " levels");
    }
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field == null || !delimited) {
        input.skipField(tag);
      } else if (field.getType() == FieldDescriptor.Type.MESSAGE) {
        count(1);
        int length = input.readRawVarint32();
        int outer = input.pushLimit(length);
        walk(field.getMessageType(), level + 1);
        input.popLimit(outer);
      } else {
        // A text or bytes is one object; a packed array of numbers has at least a byte for each.
        count(field.isRepeated() && !field.isPackable() ? 1 : 0);
        input.skipField(tag);
      }
    }
  }

  private void count(int more) {
    messages += more;
    if (messages > most) {
      throw MlException.of(ErrorCode.UNSAFE_MODEL, "it has more than " + most + " parts");
    }
  }
}
