/**
 * From SQL text to statements of ours, and from statements to plans that can be explained.
 *
 * <p>{@link dev.insitu.calcite.StatementReader} is the way in: it takes a text apart by its tokens,
 * so that whatever the database understands stays verbatim, and has Calcite's grammar with our
 * additions ({@code src/main/codegen}) read the rest. {@code dev.insitu.calcite.parser} is
 * generated.
 */
@NullMarked
package dev.insitu.calcite;

import org.jspecify.annotations.NullMarked;
