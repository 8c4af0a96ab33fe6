package dev.insitu.train.prepare;

import dev.insitu.model.ColumnType.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number that is taken from an input: the number itself or a part of a date or time. All are
 * float64; NaN in gives NaN out. Source of the calendar: H. Hinnant, chrono-Compatible Low-Level
 * Date Algorithms, {@code civil_from_days} (2013), with Floor for its divisions, so that days
 * before 1970 are right.
 */
enum Part {
  VALUE(null),
  YEAR("__YEAR__"),
  MONTH("__MONTH__"),
  DAY("__DAY__"),
  /** Sunday is 1, as in BigQuery's and H2's DAY_OF_WEEK. */
  DAY_OF_WEEK("__DAY_OF_WEEK__"),
  HOUR("__HOUR__"),
  MINUTE("__MINUTE__");

  static final double MICROS_PER_DAY = 86_400_000_000.0;
  static final double MICROS_PER_HOUR = 3_600_000_000.0;
  static final double MICROS_PER_MINUTE = 60_000_000.0;

  /** Days from 0000-03-01 to 1970-01-01. */
  static final double EPOCH_DAYS = 719_468;

  static final double DAYS_PER_ERA = 146_097;

  private final @Nullable String category;

  Part(@Nullable String category) {
    this.category = category;
  }

  @Nullable String category() {
    return category;
  }

  /** Returns the parts of an input of a form, in the order of the features. */
  static List<Part> of(Form form) {
    return switch (form) {
      case NUMBER, BOOLEAN -> List.of(VALUE);
      case DATE -> List.of(VALUE, YEAR, MONTH, DAY, DAY_OF_WEEK);
      case TIME -> List.of(VALUE, HOUR, MINUTE);
      case TIMESTAMP -> List.of(VALUE, YEAR, MONTH, DAY, DAY_OF_WEEK, HOUR);
      case TEXT, BYTES, VECTOR, NONE -> List.of();
    };
  }

  /** Returns the part of a raw value of a form. */
  double of(Form form, double raw) {
    if (this == VALUE) {
      return raw;
    }
    if (this == HOUR || this == MINUTE) {
      double time = raw - Math.floor(raw / MICROS_PER_DAY) * MICROS_PER_DAY;
      double hour = Math.floor(time / MICROS_PER_HOUR);
      return this == HOUR ? hour : Math.floor((time - hour * MICROS_PER_HOUR) / MICROS_PER_MINUTE);
    }
    double days = form == Form.TIMESTAMP ? Math.floor(raw / MICROS_PER_DAY) : raw;
    if (this == DAY_OF_WEEK) {
      double shifted = days + 4;
      return shifted - Math.floor(shifted / 7) * 7 + 1;
    }
    double z = days + EPOCH_DAYS;
    double era = Math.floor(z / DAYS_PER_ERA);
    double doe = z - era * DAYS_PER_ERA;
    double yoe =
        Math.floor(
            (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096))
                / 365);
    double doy = doe - (yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100));
    double mp = Math.floor((doy * 5 + 2) / 153);
    double late = Math.floor(mp / 10); // 1 in January and February, which end the shifted year
    return switch (this) {
      case YEAR -> yoe + era * 400 + late;
      case MONTH -> mp + 3 - late * 12;
      default -> doy - Math.floor((mp * 153 + 2) / 5) + 1;
    };
  }
}
