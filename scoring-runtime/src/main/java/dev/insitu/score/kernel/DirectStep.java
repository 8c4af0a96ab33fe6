package dev.insitu.score.kernel;

/** Adds up the leaves of a few trees, found by {@link DirectWalk walks without bins}. */
final class DirectStep implements Step {
  private final DirectWalk walk;
  private final int from;
  private final int to;
  private final LeafSums leaves;
  private final int scratch;

  /**
   * What the step writes into.
   *
   * @param sums for each target the sums of the rows
   * @param nodes for each row the node of a tree
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Work(double[][] sums, int[] nodes) {}

  /**
   * Makes a step.
   *
   * @param from the first tree
   * @param to the one behind the last
   */
  DirectStep(DirectWalk walk, int from, int to, LeafSums leaves, int scratch) {
    this.walk = walk;
    this.from = from;
    this.to = to;
    this.leaves = leaves;
    this.scratch = scratch;
  }

  @Override
  public int numbers() {
    return leaves.width();
  }

  @Override
  public void run(Frame frame, int rows) {
    Work work =
        frame.scratch(
            scratch, Work.class, () -> new Work(leaves.work(frame.rows), new int[frame.rows]));
    LeafSums.begin(work.sums, rows);
    for (int tree = from; tree < to; tree++) {
      walk.run(frame, tree, rows, work.nodes);
      leaves.addRows(work.sums, work.nodes, 0, rows);
    }
    leaves.end(work.sums, frame, rows);
  }
}
