package dev.insitu.score.kernel;

/** Trees both ways, by numbers or by bins: each block of rows goes the one that is cheaper. */
final class EitherStep implements Step {
  private final TreeWay way;
  private final Step direct;
  private final Step binned;

  /** Makes a step; both give the same sums. */
  EitherStep(TreeWay way, Step direct, Step binned) {
    this.way = way;
    this.direct = direct;
    this.binned = binned;
  }

  @Override
  public int numbers() {
    return direct.numbers() + binned.numbers();
  }

  @Override
  public void run(Frame frame, int rows) {
    (way.byNumbers(rows, Vectors.used()) ? direct : binned).run(frame, rows);
  }
}
