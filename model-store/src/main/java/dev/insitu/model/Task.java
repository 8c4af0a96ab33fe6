package dev.insitu.model;

import java.util.List;

/** What a model predicts. */
public sealed interface Task {
  /**
   * Returns the word for messages and the store: {@code regression}, {@code classification}, {@code
   * clustering}, {@code inference}.
   */
  String word();

  /**
   * One number a row.
   *
   * @param label the label column of the training query
   */
  record Regression(ColumnSpec label) implements Task {
    @Override
    public String word() {
      return "regression";
    }
  }

  /**
   * One of several classes a row, with a probability for each.
   *
   * @param label the label column of the training query
   * @param classes the classes in ascending SQL order of their values, each as the database casts
   *     it to text; the last of two is the positive one
   */
  record Classification(ColumnSpec label, List<String> classes) implements Task {
    /** Copies the list. */
    public Classification {
      classes = List.copyOf(classes);
    }

    @Override
    public String word() {
      return "classification";
    }
  }

  /**
   * The nearest of several centroids a row.
   *
   * @param clusters the number of centroids; ids run from 1 to it
   */
  record Clustering(int clusters) implements Task {
    @Override
    public String word() {
      return "clustering";
    }
  }

  /**
   * Whatever an imported graph answers, which is neither one number to be judged nor a class with
   * probabilities: embeddings, scores, several outputs. The signature's outputs say what.
   */
  record Inference() implements Task {
    @Override
    public String word() {
      return "inference";
    }
  }
}
