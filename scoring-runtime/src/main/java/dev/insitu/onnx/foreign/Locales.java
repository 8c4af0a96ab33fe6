package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.Locale;

/**
 * {@code StringNormalizer} asks the machine for the locale {@code en_US.UTF-8}, which many servers
 * do not have. Lower and upper case are the same in {@code C.UTF-8}, which comes with every Linux.
 */
final class Locales {
  private static final boolean LINUX =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

  private Locales() {}

  /** Returns the operator with the locale that is there. */
  static NodeProto portable(NodeProto node) {
    if (!LINUX || !node.getOpType().equals("StringNormalizer")) {
      return node;
    }
    NodeProto.Builder portable = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      boolean locale = attribute.getName().equals("locale");
      String name = attribute.getS().toStringUtf8();
      if (!locale) {
        portable.addAttribute(attribute);
      } else if (!name.isEmpty() && !name.equalsIgnoreCase("en_US.UTF-8")) {
        return node; // a locale that the author chose
      }
    }
    return portable
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("locale")
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8("C.UTF-8")))
        .build();
  }
}
