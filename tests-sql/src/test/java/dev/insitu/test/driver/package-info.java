/**
 * The two drivers beside each other. Long sequences of JDBC calls, each drawn from a seed, run on
 * H2's own driver and on ours over databases with the same content, and whatever comes back is
 * compared: values with their classes, rows, metadata, counts, warnings, errors, and which object
 * it is that comes back.
 */
@NullMarked
package dev.insitu.test.driver;

import org.jspecify.annotations.NullMarked;
