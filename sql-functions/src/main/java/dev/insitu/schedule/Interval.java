package dev.insitu.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a schedule is due: {@code 1 day}, {@code 15 minutes}. A day is 24 hours, whatever the
 * clocks of a time zone do.
 *
 * @param text as the user wrote it
 * @param duration the same, at least a second
 */
record Interval(String text, Duration duration) {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*(\\d{1,6})\\s*(second|minute|hour|day|week)s?\\s*", Pattern.CASE_INSENSITIVE);

  /** Reads a text; empty if it is none. */
  static Optional<Interval> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    Duration unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "second" -> Duration.ofSeconds(1);
          case "minute" -> Duration.ofMinutes(1);
          case "hour" -> Duration.ofHours(1);
          case "day" -> Duration.ofDays(1);
          default -> Duration.ofDays(7);
        };
    return count == 0
        ? Optional.empty()
        : Optional.of(new Interval(text.strip(), unit.multipliedBy(count)));
  }

  /** Returns when it is due after a moment; what was missed meanwhile is one run, not many. */
  static Instant next(Instant planned, long everySeconds, Instant now) {
    if (now.isBefore(planned)) {
      return planned;
    }
    long missed = Duration.between(planned, now).toSeconds() / everySeconds;
    return planned.plusSeconds((missed + 1) * everySeconds);
  }
}
