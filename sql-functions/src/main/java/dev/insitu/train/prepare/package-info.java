/**
 * Preparation of features: fitted on the training rows, then part of the graph.
 *
 * <p>The prepared matrix has, in this order, (1) numbers: each NUMBER and BOOLEAN input and the
 * parts of each date or time, in the order of the inputs; (2) a missing indicator for each of these
 * inputs that had NULLs in training; (3) for each text input its one-hot columns, {@code __OTHER__}
 * and {@code __NULL__}; (4) for each long text a column per word. What was constant in training
 * gives no column, the input stays in the signature.
 *
 * <p><b>Numbers.</b> NULL becomes the mean of the finite training values. An infinity counts as the
 * largest or smallest finite value that training saw. Numbers and parts are then standardised
 * (population standard deviation) if the model wants it; booleans and indicators never are.
 *
 * <p><b>Dates and times.</b> DATE: the day number, year, month, day, day of week (Sunday 1). TIME:
 * microseconds, hour, minute. TIMESTAMP: microseconds, year, month, day, day of week, hour. The
 * calendar is the proleptic Gregorian one.
 *
 * <p><b>Text.</b> At most 100 distinct values: one-hot. More: the 100 most frequent, ties by code
 * point, and {@code __OTHER__}. A text not known: {@code __OTHER__} if there is one, else all
 * zeros. NULL: {@code __NULL__} if training saw one, else all zeros. Texts with a lone surrogate
 * cannot be written to a file and are never known.
 *
 * <p><b>Long text.</b> Over 100 distinct values and over 4 words on average (over the training rows
 * that are not NULL): a vocabulary. Words are lower case and cut at U+0020 ({@link
 * dev.insitu.train.Words}); the 500 that most training rows have, ties by code point, none that
 * only one row has. Their counts become tf-idf with rows of length 1, as in scikit-learn's {@code
 * TfidfVectorizer}. NULL: no words and {@code __NULL__} if training saw one; empty text: no words.
 * Lower-casing is done outside the graph, which names its inputs in {@value
 * dev.insitu.onnx.GraphBuilder#LOWER_CASE}. Where no word is left, or the column's name has a line
 * end, which that list cannot hold, it is text with many values.
 *
 * <p>Java and graph do the same float64 operations in the same order, so their prepared values are
 * equal bit for bit. Read {@link dev.insitu.train.prepare.Preparation} first.
 */
@NullMarked
package dev.insitu.train.prepare;

import org.jspecify.annotations.NullMarked;
