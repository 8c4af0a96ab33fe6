package dev.insitu.onnx.foreign;

/**
 * A dimension of a tensor as a graph declares it, which is a hint and no promise.
 *
 * @param size its size, -1 if it is open
 * @param symbol its name if it has one ({@code batch_size}), else the empty text
 */
public record Dimension(long size, String symbol) {
  /** Returns whether the size is not stated. */
  public boolean isOpen() {
    return size < 0;
  }

  /** Returns it as messages show it: {@code 4}, {@code batch_size}, {@code ?}. */
  @Override
  public String toString() {
    return isOpen() ? symbol.isEmpty() ? "?" : symbol : Long.toString(size);
  }
}
