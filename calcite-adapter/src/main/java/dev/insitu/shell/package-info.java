/**
 * The everyday SQL shell and the main class of the driver jar.
 *
 * <p>Reads SQL from the terminal, a file, an argument or standard input, sends statement after
 * statement through plain JDBC and prints what comes back as a table, CSV or JSON. Knows nothing of
 * models: whatever the driver of the URL answers, the shell shows. Line editing, history and the
 * width of characters come from JLine, the command line from picocli, JSON from Jackson. Read
 * {@link dev.insitu.shell.ShellCommand} first, then {@link dev.insitu.shell.StatementRunner}.
 */
@NullMarked
package dev.insitu.shell;

import org.jspecify.annotations.NullMarked;
