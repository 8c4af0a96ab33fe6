package dev.insitu.train.xgboost;

import dev.insitu.train.tree.DenseRows;
import java.util.Arrays;

/**
 * The program of {@link NativeLibrariesTest}: trains by XGBoost and scores in ONNX Runtime in one
 * process. Arguments: which library is loaded first, trainings, rows to score, and whatever makes
 * the command line longer.
 */
final class NativeLibraries {
  static final String XGBOOST_FIRST = "XGBoost";
  static final String ONNX_RUNTIME_FIRST = "ONNX-Runtime";
  private static final int FEATURES = 12;

  private NativeLibraries() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    if (arguments[0].equals(ONNX_RUNTIME_FIRST)) {
      System.out.println(ai.onnxruntime.OrtEnvironment.getEnvironment().getVersion());
    }
    int trainings = Integer.parseInt(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    for (int training = 0; training < trainings; training++) {
      for (int classes : new int[] {1, 2, 4}) {
        DenseRows rows = DenseRows.random(Math.min(count, 20_000), FEATURES, classes, training);
        BoosterModel model =
            BoosterTrainerTest.train(BoosterTrainerTest.boosted(30), rows, classes);
        DenseRows others = DenseRows.random(count, FEATURES, classes, training + 1000);
        float[] margins = model.margins(others);
        float[] graph = BoosterTrainerTest.graphMargins(model, others, classes);
        int unequal = Arrays.mismatch(margins, graph);
        System.out.println(
            model.trainer()
                + ", "
                + classes
                + " classes, "
                + margins.length
                + " margins, "
                + (unequal < 0 ? "all equal" : "unequal at " + unequal));
      }
    }
  }
}
