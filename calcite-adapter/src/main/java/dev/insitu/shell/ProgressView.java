package dev.insitu.shell;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * One line on the terminal while a statement runs: a bar where the driver says how far it is, else
 * the seconds that passed. Gone without a trace when the statement ends. {@code view::step} is a
 * listener of the driver's progress. Thread-safe.
 */
final class ProgressView {
  private static final int BAR = 30;
  private static final long QUIET_MILLIS = 700;
  private static final long REPAINT_MILLIS = 200;

  private final PrintStream terminal;
  private final boolean enabled;
  private @Nullable Timer timer;
  private long started;
  private String phase = "";
  private long done;
  private long total = -1;
  private int painted;

  /** Shows nothing unless enabled. */
  ProgressView(PrintStream terminal, boolean enabled) {
    this.terminal = terminal;
    this.enabled = enabled;
  }

  /** Begins a statement; the line appears when it takes longer than a moment. */
  synchronized void begin() {
    end();
    started = System.nanoTime();
    phase = "";
    total = -1;
    if (!enabled) {
      return;
    }
    timer = new Timer("insitu-progress", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            paint();
          }
        },
        QUIET_MILLIS,
        REPAINT_MILLIS);
  }

  /** Ends a statement and wipes the line, and the ^C that a terminal may have added. */
  synchronized void end() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (painted > 0) {
      terminal.print("\r" + " ".repeat(painted + 2) + "\r");
      terminal.flush();
      painted = 0;
    }
  }

  /**
   * Notes a step.
   *
   * @param name what is being done
   * @param steps how far
   * @param of out of how many, negative if that is not known
   */
  synchronized void step(String name, long steps, long of) {
    phase = name;
    done = steps;
    total = of;
  }

  private synchronized void paint() {
    if (timer == null) {
      return; // the statement has just ended
    }
    String line = line((System.nanoTime() - started) / 1e9);
    terminal.print("\r" + line + " ".repeat(Math.max(0, painted - line.length())));
    terminal.flush();
    painted = Math.max(painted, line.length());
  }

  synchronized String line(double seconds) {
    StringBuilder line = new StringBuilder();
    if (total > 0) {
      int filled = (int) (BAR * Math.max(0, Math.min(done, total)) / total);
      line.append('[').append("#".repeat(filled)).append(" ".repeat(BAR - filled)).append("] ");
      line.append(100 * Math.max(0, Math.min(done, total)) / total).append(" % ");
    }
    line.append(phase.isEmpty() ? "running" : phase);
    if (total <= 0 && !phase.isEmpty() && done > 0) {
      line.append(String.format(Locale.ROOT, " %,d", done));
    }
    return line.append(String.format(Locale.ROOT, ", %.0f s", seconds)).toString();
  }
}
