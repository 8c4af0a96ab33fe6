package dev.insitu.train.option;

import static dev.insitu.train.option.ModelType.Family.BOOSTED;
import static dev.insitu.train.option.ModelType.Family.CLUSTER;
import static dev.insitu.train.option.ModelType.Family.FOREST;
import static dev.insitu.train.option.ModelType.Family.LINEAR;
import static dev.insitu.train.option.ModelType.Family.TREE;

import dev.insitu.train.option.ModelType.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every option that a training takes. The name in SQL is the constant's in lower case; names and
 * words ignore case. Where no source is named, the option is BigQuery ML's, from its {@code CREATE
 * MODEL} reference pages.
 */
public enum TrainingOption {
  /** The model type ({@link ModelType}); the one option that must be given. */
  MODEL_TYPE(new Kind.Text(), null, all()),
  /**
   * The label column, a text or a list of one. Without it the column named {@code label}. The other
   * names are spellings that people bring from Vertex, Tribuo and scikit-learn.
   */
  INPUT_LABEL_COLS(
      new Kind.Names(), null, supervised(), "label", "label_col", "label_column", "target"),

  /** Which rows are kept back for the evaluation (sql.md, "Splits and metrics"). */
  DATA_SPLIT_METHOD(
      new Kind.Word("auto_split", "random", "seq", "custom", "no_split"), "auto_split", all()),
  /** Share of the rows that {@code random} and {@code seq} keep back. */
  DATA_SPLIT_EVAL_FRACTION(Kind.real(0, 1), "0.2", all()),
  /** {@code custom}: TRUE or NULL holds a row back; {@code seq}: the largest are held back. */
  DATA_SPLIT_COL(new Kind.Names(), null, all()),
  /** Seed of everything random. Tribuo's default seed is 1 too. */
  SEED(Kind.whole(Long.MIN_VALUE, Long.MAX_VALUE), "1", all(), "random_seed", "random_state"),

  /**
   * The most steps: Newton steps, rounds of coordinate descent, rounds of Lloyd, or, of boosted
   * trees, the trees (BigQuery's meaning, default 20 as there). The solvers of linear models and
   * k-means stop by themselves when they have converged, hence their larger default of 100.
   */
  MAX_ITERATIONS(Kind.whole(1, 1_000_000), null, families(LINEAR, CLUSTER, BOOSTED), "num_trees"),
  /** Whether to stop when a step gains less than {@code min_rel_progress}. */
  EARLY_STOP(new Kind.Flag(), "true", families(LINEAR, CLUSTER, BOOSTED)),
  /**
   * The gain in loss, relative to the loss, under which training stops. BigQuery's 0.01 for boosted
   * trees; 1e-9 for linear models, whose optimum is then the one that scikit-learn converges to,
   * and 1e-6 for k-means.
   */
  MIN_REL_PROGRESS(Kind.real(0, 1), null, families(LINEAR, CLUSTER, BOOSTED)),

  /**
   * L1 penalty. Linear models: {@code l1_reg * ||w||_1} beside the sum over the rows of half the
   * squared error or the log loss, weights on the standardised scale, intercept free. Boosted
   * trees: XGBoost's {@code alpha}.
   */
  L1_REG(
      Kind.real(0, Double.MAX_VALUE),
      null,
      types(
          ModelType.LINEAR_REG,
          ModelType.LOGISTIC_REG,
          ModelType.RANDOM_FOREST_CLASSIFIER,
          ModelType.RANDOM_FOREST_REGRESSOR,
          ModelType.BOOSTED_TREE_CLASSIFIER,
          ModelType.BOOSTED_TREE_REGRESSOR)),
  /**
   * L2 penalty. Linear models: {@code l2_reg / 2 * ||w||^2} beside the same sum, which is
   * scikit-learn's Ridge with {@code alpha = l2_reg} and LogisticRegression with {@code C = 1 /
   * l2_reg}; default 0 for {@code linear_reg} and 1 for {@code logistic_reg}, as there. Boosted
   * trees: XGBoost's {@code lambda}, default 1.
   */
  L2_REG(
      Kind.real(0, Double.MAX_VALUE),
      null,
      types(
          ModelType.LINEAR_REG,
          ModelType.LOGISTIC_REG,
          ModelType.RANDOM_FOREST_CLASSIFIER,
          ModelType.RANDOM_FOREST_REGRESSOR,
          ModelType.BOOSTED_TREE_CLASSIFIER,
          ModelType.BOOSTED_TREE_REGRESSOR)),
  /**
   * Penalty of {@code lasso} and {@code elastic_net} beside half the mean squared error:
   * scikit-learn's and Tribuo's {@code alpha} (glmnet's lambda).
   */
  ALPHA(
      Kind.real(0, Double.MAX_VALUE),
      "1.0",
      types(ModelType.LASSO, ModelType.ELASTIC_NET),
      "lambda"),
  /** Share of the L1 part in {@code alpha}: scikit-learn's and Tribuo's {@code l1_ratio}. */
  L1_RATIO(Kind.real(0, 1), "0.5", types(ModelType.ELASTIC_NET)),
  /** Whether a linear model has an intercept (scikit-learn, BigQuery's {@code fit_intercept}). */
  FIT_INTERCEPT(new Kind.Flag(), "true", families(LINEAR)),
  /** How a linear model is solved; the others of BigQuery are not supported yet. */
  OPTIMIZE_STRATEGY(
      new Kind.Word(List.of("auto_strategy", "normal_equation"), List.of("batch_gradient_descent")),
      "auto_strategy",
      types(ModelType.LINEAR_REG)),
  /**
   * How the length of a step is chosen: by a line search, which needs no rate. The constant rate of
   * BigQuery's gradient descent is not supported yet.
   */
  LEARN_RATE_STRATEGY(
      new Kind.Word(List.of("line_search"), List.of("constant")), "line_search", families(LINEAR)),
  /** Shrinks each tree's part: XGBoost's {@code eta}, default 0.3. */
  LEARN_RATE(Kind.real(0, 1), "0.3", families(BOOSTED), "learning_rate", "eta"),

  /** Whether each class weighs as much as any other: rows / (classes * rows of the class). */
  AUTO_CLASS_WEIGHTS(new Kind.Flag(), "false", classifiers()),
  /**
   * The weight of each class: a map from class to number, or a list of structs of a label and a
   * weight. A class that is not named weighs 1.
   */
  CLASS_WEIGHTS(new Kind.Weights(), null, classifiers()),
  /** How text becomes numbers; BigQuery's other encodings are not supported yet. */
  CATEGORY_ENCODING_METHOD(
      new Kind.Word(
          List.of("one_hot_encoding"),
          List.of("dummy_encoding", "label_encoding", "target_encoding")),
      "one_hot_encoding",
      all()),
  /** Whether numbers are brought to mean 0 and standard deviation 1. */
  STANDARDIZE_FEATURES(new Kind.Flag(), "true", families(LINEAR, CLUSTER)),
  /** Whether PREDICT adds one {@code probability_<class>} column a class (sql.md). */
  PROBABILITIES(new Kind.Flag(), "false", classifiers()),

  /** Number of centroids. BigQuery's default is the logarithm of the rows; here 5. */
  NUM_CLUSTERS(Kind.whole(1, 1000), "5", families(CLUSTER), "k"),
  /** How the first centroids are chosen (k-means++: Arthur and Vassilvitskii 2007). */
  KMEANS_INIT_METHOD(
      new Kind.Word(List.of("kmeans++", "random"), List.of("custom")),
      "kmeans++",
      families(CLUSTER)),
  /** The distance; cosine is not supported yet. */
  DISTANCE_TYPE(
      new Kind.Word(List.of("euclidean"), List.of("cosine")), "euclidean", families(CLUSTER)),

  /**
   * Trees of a forest (default 100, as Tribuo's and scikit-learn's forests), or trees that a round
   * of boosting grows in parallel (default 1, XGBoost's).
   */
  NUM_PARALLEL_TREE(Kind.whole(1, 100_000), null, families(FOREST, BOOSTED)),
  /**
   * The deepest a tree grows. XGBoost's and BigQuery's default 6 for boosting, BigQuery's 15 for
   * forests, 6 for one tree.
   */
  MAX_TREE_DEPTH(Kind.whole(1, 64), null, families(TREE, FOREST, BOOSTED), "max_depth"),
  /** Smallest sum of weights in a child: XGBoost's {@code min_child_weight}. */
  MIN_TREE_CHILD_WEIGHT(
      Kind.real(0, Double.MAX_VALUE), "1", families(TREE, FOREST, BOOSTED), "min_child_weight"),
  /**
   * Smallest gain of a split: of boosted trees XGBoost's {@code gamma}, else by how much Gini's
   * impurity or the squared error, summed over the rows, falls.
   */
  MIN_SPLIT_LOSS(Kind.real(0, Double.MAX_VALUE), "0", families(TREE, FOREST, BOOSTED), "gamma"),
  /** Share of the rows that a tree sees; default 1, of forests 0.8 (BigQuery's). */
  SUBSAMPLE(Kind.positive(1), null, families(FOREST, BOOSTED)),
  /** Share of the features that a tree sees. */
  COLSAMPLE_BYTREE(Kind.positive(1), "1", families(FOREST, BOOSTED)),
  /** Share of the features that a level of a tree sees. */
  COLSAMPLE_BYLEVEL(Kind.positive(1), "1", families(FOREST, BOOSTED)),
  /** Share of the features that a node sees; default 1, of forests 0.8 (BigQuery's). */
  COLSAMPLE_BYNODE(Kind.positive(1), null, families(FOREST, BOOSTED)),
  /**
   * The way of finding splits. {@code exact} looks at every value, as {@code auto} does for one
   * tree; {@code hist} and {@code approx} at bins, as {@code auto} does else.
   */
  TREE_METHOD(
      new Kind.Word("auto", "exact", "approx", "hist"), "auto", families(TREE, FOREST, BOOSTED)),
  /** XGBoost's booster; dart is not supported yet. */
  BOOSTER_TYPE(
      new Kind.Word(List.of("gbtree"), List.of("dart")), "gbtree", families(FOREST, BOOSTED)),
  /** Global explanations are not supported yet; {@code FALSE} is accepted. */
  ENABLE_GLOBAL_EXPLAIN(new Kind.OnlyFalse(), "false", all());

  /** What values an option takes. */
  public sealed interface Kind {
    /** A whole number. */
    record Whole(long min, long max) implements Kind {}

    /** A real number; {@code open}: the minimum itself is not allowed. */
    record Real(double min, double max, boolean open) implements Kind {}

    /** TRUE or FALSE. */
    record Flag() implements Kind {}

    /** FALSE: TRUE asks for what is not there yet. */
    record OnlyFalse() implements Kind {}

    /** One of several words. */
    record Word(List<String> allowed, List<String> later) implements Kind {
      /** Copies the lists. */
      public Word {
        allowed = List.copyOf(allowed);
        later = List.copyOf(later);
      }

      Word(String... allowed) {
        this(List.of(allowed), List.of());
      }
    }

    /** Any text. */
    record Text() implements Kind {}

    /** The name of a column, or a list of one. */
    record Names() implements Kind {}

    /** Weights by class. */
    record Weights() implements Kind {}

    private static Kind whole(long min, long max) {
      return new Whole(min, max);
    }

    private static Kind real(double min, double max) {
      return new Real(min, max, false);
    }

    private static Kind positive(double max) {
      return new Real(0, max, true);
    }
  }

  private final Kind kind;
  private final @Nullable String fallback;
  private final Set<ModelType> types;
  private final List<String> synonyms;

  TrainingOption(Kind kind, @Nullable String fallback, Set<ModelType> types, String... synonyms) {
    this.kind = kind;
    this.fallback = fallback;
    this.types = types;
    this.synonyms = List.of(synonyms);
  }

  /** Returns the name in SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what values it takes. */
  public Kind kind() {
    return kind;
  }

  /** Returns the default as text; null if there is none or it depends on the model type. */
  public @Nullable String fallback() {
    return fallback;
  }

  /** Returns other names that mean the same. */
  public List<String> synonyms() {
    return synonyms;
  }

  /** Returns whether models of a type take it. */
  public boolean appliesTo(ModelType type) {
    return types.contains(type);
  }

  /** Returns the names of the options that models of a type take. */
  public static List<String> namesFor(ModelType type) {
    List<String> names = new ArrayList<>();
    for (TrainingOption option : values()) {
      if (option.appliesTo(type)) {
        names.add(option.word());
      }
    }
    return names;
  }

  private static Set<ModelType> all() {
    return EnumSet.allOf(ModelType.class);
  }

  private static Set<ModelType> supervised() {
    return EnumSet.complementOf(EnumSet.of(ModelType.KMEANS));
  }

  private static Set<ModelType> classifiers() {
    Set<ModelType> types = EnumSet.noneOf(ModelType.class);
    for (ModelType type : ModelType.values()) {
      if (type.goal() == ModelType.Goal.CLASSIFICATION) {
        types.add(type);
      }
    }
    return types;
  }

  private static Set<ModelType> families(Family... families) {
    Set<ModelType> types = EnumSet.noneOf(ModelType.class);
    for (ModelType type : ModelType.values()) {
      if (List.of(families).contains(type.family())) {
        types.add(type);
      }
    }
    return types;
  }

  private static Set<ModelType> types(ModelType first, ModelType... rest) {
    return EnumSet.of(first, rest);
  }
}
