/**
 * How long one prediction takes: of a prepared statement, as the first of a process, and beside
 * those of other connections. Commands, not parts of the build.
 */
@NullMarked
package dev.insitu.test.latency;

import org.jspecify.annotations.NullMarked;
