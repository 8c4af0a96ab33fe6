package dev.insitu.imported;

/**
 * Where a graph comes from.
 *
 * @param name as messages show it, with its quotes: {@code 'fraud.onnx'}
 * @param clause as {@code SHOW CREATE MODEL} writes it: {@code FROM FILE 'fraud.onnx'}
 * @param bytes the file
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
public record ImportSource(String name, String clause, byte[] bytes) {}
