/**
 * The statements of Insitu as values.
 *
 * <p>{@link dev.insitu.calcite.ddl.MlStatement} is what {@code dev.insitu.calcite.StatementReader}
 * makes of a SQL text. Names are not folded here and nothing is looked up: that is the database's
 * business. Read {@link dev.insitu.calcite.ddl.MlStatement} first.
 */
@NullMarked
package dev.insitu.calcite.ddl;

import org.jspecify.annotations.NullMarked;
