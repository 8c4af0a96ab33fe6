package dev.insitu.model;

import java.util.Arrays;

/** The bytes of a model in a stated format, and their SHA-256. Immutable. */
public final class Artifact {
  /** What the bytes are. */
  public enum Format {
    /** An ONNX graph in canonical form (package {@code dev.insitu.onnx}). */
    ONNX,
    /** A model of a family that ONNX cannot carry, in Tribuo's protobuf form. */
    TRIBUO_PROTOBUF
  }

  private final Format format;
  private final byte[] bytes;
  private final String sha256;

  private Artifact(Format format, byte[] bytes) {
    this.format = format;
    this.bytes = bytes.clone();
    this.sha256 = Sha256.of(bytes);
  }

  /** Returns an artifact with a copy of the bytes. */
  public static Artifact of(Format format, byte[] bytes) {
    return new Artifact(format, bytes);
  }

  /** Returns the format. */
  public Format format() {
    return format;
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** Returns the SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Two artifacts are equal if format and bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Artifact that
        && format == that.format
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return format + " " + bytes.length + " bytes " + sha256;
  }
}
