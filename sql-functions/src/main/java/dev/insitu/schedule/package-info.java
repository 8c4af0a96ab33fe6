/**
 * Models that are trained again and again: what a schedule says, when it is due, and the timer of
 * the process that looks. Knows no database but through {@link
 * dev.insitu.schedule.ScheduledDatabase}. Read {@link dev.insitu.schedule.Scheduler} first.
 */
@NullMarked
package dev.insitu.schedule;

import org.jspecify.annotations.NullMarked;
