/**
 * A statement gives the same with and without a prediction in it: cases as data ({@code
 * src/test/resources/differential}), run on the database's own driver and on ours.
 *
 * <p>Read {@link dev.insitu.test.differential.DifferentialTest} first.
 */
@NullMarked
package dev.insitu.test.differential;

import org.jspecify.annotations.NullMarked;
