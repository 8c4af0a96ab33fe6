package dev.insitu.model;

/**
 * A binary classifier at one threshold; a row of {@code ML.ROC_CURVE}.
 *
 * @param threshold rows with at least this probability of the positive class are predicted positive
 * @param recall true positive rate
 * @param falsePositiveRate false positive rate
 * @param truePositives count
 * @param falsePositives count
 * @param trueNegatives count
 * @param falseNegatives count
 */
public record RocPoint(
    double threshold,
    double recall,
    double falsePositiveRate,
    long truePositives,
    long falsePositives,
    long trueNegatives,
    long falseNegatives) {}
