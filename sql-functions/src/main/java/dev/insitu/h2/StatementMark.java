package dev.insitu.h2;

import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.value.ValueTimestampTimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Tells the execution of a statement from the next one of the session, to a function that H2 calls
 * row by row: the command, its transaction, what had been written in the database when it began,
 * and the session's settings. If all are the same, then nothing can have happened in between that
 * another execution would see. Between two rows of one execution the marks are equal, unless the
 * statement itself runs another one, which is taken for a new one. Confined to the thread of the
 * session.
 */
final class StatementMark {
  private final SessionLocal session;
  private @Nullable Command command;
  private long written = -1;
  private long transaction = -1;
  private int settings = -1;
  private int changes = -1;
  private @Nullable ValueTimestampTimeZone ended;

  StatementMark(SessionLocal session) {
    this.session = session;
  }

  /**
   * Returns whether the same execution is under way as when this was last asked for, and remembers
   * the one that is.
   *
   * @param changesNow how many changes the session has made to the models
   */
  boolean isSame(int changesNow) {
    Command commandNow = session.getCurrentCommand();
    // Rows of a lazy result are computed when their command has ended, until another one begins.
    long writtenNow = commandNow == null ? 0 : session.getStatementModificationDataId();
    // After a rollback nothing may have been written, and another snapshot is read.
    long transactionNow = commandNow == null ? 0 : session.getTransaction().getSequenceNum();
    int settingsNow = session.getModificationId();
    if (commandNow != null
        && commandNow == command
        && writtenNow == written
        && transactionNow == transaction
        && settingsNow == settings
        && changesNow == changes) {
      return true;
    }
    ValueTimestampTimeZone endedNow = commandNow == null ? session.getCommandStartOrEnd() : null;
    boolean same =
        commandNow == null
            && command == null
            && endedNow != null
            && endedNow.equals(ended)
            && settingsNow == settings
            && changesNow == changes;
    command = commandNow;
    written = writtenNow;
    transaction = transactionNow;
    settings = settingsNow;
    changes = changesNow;
    ended = endedNow;
    return same;
  }

  /** Forgets the execution: the next one is another, whichever it is. */
  void forget() {
    settings = -1;
  }
}
