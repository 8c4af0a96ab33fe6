package dev.insitu.imported;

import java.util.Optional;

/**
 * Where a graph comes from.
 *
 * @param name as messages show it, with its quotes: {@code 'fraud.onnx'}
 * @param clause as {@code SHOW CREATE MODEL} writes it: {@code FROM FILE 'fraud.onnx'}
 * @param bytes the file
 * @param tokenizer what makes tokens of texts before the graph, if it came with it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
public record ImportSource(
    String name, String clause, byte[] bytes, Optional<Tokenizer> tokenizer) {
  /**
   * A {@code tokenizer.json}.
   *
   * @param name as messages show it, with its quotes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Tokenizer(String name, byte[] bytes) {}
}
