package dev.insitu.store.schema;

/**
 * A numbered step from one format of the store to the next.
 *
 * @param number the format that it makes, from 1
 * @param title what it brings, for the history in {@code STORED_MIGRATIONS}
 * @param script its statements; each may run again when the step was interrupted
 */
record Migration(int number, String title, SqlScript script) {}
