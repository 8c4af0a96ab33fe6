package dev.insitu.model;

import java.util.Arrays;

/**
 * Bytes that belong to a version besides its artifact: how columns become tensors, a tokeniser.
 * Immutable.
 */
public final class Attachment {
  private final String name;
  private final byte[] bytes;
  private final String sha256;

  private Attachment(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes.clone();
    this.sha256 = Sha256.of(bytes);
  }

  /**
   * Returns an attachment with a copy of the bytes.
   *
   * @param name unique within a version: {@code tokenizer.json}
   */
  public static Attachment of(String name, byte[] bytes) {
    return new Attachment(name, bytes);
  }

  /** Returns the name, unique within a version. */
  public String name() {
    return name;
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Returns the number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** Two attachments are equal if name and bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Attachment that
        && name.equals(that.name)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + sha256.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + bytes.length + " bytes";
  }
}
