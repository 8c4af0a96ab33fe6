package dev.insitu.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The three standard streams, all UTF-8, and which of them are a terminal.
 *
 * @param width columns of the terminal; 0 if standard output is none
 */
record ShellStreams(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inTerminal,
    boolean outTerminal,
    boolean errTerminal,
    int width) {

  /**
   * Returns the streams of this process. The launcher says in the system property {@code
   * insitu.tty} which file descriptors are terminals ({@code 012}: all) and in {@code insitu.width}
   * how wide; without it the JDK's console decides.
   */
  static ShellStreams system() {
    String terminals = System.getProperty("insitu.tty", System.console() == null ? "" : "012");
    boolean outTerminal = terminals.contains("1");
    return new ShellStreams(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminals.contains("0"),
        outTerminal,
        terminals.contains("2"),
        outTerminal ? Math.max(0, Integer.getInteger("insitu.width", 0)) : 0);
  }

  ShellStreams withWidth(int columns) {
    return new ShellStreams(in, out, err, inTerminal, outTerminal, errTerminal, columns);
  }
}
