package dev.insitu.train;

import dev.insitu.model.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The fixtures made by {@code make_fixtures.py}. */
public final class MixedRows {
  private static final List<String> NAMES = List.of("X1", "X2", "FLAG", "T", "Y", "C2", "C3");

  private MixedRows() {}

  /** Returns the features and one label; {@code ""} for none. */
  public static Rows with(String label) {
    Rows rows =
        new Rows()
            .with("X1", ColumnType.DOUBLE)
            .with("X2", ColumnType.DOUBLE)
            .with("FLAG", ColumnType.BOOLEAN)
            .with("T", ColumnType.VARCHAR);
    int position = NAMES.indexOf(label);
    if (position >= 0) {
      rows.with("LABEL", label.equals("Y") ? ColumnType.DOUBLE : ColumnType.VARCHAR);
    }
    lines("mixed.csv")
        .skip(1)
        .forEach(
            line -> {
              String[] fields = line.split(",", -1);
              Object[] row = new Object[position >= 0 ? 5 : 4];
              row[0] = Double.valueOf(fields[0]);
              row[1] = fields[1].isEmpty() ? null : Double.valueOf(fields[1]);
              row[2] = fields[2].equals("1");
              row[3] = fields[3].isEmpty() ? null : fields[3];
              if (position >= 0) {
                row[4] = label.equals("Y") ? Double.valueOf(fields[4]) : fields[position];
              }
              rows.row(row);
            });
    return rows.ordered(true);
  }

  /** Returns by name the mean loss, then the first predictions. */
  public static Map<String, double[]> expected() {
    Map<String, double[]> expected = new LinkedHashMap<>();
    lines("expected.csv")
        .forEach(
            line -> {
              String[] fields = line.split(",");
              expected.put(
                  fields[0], Stream.of(fields).skip(1).mapToDouble(Double::parseDouble).toArray());
            });
    return expected;
  }

  private static Stream<String> lines(String file) {
    try (InputStream stream = MixedRows.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8)
          .lines();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
