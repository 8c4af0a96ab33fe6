package dev.insitu.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * What a user of H2 writes by hand: a function in Java that asks a model of Tribuo for each row.
 * The model is a forest, Tribuo's own trees; it boosts none without the native XGBoost, which takes
 * hundreds of microseconds for a single row.
 */
public final class TribuoAlias {
  private static final RegressionFactory FACTORY = new RegressionFactory();
  private static final Regressor UNKNOWN = FACTORY.getUnknownOutput();
  private static final int TREES = 100;
  private static final int DEPTH = 6;

  /** The model, read when the function is called first. */
  private static final class Holder {
    static final Model<Regressor> MODEL = load(Path.of(System.getProperty("peers.tribuo")));
  }

  private TribuoAlias() {}

  /** Predicts a row; called by H2. */
  public static double predict(double... values) {
    return Holder.MODEL
        .predict(new ArrayExample<>(UNKNOWN, names(values.length), values))
        .getOutput()
        .getValues()[0];
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "f" + i).toArray(String[]::new);
  }

  private static Model<Regressor> load(Path file) {
    try {
      return Model.deserializeFromFile(file).castModel(Regressor.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains the model if there is none: database, rows to train on, file. */
  public static void main(String[] arguments) throws SQLException, IOException {
    Path file = Path.of(arguments[2]);
    if (Files.exists(file)) {
      return;
    }
    List<Example<Regressor>> examples = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM training FETCH FIRST " + arguments[1] + " ROWS ONLY")) {
      int last = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        double[] values = new double[last - 1];
        for (int i = 0; i < values.length; i++) {
          values[i] = rows.getDouble(i + 1);
        }
        examples.add(
            new ArrayExample<>(
                new Regressor("y", rows.getDouble(last)), names(values.length), values));
      }
    }
    var data =
        new MutableDataset<>(
            examples, new SimpleDataSourceProvenance("the training table", FACTORY), FACTORY);
    var tree = new CARTRegressionTrainer(DEPTH, 1, 0, 0.5f, false, new MeanSquaredError(), 1);
    new RandomForestTrainer<>(tree, new AveragingCombiner(), TREES, 1)
        .train(data)
        .serializeToFile(file);
  }
}
