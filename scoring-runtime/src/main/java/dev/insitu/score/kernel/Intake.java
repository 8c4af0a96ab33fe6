package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import java.util.List;

/**
 * What of a batch a program reads.
 *
 * @param numbers the positions of the number columns, which are the first slots of a frame
 * @param codes the texts that are looked up
 * @param words the texts whose words are counted
 */
record Intake(
    List<Integer> numbers, List<EdgeSplit.CodeInput> codes, List<EdgeSplit.WordInput> words) {
  /** Copies the lists. */
  Intake {
    numbers = List.copyOf(numbers);
    codes = List.copyOf(codes);
    words = List.copyOf(words);
  }
}
