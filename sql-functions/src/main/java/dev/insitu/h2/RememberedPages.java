package dev.insitu.h2;

import dev.insitu.score.PredictionBatch;
import dev.insitu.score.ScoreMemo;

/**
 * The pages of a table as blocks of rows: either of pages whose scores are known, which are taken,
 * or of others, whose scores are kept once they are there.
 */
final class RememberedPages {
  private final LeafPages pages;
  private final ScoreMemo memo;
  private final int width;
  private final boolean rowsLookedAt;

  /**
   * Makes blocks of what is left of the pages.
   *
   * @param memo of the scorer
   * @param width of the scorer
   * @param rowsLookedAt whether anyone looks at the rows of a block whose scores are known
   */
  RememberedPages(LeafPages pages, ScoreMemo memo, int width, boolean rowsLookedAt) {
    this.pages = pages;
    this.memo = memo;
    this.width = width;
    this.rowsLookedAt = rowsLookedAt;
  }

  /**
   * Fills a block that is empty.
   *
   * @param wanted how many rows at most
   * @return whether there may be more rows
   */
  boolean read(RowBlock block, int wanted) {
    block.parts.clear();
    while (block.size < wanted) {
      if (pages.rowsLeft() == 0 && !pages.next()) {
        return false;
      }
      int start = block.size;
      if (start > 0 && start + pages.rowsLeft() > wanted) {
        break;
      }
      boolean whole = pages.isAtStart() && pages.rowsLeft() <= wanted;
      PredictionBatch scores = block.scores(wanted, width);
      int count = whole ? memo.copy(pages.page().answers(), scores, start) : ScoreMemo.UNKNOWN;
      boolean known = count != ScoreMemo.UNKNOWN;
      if (start > 0 && known != block.known) {
        break;
      }
      block.known = known;
      if (known && !rowsLookedAt) {
        pages.skip();
        block.size += count;
        continue;
      }
      int end = Math.min(wanted, start + pages.rowsLeft());
      block.reserve(end, wanted);
      block.size += pages.readPage(block.rows, start, end);
      if (!known && whole && pages.isSettled()) {
        block.parts.add(new RowBlock.Part(pages.page().answers(), start, block.size));
      }
    }
    return true;
  }

  /** Keeps the scores of a block that has been scored. */
  void keep(RowBlock block) {
    PredictionBatch scores = block.scores;
    if (scores != null) {
      block.parts.forEach(part -> memo.keep(part.answers(), scores, part.from(), part.to()));
    }
    block.parts.clear();
  }
}
