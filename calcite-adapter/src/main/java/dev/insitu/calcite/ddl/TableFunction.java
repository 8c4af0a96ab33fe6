package dev.insitu.calcite.ddl;

/** The table functions, by what they return. */
public enum TableFunction {
  PREDICT("PREDICT", true),
  TRAIN("TRAIN", true),
  EVALUATE("ML.EVALUATE", true),
  CONFUSION_MATRIX("ML.CONFUSION_MATRIX", true),
  ROC_CURVE("ML.ROC_CURVE", true),
  FEATURE_INFO("ML.FEATURE_INFO", false),
  TRAINING_INFO("ML.TRAINING_INFO", false),
  WEIGHTS("ML.WEIGHTS", false),
  CENTROIDS("ML.CENTROIDS", false);

  private final String text;
  private final boolean takesData;

  TableFunction(String text, boolean takesData) {
    this.text = text;
    this.takesData = takesData;
  }

  /** Returns the name as messages write it. */
  public String text() {
    return text;
  }

  /** Returns whether the function reads rows: PREDICT and TRAIN must have them, others may. */
  public boolean takesData() {
    return takesData;
  }
}
