/**
 * Random statements over predictions, run with the planner on and off: what it leaves out of an
 * input, and what it moves into one, must not be seen in any result. May use the driver and JDBC.
 * Read {@link dev.insitu.test.planner.PlannerComparisonTest} first.
 */
@NullMarked
package dev.insitu.test.planner;

import org.jspecify.annotations.NullMarked;
