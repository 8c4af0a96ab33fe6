package dev.insitu.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that imports, predicts and drops, then predicts on and on, and says from time to time
 * how much memory it has: {@code ImportCycles CYCLES PREDICTIONS}.
 */
final class ImportCycles {
  /**
   * Trees in float32, text inputs, a vector, a fixed batch, a network, texts and numbers mixed,
   * tokens, pictures.
   */
  private static final List<String> KINDS =
      List.of(
          "random_forest_classifier",
          "text_tfidf",
          "pca",
          "fixed_batch",
          "torch_mlp",
          "columns_logistic",
          "text_transformer",
          "image_grey");

  private static final int PICTURES = 24;

  private static final int LOOKS = 10;

  private final PrintStream out;
  private final Statement statement;

  private ImportCycles(PrintStream out, Statement statement) {
    this.out = out;
    this.statement = statement;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int cycles = Integer.parseInt(arguments[0]);
    int predictions = Integer.parseInt(arguments[1]);
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement()) {
      ImportCycles work = new ImportCycles(out, statement);
      for (String kind : KINDS) {
        statement.execute(ImportedModelsTest.table(kind, pipeline(kind)));
      }
      work.cycles(cycles);
      work.predictions(predictions);
    }
  }

  private void cycles(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String kind = KINDS.get(i % KINDS.size());
      create("m", kind);
      predict("m", kind, 200);
      if (i % KINDS.size() == 0) {
        refused(
            "CREATE MODEL n FROM FILE 'tests-sql/onnx/hostile/endless_loop.onnx' OPTIONS (outputs = ARRAY['?'])");
        refused(
            "CREATE OR REPLACE MODEL m FROM FILE '"
                + file(kind)
                + "' OPTIONS (labels = ARRAY['a'])");
      }
      statement.execute("DROP MODEL m");
      look("cycles", i, count);
    }
  }

  private void predictions(int count) throws Exception {
    for (String kind : KINDS) {
      create(kind, kind);
    }
    int[] rows = {1, 200, 7, 64};
    for (int i = 0; i < count; i++) {
      String kind = KINDS.get(i % KINDS.size());
      predict(kind, kind, rows[i / KINDS.size() % rows.length]);
      if (i % 10 == 0) {
        refused(
            "SELECT * FROM PREDICT(MODEL => 'text_tfidf', DATA => (SELECT CAST(NULL AS VARCHAR) AS sentence))");
      }
      look("predictions", i, count);
    }
  }

  private void look(String what, int done, int count) throws Exception {
    int step = Math.max(1, count / LOOKS);
    if ((done + 1) % step == 0) {
      for (int i = 0; i < 3; i++) {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(20); // native memory goes after what holds it
      }
      out.println(what + " " + (done + 1) + " " + ProcessMemory.kilobytes("VmRSS:"));
    }
  }

  private void create(String model, String kind) throws Exception {
    statement.execute(
        "CREATE MODEL "
            + model
            + " FROM FILE '"
            + file(kind)
            + "'"
            + ImportedModelsTest.options(pipeline(kind)));
  }

  private void predict(String model, String kind, int rows) throws SQLException {
    try (ResultSet answers =
        statement.executeQuery(
            "SELECT * FROM PREDICT(MODEL => '"
                + model
                + "', DATA => (SELECT * FROM "
                + kind
                + " LIMIT "
                + rows
                + "))")) {
      int read = 0;
      while (answers.next()) {
        read++;
      }
      int wanted = kind.startsWith("image") ? Math.min(rows, PICTURES) : rows;
      if (read != wanted) {
        throw new AssertionError(kind + " answered " + read + " rows of " + rows);
      }
    }
  }

  private void refused(String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("ML")) {
        return;
      }
      throw new AssertionError(sql, e);
    }
    throw new AssertionError("not refused: " + sql);
  }

  private static Path file(String kind) {
    return ImportedModelsTest.FOLDER.resolve("models").resolve(kind).resolve("model.onnx");
  }

  private static JsonNode pipeline(String kind) throws Exception {
    return ImportedModelsTest.JSON.readTree(file(kind).resolveSibling("pipeline.json").toFile());
  }
}
