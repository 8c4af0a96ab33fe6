/**
 * Scorers that have proved themselves: a version's stored rows are replayed before it may answer.
 *
 * <p>Uses {@code dev.insitu.score} and its engines. Read {@link dev.insitu.score.verify.Scorers}
 * first.
 */
@NullMarked
package dev.insitu.score.verify;

import org.jspecify.annotations.NullMarked;
