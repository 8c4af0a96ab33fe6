package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed data files hold what {@code data/SOURCE.md} says, read by H2 alone. */
class RealDataTest {
  private static final String FLIGHTS = "zip:tests-sql/data/nycflights13.zip!/";

  private static List<Long> counts(String file, String columns) throws SQLException {
    try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = h2.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT " + columns + " FROM CSVREAD('" + file + "')")) {
      row.next();
      List<Long> counts = new ArrayList<>();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        counts.add(row.getLong(i));
      }
      return counts;
    }
  }

  @Test
  void flightsAreComplete() throws SQLException {
    assertThat(
            counts(
                FLIGHTS + "flights.csv",
                "COUNT(*), COUNT(tailnum), COUNT(arr_delay), COUNT(dep_time), COUNT(arr_time)"))
        .containsExactly(336776L, 336776L - 2512, 336776L - 9430, 336776L - 8255, 336776L - 8713);
  }

  @Test
  void weatherIsComplete() throws SQLException {
    assertThat(
            counts(
                FLIGHTS + "weather.csv",
                "COUNT(*), COUNT(wind_gust), COUNT(pressure), COUNT(wind_dir), COUNT(temp),"
                    + " COUNT(DISTINCT origin || time_hour)"))
        .containsExactly(26115L, 26115L - 20778, 26115L - 2729, 26115L - 460, 26114L, 26115L);
  }

  @Test
  void planesAirportsAndAirlinesAreComplete() throws SQLException {
    assertThat(
            counts(
                FLIGHTS + "planes.csv",
                "COUNT(*), COUNT(\"YEAR\"), COUNT(speed), COUNT(DISTINCT tailnum)"))
        .containsExactly(3322L, 3252L, 23L, 3322L);
    assertThat(counts(FLIGHTS + "airports.csv", "COUNT(*), COUNT(tzone)"))
        .containsExactly(1458L, 1455L);
    assertThat(counts(FLIGHTS + "airlines.csv", "COUNT(*), COUNT(name)")).containsExactly(16L, 16L);
  }

  @Test
  void penguinsAreComplete() throws SQLException {
    assertThat(
            counts(
                "zip:tests-sql/data/penguins.zip!/penguins.csv",
                "COUNT(*), COUNT(sex), COUNT(bill_length_mm)"))
        .containsExactly(344L, 333L, 342L);
  }

  @Test
  void dataStaySmall() throws Exception {
    assertThat(Files.size(Path.of("tests-sql/data", "nycflights13.zip"))).isLessThan(9_000_000);
  }
}
