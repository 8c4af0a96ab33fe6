package dev.insitu.calcite.ddl;

import org.jspecify.annotations.Nullable;

/**
 * What the reader cut out before the parser sees a text, to be put into what the parser makes.
 *
 * @param function the table function, null for a statement
 * @param query the query that {@code ?} stands for in the parsed text, null if there is none
 * @param range where the call or statement stands
 * @param sql the statement as written
 */
public record CallSource(
    @Nullable TableFunction function, @Nullable SqlTemplate query, TextRange range, String sql) {}
