package dev.insitu.train.prepare;

import dev.insitu.model.ColumnType.Form;

/**
 * One column of numbers of the prepared matrix.
 *
 * @param input position of the input in the signature
 * @param form the input's form
 * @param part what is taken of it
 * @param mean stands for NULL: mean of the finite training values
 * @param min stands for minus infinity: smallest finite training value
 * @param max stands for infinity: largest finite training value
 * @param center subtracted, 0 if not standardised
 * @param scale divided by, 1 if not standardised
 */
record NumberEncoding(
    int input,
    Form form,
    Part part,
    double mean,
    double min,
    double max,
    double center,
    double scale) {
  double encode(double raw) {
    double value = part.of(form, raw);
    if (Double.isNaN(value)) {
      value = mean;
    } else if (value == Double.POSITIVE_INFINITY) {
      value = max;
    } else if (value == Double.NEGATIVE_INFINITY) {
      value = min;
    }
    return (value - center) / scale;
  }
}
