/**
 * What the planner does to a query with predictions: the rules that move conditions below a
 * prediction and leave out model inputs without effect, and the trimming of columns that nobody
 * asks for. No rule changes the row type of a plan or its number of rows. Read {@link
 * dev.insitu.calcite.rule.PredictRules} first.
 */
@NullMarked
package dev.insitu.calcite.rule;

import org.jspecify.annotations.NullMarked;
