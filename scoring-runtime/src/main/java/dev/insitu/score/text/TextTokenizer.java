package dev.insitu.score.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tokenizer.json}, open. Shared by threads; whoever opened it closes it when no thread
 * uses it any more, as its memory is native.
 *
 * <p>The file is untrusted. It is limited in size and read by the JSON reader first; a pattern in
 * it that takes for ever on some text is not found out, and a fault inside the native library ends
 * the process.
 */
public final class TextTokenizer implements AutoCloseable {
  /** The name of the attachment that holds a tokenizer. */
  public static final String ATTACHMENT = "tokenizer.json";

  /** How many bytes a file may have; those of large multilingual models have 35 million. */
  public static final int MAX_BYTES = 128 << 20;

  /** How many tokens a text has at most, if neither the user nor the file says: as in BERT. */
  public static final int DEFAULT_LENGTH = 512;

  /** How many tokens anybody may ask for. */
  public static final int MAX_LENGTH = 131_072;

  private final TokenizerFile file;
  private final TokenizersLibrary library;
  private final long handle;
  private boolean closed;

  private TextTokenizer(TokenizerFile file, TokenizersLibrary library, long handle) {
    this.file = file;
    this.library = library;
    this.handle = handle;
  }

  /**
   * Opens a tokenizer.
   *
   * @param what the file as messages show it, with its quotes
   * @param bytes the file
   * @param maxLength tokens of a text at most, special ones included; 0 for what the file says
   * @throws MlException TOKENIZER, NATIVE_LIBRARY
   */
  public static TextTokenizer open(String what, byte[] bytes, int maxLength) {
    if (bytes.length > MAX_BYTES) {
      throw MlException.of(
          ErrorCode.TOKENIZER,
          what,
          "it has " + bytes.length + " bytes, more than the " + MAX_BYTES + " that are allowed");
    }
    TokenizerFile file = TokenizerFile.read(what, bytes, maxLength);
    TokenizersLibrary library = TokenizerLibrary.loaded();
    try {
      return new TextTokenizer(file, library, library.createTokenizerFromString(file.json()));
    } catch (RuntimeException e) {
      throw MlException.of(ErrorCode.TOKENIZER, what, String.valueOf(e.getMessage())).withCause(e);
    }
  }

  /** Returns the tokens of a text at most. */
  public int maxLength() {
    return file.maxLength();
  }

  /** Returns the token that fills up. */
  public long padId() {
    return file.padId();
  }

  /** Returns the type of the token that fills up. */
  public long padType() {
    return file.padType();
  }

  /** Returns whether filling stands before the text. */
  public boolean padsLeft() {
    return file.padsLeft();
  }

  /**
   * Returns the tokens of a text.
   *
   * @param pair the second text, or null if there is none
   * @throws MlException TOKENIZER if the library refuses the text
   */
  public Tokens encode(String text, @Nullable String pair) {
    try {
      long encoding =
          pair == null
              ? library.encode(handle, sound(text), true)
              : library.encodeDual(handle, sound(text), sound(pair), true);
      try {
        return new Tokens(library.getTokenIds(encoding), library.getTypeIds(encoding));
      } finally {
        library.deleteEncoding(encoding);
      }
    } catch (RuntimeException e) {
      throw MlException.of(ErrorCode.TOKENIZER, "the model's", String.valueOf(e.getMessage()))
          .withCause(e);
    }
  }

  /** Half a character cannot be told to native code: it becomes U+FFFD, as in UTF-8. */
  private static String sound(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder sound = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> sound.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? '\uFFFD' : c));
    return sound.toString();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      library.deleteTokenizer(handle);
    }
  }
}
