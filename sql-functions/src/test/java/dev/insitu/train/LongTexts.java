package dev.insitu.train;

import dev.insitu.model.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The fixtures made by {@code make_long_text.py}. */
public final class LongTexts {
  private LongTexts() {}

  /**
   * What scikit-learn gives for a row.
   *
   * @param probabilities of "no" and "yes"
   * @param values the tf-idf values that are not 0, by position of the word
   */
  public record Expected(double[] probabilities, Map<Integer, Double> values) {}

  /** Returns the texts and their label. */
  public static Rows rows() {
    Rows rows = new Rows().with("TEXT", ColumnType.VARCHAR).with("LABEL", ColumnType.VARCHAR);
    for (String line : lines("long_text.tsv")) {
      String[] fields = line.split("\t", -1);
      rows.row(fields[0].equals("\\N") ? null : fields[0], fields[1]);
    }
    return rows.ordered(true);
  }

  /** Returns the words that scikit-learn kept. */
  public static List<String> words() {
    return List.of(lines("long_text_expected.txt").get(0).split(" "));
  }

  /** Returns scikit-learn's answers, one a row. */
  public static List<Expected> expected() {
    return lines("long_text_expected.txt").stream().skip(1).map(LongTexts::expected).toList();
  }

  private static Expected expected(String line) {
    String[] fields = line.split(" ");
    Map<Integer, Double> values = new TreeMap<>();
    for (String entry : Arrays.asList(fields).subList(2, fields.length)) {
      int colon = entry.indexOf(':');
      values.put(
          Integer.valueOf(entry.substring(0, colon)), Double.valueOf(entry.substring(colon + 1)));
    }
    return new Expected(
        new double[] {Double.parseDouble(fields[0]), Double.parseDouble(fields[1])}, values);
  }

  private static List<String> lines(String file) {
    try (InputStream stream = LongTexts.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
