package dev.insitu.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.function.OptionValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @ParameterizedTest
  @CsvSource({
    "1 day, P1D",
    "15 minutes, PT15M",
    "' 2  Hours ', PT2H",
    "30second, PT30S",
    "1 week, P7D",
    "999999 weeks, P6999993D"
  })
  void readsNumberAndUnit(String text, Duration duration) {
    assertThat(Interval.parse(text).orElseThrow().duration()).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "day", "0 days", "-1 day", "1.5 days", "1 month", "1 day 2 hours"})
  void readsNothingElse(String text) {
    assertThat(Interval.parse(text)).isEmpty();
  }

  @Test
  void whatWasMissedIsOneRun() {
    Instant planned = Instant.parse("2026-03-01T08:00:00Z");
    assertThat(Interval.next(planned, 60, planned.minusSeconds(1))).isEqualTo(planned);
    assertThat(Interval.next(planned, 60, planned)).isEqualTo(planned.plusSeconds(60));
    assertThat(Interval.next(planned, 60, planned.plusSeconds(59)))
        .isEqualTo(planned.plusSeconds(60));
    assertThat(Interval.next(planned, 60, planned.plusSeconds(605)))
        .isEqualTo(planned.plusSeconds(660));
  }

  @Test
  void optionsComeBackAsTheyWereWritten() {
    for (OptionValue value :
        List.of(
            new OptionValue.Text("it's, [a] text"),
            new OptionValue.Text(""),
            new OptionValue.Numeric(new BigDecimal("-1.5E-7")),
            new OptionValue.Numeric(new BigDecimal("100000")),
            new OptionValue.Truth(true),
            new OptionValue.Truth(false),
            new OptionValue.Items(List.of()),
            new OptionValue.Items(
                List.of(
                    new OptionValue.Text("a"),
                    new OptionValue.Items(List.of(new OptionValue.Truth(true))))),
            new OptionValue.Struct(
                List.of(
                    new OptionValue.Field("yes", new OptionValue.Numeric(BigDecimal.TEN)),
                    new OptionValue.Field("no", new OptionValue.Text("x")))))) {
      assertThat(OptionText.parse(value.toSql())).as(value.toSql()).hasValue(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'open", "[1, 2", "[1 2]", "NULL", "1x", "STRUCT(1 AS \"a\")"})
  void whatIsNoOptionIsNotTakenOver(String text) {
    assertThat(OptionText.parse(text)).isEmpty();
  }
}
