package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.Dependent;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredColumn;
import dev.insitu.store.StoredColumns;
import dev.insitu.store.StoredFunction;
import dev.insitu.store.StoredFunctions;
import dev.insitu.store.StoredSchedule;
import dev.insitu.store.StoredSchedules;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a database belongs to a model: functions, kept columns, a schedule. Confined to the
 * thread of the caller's session.
 */
final class ModelObjects {
  private final Database database;
  private final NamedFunctions functions;
  private final PredictedColumns columns;
  private final StoreSession sessions;

  ModelObjects(Database database, Models models, StoreSession sessions) {
    this.database = database;
    this.functions = new NamedFunctions(database, models, sessions, Clock.systemUTC());
    this.columns = new PredictedColumns(database, models, sessions, Clock.systemUTC());
    this.sessions = sessions;
  }

  /** Writes kept columns again after the default version of the model, or an alias, is another. */
  void switched(ModelName model, Selector switched) throws SQLException {
    columns.refresh(model, switched);
  }

  /**
   * Refuses to drop what something asks.
   *
   * @throws MlException IN_USE
   */
  void requireUnused(Dropped dropped) throws SQLException {
    List<String> users = new ArrayList<>();
    for (StoredFunction function : functions.of(dropped)) {
      users.add("function " + function);
    }
    for (StoredColumn column : columns.of(dropped)) {
      users.add("column " + column);
    }
    if (dropped.isWhole() && StoredSchedules.of(sessions.control(), dropped.model()).isPresent()) {
      users.add("its schedule");
    }
    List<String> naming =
        database.dependents().orElse(List.of()).stream()
            .filter(object -> object.models().stream().anyMatch(text -> names(text, dropped)))
            .map(Dependent::toString)
            .toList();
    users.addAll(naming);
    if (!users.isEmpty()) {
      throw MlException.of(ErrorCode.IN_USE, described(dropped), String.join(", ", users))
          .withHint(hint(dropped, !naming.isEmpty()));
    }
  }

  private static String described(Dropped dropped) {
    String model = "model \"" + dropped.model() + "\"";
    Optional<Integer> version = dropped.version();
    return dropped.isWhole()
        ? model
        : version.isPresent()
            ? model + " version " + version.get()
            : "alias \"" + String.join(", ", dropped.aliases()) + "\" of " + model;
  }

  private static String hint(Dropped dropped, boolean named) {
    if (!dropped.isWhole() && dropped.version().isEmpty()) {
      return named
          ? "Drop or change what names it first, or move it: ALTER MODEL … SET ALIAS."
          : "DROP_FUNCTION and DEMATERIALIZE end that; ALTER MODEL … SET ALIAS moves it.";
    } else if (named) {
      return "DROP MODEL … CASCADE leaves what names the model, which fails until there is one of"
          + " that name again.";
    }
    return "DROP_FUNCTION, DEMATERIALIZE and UNSCHEDULE end that, DROP MODEL … CASCADE all of them.";
  }

  /** Whose schema a name without one means is known when it is read; it may be this one. */
  private boolean names(String text, Dropped dropped) {
    ModelReference named;
    try {
      named = ModelText.parse(text).resolve(database::fold);
    } catch (MlException e) {
      return false; // HELP('x y'): no model
    }
    return named.name().equals(dropped.model().name())
        && named.schema().filter(schema -> !schema.equals(dropped.model().schema())).isEmpty()
        && dropped.concerns(named.selector());
  }

  /**
   * What goes with a model.
   *
   * @param functions those that ask it
   * @param columns those that keep its predictions, and are ordinary ones afterwards
   * @param schedule the one that trains it
   */
  record Belongings(
      List<StoredFunction> functions,
      List<StoredColumn> columns,
      Optional<StoredSchedule> schedule) {
    /** Returns schema and name of each function. */
    List<List<String>> functionNames() {
      return functions.stream().map(f -> List.of(f.schema(), f.name())).toList();
    }

    /** Returns schema and name of each trigger. */
    List<List<String>> triggerNames() {
      return columns.stream()
          .flatMap(c -> PredictedColumns.triggers(c).stream().map(t -> List.of(c.schema(), t)))
          .toList();
    }
  }

  /**
   * Returns what goes with what is dropped.
   *
   * @throws MlException IN_USE if something calls one of the functions
   */
  Belongings belongings(Dropped dropped) throws SQLException {
    List<StoredFunction> asking = functions.of(dropped);
    for (StoredFunction function : asking) {
      functions.requireUnused(function);
    }
    return new Belongings(
        asking,
        columns.of(dropped),
        dropped.isWhole()
            ? StoredSchedules.of(sessions.control(), dropped.model())
            : Optional.empty());
  }

  /** Forgets what goes with a model, in the caller's transaction. */
  void forget(Belongings belongings) {
    for (StoredFunction function : belongings.functions()) {
      StoredFunctions.remove(sessions.user(), function.kind(), function.number());
    }
    for (StoredColumn column : belongings.columns()) {
      StoredColumns.remove(sessions.user(), column.id());
    }
    belongings
        .schedule()
        .ifPresent(schedule -> StoredSchedules.remove(sessions.user(), schedule.id()));
  }
}
