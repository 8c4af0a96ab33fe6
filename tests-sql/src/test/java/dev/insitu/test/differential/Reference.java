package dev.insitu.test.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The same statement without predictions: {@code PREDICT(MODEL => 'm', DATA => q)} becomes {@code
 * (SELECT q_.*, REFERENCE_CLASS(q_.a, q_.b) AS predicted_lab, … FROM q q_)} and {@code
 * PREDICTION('m', x, y)} becomes {@code CAST(REFERENCE_CLASS(x, y) AS VARCHAR(5))}, where the
 * functions are aliases of H2 that ask a database of their own what the model says of one row.
 */
public final class Reference {
  /** Makes the model M of every database of the cases. */
  static final String MODEL =
      "CREATE MODEL m OPTIONS (model_type = 'logistic_reg', input_label_cols = ['lab'],"
          + " data_split_method = 'no_split') AS SELECT a, b, lab FROM train";

  private static final String CLASS = "CAST(REFERENCE_CLASS(%s) AS VARCHAR(5))";
  private static final String PROBABILITY = "REFERENCE_PROBABILITY(%s)";
  private static final Map<String, Score> SCORES = new ConcurrentHashMap<>();
  private static @Nullable Connection source;

  private record Score(String label, double ofLabel, double ofYes) {}

  private Reference() {}

  /** Opens the database that answers for the model; to be closed by the caller. */
  static synchronized AutoCloseable open() throws SQLException {
    Connection opened = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    try (java.sql.Statement statement = opened.createStatement()) {
      statement.execute("RUNSCRIPT FROM 'classpath:/differential/setup.sql'");
      statement.execute(MODEL);
    }
    source = opened;
    return opened;
  }

  /** Makes the functions in a database of H2. */
  static void install(java.sql.Statement statement) throws SQLException {
    for (String function : List.of("class", "certainty", "probability")) {
      statement.execute(
          "CREATE ALIAS reference_"
              + function
              + " DETERMINISTIC FOR '"
              + Reference.class.getName()
              + ".of"
              + Character.toUpperCase(function.charAt(0))
              + function.substring(1)
              + "'");
    }
  }

  /** Returns the predicted class of a row; H2 calls it. */
  public static String ofClass(@Nullable Double a, @Nullable Double b) throws SQLException {
    return score(a, b).label();
  }

  /** Returns the probability of the predicted class; H2 calls it. */
  public static double ofCertainty(@Nullable Double a, @Nullable Double b) throws SQLException {
    return score(a, b).ofLabel();
  }

  /** Returns the probability of {@code yes}; H2 calls it. */
  public static double ofProbability(@Nullable Double a, @Nullable Double b) throws SQLException {
    return score(a, b).ofYes();
  }

  /** Returns a statement's text without predictions. */
  static String of(String sql) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Call call = Call.next(sql, 0); call != null; call = Call.next(sql, call.end())) {
      text.append(sql, done, call.start()).append(replacement(call));
      done = call.end();
    }
    return text.append(sql.substring(done)).toString();
  }

  private static String replacement(Call call) {
    List<String> arguments = call.arguments();
    if (call.name().equals("PREDICTION")) {
      return CLASS.formatted(of(inputs(arguments, 1)));
    } else if (call.name().equals("PREDICTION_PROBABILITY")) {
      return PROBABILITY.formatted(of(inputs(arguments, 2)));
    }
    String data = of(call.data());
    return "(SELECT q_.*, "
        + CLASS.formatted("q_.a, q_.b")
        + " AS predicted_lab, REFERENCE_CERTAINTY(q_.a, q_.b) AS predicted_lab_probability FROM "
        + (data.startsWith("TABLE ") ? data.substring("TABLE ".length()) : data)
        + " q_)";
  }

  private static String inputs(List<String> arguments, int from) {
    return String.join(", ", arguments.subList(from, arguments.size()));
  }

  private static synchronized Score score(@Nullable Double a, @Nullable Double b)
      throws SQLException {
    Score known = SCORES.get(a + " " + b);
    return known == null ? ask(a, b) : known;
  }

  private static Score ask(@Nullable Double a, @Nullable Double b) throws SQLException {
    Connection connection = source;
    if (connection == null) {
      throw new IllegalStateException("Reference.open() comes first");
    }
    String sql =
        "SELECT predicted_lab, predicted_lab_probability, PREDICTION_PROBABILITY('m', 'yes', a, b)"
            + " FROM PREDICT(MODEL => 'm', DATA => (SELECT CAST(? AS DOUBLE PRECISION) AS a,"
            + " CAST(? AS DOUBLE PRECISION) AS b))";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, a);
      statement.setObject(2, b);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Score score = new Score(row.getString(1), row.getDouble(2), row.getDouble(3));
        SCORES.put(a + " " + b, score);
        return score;
      }
    }
  }

  /** Returns the text with inputs that count how often they are read: see {@link Scans}. */
  static String counted(String sql) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    int number = 0;
    for (Call call = Call.next(sql, 0); call != null; call = Call.next(sql, call.end())) {
      if (call.isTable()) {
        String data = call.data();
        String query =
            data.startsWith("TABLE ") ? "(SELECT * FROM " + data.substring(6) + ")" : data;
        String source = sql.substring(call.start(), call.end());
        String counting =
            "(SELECT q_.* FROM " + query + " q_ WHERE SCANNED(" + number + ", ROWNUM()))";
        text.append(sql, done, call.start()).append(source.replace(data, counting));
        done = call.end();
        number++;
      }
    }
    return text.append(sql.substring(done)).toString();
  }

  /** A call in a text of the cases, which writes the functions' names in upper case. */
  record Call(String name, int start, int end, List<String> arguments) {
    private static final List<String> NAMES =
        List.of("PREDICT(", "ML.PREDICT(", "PREDICTION(", "PREDICTION_PROBABILITY(");

    boolean isTable() {
      return name.endsWith("PREDICT");
    }

    String data() {
      return arguments.get(1).replaceFirst("^DATA =>\\s+", "");
    }

    static @Nullable Call next(String sql, int from) {
      for (int i = from; i < sql.length(); i++) {
        int skipped = skip(sql, i);
        if (skipped > i) {
          i = skipped;
        } else if (i == 0 || !Character.isJavaIdentifierPart(sql.charAt(i - 1))) {
          for (String name : NAMES) {
            if (sql.startsWith(name, i)) {
              return read(sql, name.substring(0, name.length() - 1), i);
            }
          }
        }
      }
      return null;
    }

    /** Returns the last character of the string or comment that begins here, else this one. */
    private static int skip(String sql, int i) {
      if (sql.charAt(i) == '\'') {
        return sql.indexOf('\'', i + 1);
      } else if (sql.startsWith("/*", i)) {
        return sql.indexOf("*/", i) + 1;
      }
      return sql.startsWith("--", i) ? sql.indexOf('\n', i) : i;
    }

    private static Call read(String sql, String name, int start) {
      List<String> arguments = new ArrayList<>();
      int depth = 0;
      int begin = start + name.length() + 1;
      for (int i = begin; ; i++) {
        i = skip(sql, i);
        char c = sql.charAt(i);
        if (c == '(' || c == '[') {
          depth++;
        } else if (depth == 0 && (c == ',' || c == ')')) {
          arguments.add(sql.substring(begin, i).strip());
          begin = i + 1;
          if (c == ')') {
            return new Call(name, start, i + 1, arguments);
          }
        } else if (c == ')' || c == ']') {
          depth--;
        }
      }
    }
  }
}
