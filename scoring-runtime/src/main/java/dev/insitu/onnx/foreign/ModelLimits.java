package dev.insitu.onnx.foreign;

/**
 * How large a graph of others may be.
 *
 * @param bytes the file
 * @param nodes operators, those of sub-graphs and functions included
 * @param messages everything in the file that becomes an object when it is read
 * @param tensorBytes what a constant of stated size may ask for
 */
public record ModelLimits(long bytes, int nodes, int messages, long tensorBytes) {
  /** What holds unless the user says otherwise: 512 MiB, 50,000 operators, 1 GiB a tensor. */
  public static final ModelLimits DEFAULT =
      new ModelLimits(512L << 20, 50_000, 4_000_000, 1L << 30);

  /** Returns the same limits with another size of file. */
  public ModelLimits withBytes(long bytes) {
    return new ModelLimits(bytes, nodes, messages, tensorBytes);
  }
}
