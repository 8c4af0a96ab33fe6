/**
 * The statements of Insitu as values, and the reader that makes them of SQL text.
 *
 * <p>{@link dev.insitu.calcite.ddl.StatementReader} cuts the input queries out of a text (they stay
 * verbatim, whatever dialect they are in), has the generated parser read the rest and gives a
 * sealed {@link dev.insitu.calcite.ddl.MlStatement} per statement. Names are not folded here and
 * nothing is looked up: that is the database's business. Read {@link
 * dev.insitu.calcite.ddl.MlStatement} first.
 */
@NullMarked
package dev.insitu.calcite.ddl;

import org.jspecify.annotations.NullMarked;
