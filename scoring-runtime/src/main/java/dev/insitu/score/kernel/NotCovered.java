package dev.insitu.score.kernel;

/** A graph has something that the kernels do not do; it says what. */
public final class NotCovered extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  NotCovered(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Returns what. */
  public String reason() {
    return reason;
  }
}
