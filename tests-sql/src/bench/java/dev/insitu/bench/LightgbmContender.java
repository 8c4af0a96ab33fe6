package dev.insitu.bench;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.insitu.score.FeatureBatch;
import dev.insitu.test.kernel.Contender;
import dev.insitu.test.kernel.RandomForest;
import dev.insitu.test.kernel.RandomForest.Tree;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** LightGBM over a matrix that was made before the clock starts; one thread. */
final class LightgbmContender implements Contender {
  /** {@code <=}, and NaN is a number like others: to the right. */
  private static final String LESS_OR_EQUAL = "8";

  private final LGBMBooster booster;
  private final List<float[]> matrices;
  private final int rows;
  private final int columns;
  private double[] found = new double[0];

  LightgbmContender(RandomForest forest, List<FeatureBatch> batches) throws LGBMException {
    this.columns = forest.features();
    this.rows = batches.get(0).rows();
    this.matrices = batches.stream().map(b -> BoostingRivals.matrix(b, columns)).toList();
    this.booster = LGBMBooster.loadModelFromString(text(forest));
  }

  private static String text(RandomForest forest) {
    List<String> trees = new ArrayList<>();
    for (int i = 0; i < forest.trees().size(); i++) {
      trees.add(tree(forest.trees().get(i), i));
    }
    String sizes =
        trees.stream()
            .map(tree -> Integer.toString(tree.length()))
            .collect(Collectors.joining(" "));
    return "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n"
        + "max_feature_idx="
        + (forest.features() - 1)
        + "\nobjective=regression\nfeature_names="
        + list(forest.features(), i -> "f" + i)
        + "\nfeature_infos="
        + list(forest.features(), i -> "[-10:10]")
        + "\ntree_sizes="
        + sizes
        + "\n\n"
        + String.join("", trees)
        + "end of trees\n\nparameters:\nend of parameters\n\npandas_categorical:null\n";
  }

  private static String tree(Tree tree, int number) {
    int splits = tree.feature().length;
    int leaves = tree.leaf().length;
    return "Tree="
        + number
        + "\nnum_leaves="
        + leaves
        + "\nnum_cat=0\nsplit_feature="
        + list(splits, i -> Integer.toString(tree.feature()[i]))
        + "\nsplit_gain="
        + list(splits, i -> "1")
        + "\nthreshold="
        + list(splits, i -> Double.toString(tree.threshold()[i]))
        + "\ndecision_type="
        + list(splits, i -> LESS_OR_EQUAL)
        + "\nleft_child="
        + list(splits, i -> Integer.toString(tree.left()[i]))
        + "\nright_child="
        + list(splits, i -> Integer.toString(tree.right()[i]))
        + "\nleaf_value="
        + list(leaves, i -> Double.toString(tree.leaf()[i]))
        + "\nleaf_weight="
        + list(leaves, i -> "1")
        + "\nleaf_count="
        + list(leaves, i -> "1")
        + "\ninternal_value="
        + list(splits, i -> "0")
        + "\ninternal_weight="
        + list(splits, i -> "1")
        + "\ninternal_count="
        + list(splits, i -> "1")
        + "\nis_linear=0\nshrinkage=1\n\n\n";
  }

  private static String list(int count, IntFunction<String> value) {
    return IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(" "));
  }

  @Override
  public String name() {
    return "LightGBM 4.3.0, matrix made before";
  }

  @Override
  public void run(int batch) {
    try {
      found =
          booster.predictForMat(
              matrices.get(batch),
              rows,
              columns,
              true,
              PredictionType.C_API_PREDICT_RAW_SCORE,
              "num_threads=1");
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public double[] scores() {
    return found;
  }

  @Override
  public void close() {
    try {
      booster.close();
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }
}
