/**
 * Conditions of the user's text that may move: a closed class of predicates that cannot fail and
 * have no effect, kept as the user wrote them. The planner says where one may stand; what it means
 * stays the database's business. May use the statement's pieces and the column types of the
 * vocabulary. Read {@link dev.insitu.calcite.condition.Condition} first.
 */
@NullMarked
package dev.insitu.calcite.condition;

import org.jspecify.annotations.NullMarked;
