package dev.insitu.train.option;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The model types that can be trained, by BigQuery's names, with plain names as synonyms. */
public enum ModelType {
  /** Least squares, with ridge ({@code l2_reg}) and lasso ({@code l1_reg}) penalties. */
  LINEAR_REG(Goal.REGRESSION, Family.LINEAR, "linear_regression", "linear", "ridge"),
  /** Logistic regression, multinomial with three and more classes. */
  LOGISTIC_REG(Goal.CLASSIFICATION, Family.LINEAR, "logistic_regression", "logistic"),
  /** Least squares with both penalties, as scikit-learn's ElasticNet. */
  ELASTIC_NET(Goal.REGRESSION, Family.LINEAR, "elasticnet"),
  /** Least squares with the L1 penalty, as scikit-learn's Lasso. */
  LASSO(Goal.REGRESSION, Family.LINEAR, "lasso_reg"),
  /** Lloyd's k-means. */
  KMEANS(Goal.CLUSTERING, Family.CLUSTER, "k_means", "k-means"),
  /** One tree. */
  DECISION_TREE_CLASSIFIER(Goal.CLASSIFICATION, Family.TREE, "tree_classifier"),
  /** One tree. */
  DECISION_TREE_REGRESSOR(Goal.REGRESSION, Family.TREE, "tree_regressor"),
  /** Trees of sub-samples, averaged. */
  RANDOM_FOREST_CLASSIFIER(Goal.CLASSIFICATION, Family.FOREST, "forest_classifier"),
  /** Trees of sub-samples, averaged. */
  RANDOM_FOREST_REGRESSOR(Goal.REGRESSION, Family.FOREST, "forest_regressor"),
  /** Gradient boosting of trees. */
  BOOSTED_TREE_CLASSIFIER(
      Goal.CLASSIFICATION, Family.BOOSTED, "gradient_boosting_classifier", "xgboost_classifier"),
  /** Gradient boosting of trees. */
  BOOSTED_TREE_REGRESSOR(
      Goal.REGRESSION, Family.BOOSTED, "gradient_boosting_regressor", "xgboost_regressor");

  /** What a model of the type predicts. */
  public enum Goal {
    REGRESSION,
    CLASSIFICATION,
    CLUSTERING
  }

  /** Types that share their options and their preparation. */
  public enum Family {
    LINEAR,
    CLUSTER,
    TREE,
    FOREST,
    BOOSTED
  }

  /** Names that later versions bring, so that they are not taken for typing errors. */
  private static final Set<String> LATER =
      Set.of(
          "onnx",
          "pca",
          "svm_classifier",
          "svm_regressor",
          "knn_classifier",
          "knn_regressor",
          "naive_bayes",
          "factorization_machine",
          "one_class_svm",
          "hdbscan",
          "arima_plus",
          "matrix_factorization",
          "dnn_classifier",
          "dnn_regressor");

  private final Goal goal;
  private final Family family;
  private final List<String> synonyms;

  ModelType(Goal goal, Family family, String... synonyms) {
    this.goal = goal;
    this.family = family;
    this.synonyms = List.of(synonyms);
  }

  /** Returns BigQuery's name in lower case: {@code logistic_reg}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it predicts. */
  public Goal goal() {
    return goal;
  }

  /** Returns the family. */
  public Family family() {
    return family;
  }

  /** Returns the plain names that mean the same. */
  public List<String> synonyms() {
    return synonyms;
  }

  /** Returns whether numbers are standardised in preparation unless an option says otherwise. */
  public boolean standardizes() {
    return family == Family.LINEAR || family == Family.CLUSTER;
  }

  /**
   * Returns the type of a name or synonym, ignoring case.
   *
   * @throws MlException MODEL_TYPE_NOT_FOUND with the nearest name, NOT_YET_SUPPORTED
   */
  public static ModelType parse(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    for (ModelType type : values()) {
      if (type.word().equals(wanted) || type.synonyms.contains(wanted)) {
        return type;
      }
      words.add(type.word());
    }
    if (LATER.contains(wanted)) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "model type \"" + wanted + "\"")
          .withHint("Model types that can be trained: " + String.join(", ", words) + ".");
    }
    MlException error = MlException.of(ErrorCode.MODEL_TYPE_NOT_FOUND, name);
    List<String> candidates = new ArrayList<>(words);
    for (ModelType type : values()) {
      candidates.addAll(type.synonyms);
    }
    throw NearestName.of(wanted, candidates)
        .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
        .orElseGet(() -> error.withHint("Choose one of " + String.join(", ", words) + "."));
  }
}
