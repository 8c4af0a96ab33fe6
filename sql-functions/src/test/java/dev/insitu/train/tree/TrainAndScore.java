package dev.insitu.train.tree;

/**
 * The program of {@link LongCommandLineTest}: boosts trees and scores in ONNX Runtime. Arguments:
 * trainings, rows to score, and whatever makes the command line longer.
 */
final class TrainAndScore {
  private static final int FEATURES = 12;

  private TrainAndScore() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    int trainings = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    for (int training = 0; training < trainings; training++) {
      for (int classes : new int[] {1, 2, 4}) {
        DenseRows rows = DenseRows.random(count, FEATURES, classes, training);
        BoostedTrees model =
            BoosterTrainerTest.train(BoosterTrainerTest.boosted(30), rows, classes);
        DenseRows others = DenseRows.random(count, FEATURES, classes, training + 1000);
        BoosterTrainerTest.assertScoresAgree(model, others, classes, 1e-12);
        System.out.println(
            model.trainer() + ", " + classes + " classes, " + count + " scores, all equal");
      }
    }
  }
}
