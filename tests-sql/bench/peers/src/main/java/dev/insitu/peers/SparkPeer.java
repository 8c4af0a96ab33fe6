package dev.insitu.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Spark MLlib in one process: reads the table over JDBC, a partition for each of its threads, and
 * predicts by 100 boosted trees of depth 6 of its own. Arguments: URL of the database, threads, rows
 * of the table, rows to train on, folder of the model, which is trained if it is not there.
 */
final class SparkPeer extends Peer {
  private static final int COLUMNS = 28;

  private final SparkSession spark;
  private final String url;
  private final int threads;
  private final long rows;
  private final VectorAssembler assembler =
      new VectorAssembler()
          .setInputCols(
              IntStream.range(0, COLUMNS).mapToObj(i -> "F" + i).toArray(String[]::new))
          .setOutputCol("features");

  private GBTRegressionModel model;

  private SparkPeer(SparkSession spark, String url, int threads, long rows) {
    this.spark = spark;
    this.url = url;
    this.threads = threads;
    this.rows = rows;
  }

  /** Trains or reads the model, and answers. */
  public static void main(String[] arguments) throws Exception {
    var out = out();
    int threads = Integer.parseInt(arguments[1]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + threads + "]")
            .appName("peers")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    SparkPeer peer = new SparkPeer(spark, arguments[0], threads, Long.parseLong(arguments[2]));
    peer.learn(Integer.parseInt(arguments[3]), Path.of(arguments[4]));
    peer.serve(out);
    spark.stop();
  }

  private void learn(int count, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Dataset<Row> training =
          assembler
              .transform(spark.read().jdbc(url, "TRAINING", properties()).limit(count))
              .select("features", "Y")
              .repartition(threads)
              .cache();
      new GBTRegressor()
          .setLabelCol("Y")
          .setMaxIter(100)
          .setMaxDepth(6)
          .setSeed(1)
          .fit(training)
          .save(folder.toString());
      training.unpersist();
    }
    model = GBTRegressionModel.load(folder.toString());
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", "sa");
    properties.setProperty("password", "");
    properties.setProperty("driver", "org.h2.Driver");
    properties.setProperty("fetchsize", "10000");
    return properties;
  }

  @Override
  Answers run(String way) {
    Dataset<Row> points =
        spark.read().jdbc(url, "POINTS", "ID", 1, rows + 1, threads, properties());
    Dataset<Row> predicted =
        model.transform(assembler.transform(points)).select("ID", "prediction");
    Answers answers = new Answers();
    if (way.endsWith("avg")) {
      answers.add(predicted.agg(functions.avg("prediction")).head().getDouble(0));
    } else {
      predicted.collectAsList().forEach(row -> answers.add(row.getDouble(1)));
    }
    return answers;
  }
}
