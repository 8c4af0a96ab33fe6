/**
 * Models that others made, brought into the database: {@code CREATE MODEL … FROM}.
 *
 * <p>What a graph declares is a hint, so an import runs the graph on a few rows and believes what
 * it sees. The result is a version like any other: signature, task, the file as it was given, and
 * the binding ({@link dev.insitu.score.binding.GraphBinding}) by which it is fed and read. Read
 * {@link dev.insitu.imported.ModelImport} first.
 */
@NullMarked
package dev.insitu.imported;

import org.jspecify.annotations.NullMarked;
