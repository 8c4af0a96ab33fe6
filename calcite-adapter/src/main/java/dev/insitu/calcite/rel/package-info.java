/**
 * Relational operators of Insitu: {@link dev.insitu.calcite.rel.LogicalPredict} adds typed
 * prediction columns to the rows of its input, order and number unchanged; {@link
 * dev.insitu.calcite.rel.Opaque} is a query that only the database reads.
 */
@NullMarked
package dev.insitu.calcite.rel;

import org.jspecify.annotations.NullMarked;
