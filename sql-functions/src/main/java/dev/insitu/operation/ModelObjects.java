package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.Dependent;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
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

  /** Writes kept columns again after the model has another default version. */
  void switched(ModelName model) throws SQLException {
    columns.refresh(model);
  }

  /**
   * Refuses to drop what something asks.
   *
   * @param version the version that is to go; empty: the model
   * @throws MlException IN_USE
   */
  void requireUnused(ModelName model, Optional<Integer> version) throws SQLException {
    List<String> users = new ArrayList<>();
    for (StoredFunction function : functions.of(model, version)) {
      users.add("function " + function);
    }
    for (StoredColumn column : columns.of(model, version)) {
      users.add("column " + column);
    }
    if (version.isEmpty() && StoredSchedules.of(sessions.control(), model).isPresent()) {
      users.add("its schedule");
    }
    List<String> naming =
        database.dependents().orElse(List.of()).stream()
            .filter(object -> object.models().stream().anyMatch(t -> names(t, model, version)))
            .map(Dependent::toString)
            .toList();
    users.addAll(naming);
    if (!users.isEmpty()) {
      throw MlException.of(
              ErrorCode.IN_USE,
              "model \"" + model + "\"" + version.map(v -> " version " + v).orElse(""),
              String.join(", ", users))
          .withHint(
              naming.isEmpty()
                  ? "DROP_FUNCTION, DEMATERIALIZE and UNSCHEDULE end that, DROP MODEL … CASCADE all"
                      + " of them."
                  : "DROP MODEL … CASCADE leaves what names the model, which fails until there is"
                      + " one of that name again.");
    }
  }

  /** Whose schema a name without one means is known when it is read; it may be this one. */
  private boolean names(String text, ModelName model, Optional<Integer> version) {
    ModelText named;
    try {
      named = ModelText.parse(text);
    } catch (MlException e) {
      return false; // HELP('x y'): no model
    }
    List<String> parts = named.parts().stream().map(database::fold).toList();
    return parts.get(parts.size() - 1).equals(model.name())
        && (parts.size() == 1 || parts.get(0).equals(model.schema()))
        && (version.isEmpty()
            || named.selector().equals(new ModelReference.Selector.Version(version.get())));
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
   * Returns what goes with a model, or with one version of it.
   *
   * @throws MlException IN_USE if something calls one of the functions
   */
  Belongings belongings(ModelName model, Optional<Integer> version) throws SQLException {
    List<StoredFunction> asking = functions.of(model, version);
    for (StoredFunction function : asking) {
      functions.requireUnused(function);
    }
    return new Belongings(
        asking,
        columns.of(model, version),
        version.isEmpty() ? StoredSchedules.of(sessions.control(), model) : Optional.empty());
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
