package dev.insitu.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * What reads a message of an ONNX file into itself, field by field. As with the generated classes,
 * a message that comes twice is merged, and what is unknown is passed over.
 */
interface Message {
  /** How a field is written: what a tag has besides the field's number, three bits further up. */
  int VARINT = 0;

  /** With its length before it: a text, bytes, a message, packed numbers. */
  int DELIMITED = 2;

  int FIXED32 = 5;

  int FIXED64 = 1;

  /** Reads a field, or leaves it where it is and returns false. */
  boolean read(CodedInputStream input, int tag) throws IOException;

  /** Reads a message that begins with its length. */
  static void nested(CodedInputStream input, Message message) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    fields(input, message);
    input.popLimit(outer);
  }

  /** Reads fields up to the end. */
  static void fields(CodedInputStream input, Message message) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (!message.read(input, tag) && !input.skipField(tag)) {
        break;
      }
    }
    input.checkLastTagWas(0);
  }
}
