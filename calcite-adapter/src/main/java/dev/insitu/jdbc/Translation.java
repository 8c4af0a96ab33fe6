package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.h2.PredictionSession;
import dev.insitu.jdbc.text.NestedQueries;
import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of ours as it can be run: either a text for the database together with what the text
 * refers to, or a command that we run ourselves. Confined to the session's thread.
 */
final class Translation implements AutoCloseable {
  /** Work that returns no rows: {@code CREATE MODEL}. */
  interface Command {
    void run(List<@Nullable Object> parameters, Progress progress) throws SQLException;
  }

  private final @Nullable SqlText text;
  private final @Nullable Command command;
  private final boolean streamable;
  private final boolean elsewhere;
  private final List<StatementPart> parts;
  private final List<UsedModel> models;
  private @Nullable Boolean readOnce;
  private @Nullable Boolean mostOneRow;
  private boolean executed;

  private Translation(
      @Nullable SqlText text,
      @Nullable Command command,
      boolean streamable,
      boolean elsewhere,
      List<StatementPart> parts,
      List<UsedModel> models) {
    this.text = text;
    this.command = command;
    this.streamable = streamable;
    this.elsewhere = elsewhere;
    this.parts = List.copyOf(parts);
    this.models = List.copyOf(models);
  }

  /**
   * Returns a translation to a text.
   *
   * @param streamable whether its rows may be computed while the caller reads them
   * @param elsewhere whether it runs on another connection than the caller's
   */
  static Translation of(
      SqlText text,
      boolean streamable,
      boolean elsewhere,
      List<StatementPart> parts,
      List<UsedModel> models) {
    return new Translation(text, null, streamable, elsewhere, parts, models);
  }

  /** Returns a translation to a command. */
  static Translation of(Command command, List<StatementPart> parts, List<UsedModel> models) {
    return new Translation(null, command, false, false, parts, models);
  }

  /** Returns the text for the database, null for a command. */
  @Nullable SqlText text() {
    return text;
  }

  /**
   * Returns whether the rows of the execution that has begun are to be computed while the caller
   * reads them. One row is not; whether there can be more is looked into at the second execution.
   */
  boolean streams(PredictionSession database) throws SQLException {
    if (!streamable || text == null) {
      return false;
    }
    if (executed && mostOneRow == null) {
      mostOneRow = database.isMostOneRow(text.sql());
    }
    executed = true;
    return mostOneRow == null || !mostOneRow;
  }

  /** Returns whether every query in the text is read at most once. */
  boolean readsOnce() {
    Boolean known = readOnce;
    if (known == null) {
      known = text != null && NestedQueries.areReadOnce(text.sql());
      readOnce = known;
    }
    return known;
  }

  boolean elsewhere() {
    return elsewhere;
  }

  /** Returns whether every model that it names is still the version that it was made with. */
  boolean isCurrent() {
    return models.stream().allMatch(UsedModel::isCurrent);
  }

  /** Makes all parts ready for an execution. */
  void begin(List<@Nullable Object> parameters, Progress progress) throws SQLException {
    boolean done = false;
    try {
      for (StatementPart part : parts) {
        part.begin(parameters, progress);
      }
      done = true;
    } finally {
      if (!done) {
        end();
      }
    }
  }

  /** Runs the command. */
  void run(List<@Nullable Object> parameters, Progress progress) throws SQLException {
    if (command == null) {
      throw new IllegalStateException("a text is run by the database");
    }
    begin(parameters, progress);
    try {
      command.run(parameters, progress);
    } finally {
      end();
    }
  }

  /** Ends the execution. */
  void end() {
    forEach(StatementPart::end);
  }

  @Override
  public void close() {
    forEach(StatementPart::close);
  }

  /** Works through all parts, the last first, whatever one of them throws. */
  private void forEach(java.util.function.Consumer<StatementPart> action) {
    RuntimeException first = null;
    List<StatementPart> reversed = new ArrayList<>(parts);
    java.util.Collections.reverse(reversed);
    for (StatementPart part : reversed) {
      try {
        action.accept(part);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
