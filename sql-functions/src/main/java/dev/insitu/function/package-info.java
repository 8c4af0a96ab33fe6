/**
 * The seam between models and a database: the port {@link dev.insitu.function.Database} with the
 * queries of the caller, and the values that statements and operations hand to one another.
 *
 * <p>Uses the vocabulary and {@code dev.insitu.score}. Read {@link dev.insitu.function.Database}
 * first.
 */
@NullMarked
package dev.insitu.function;

import org.jspecify.annotations.NullMarked;
