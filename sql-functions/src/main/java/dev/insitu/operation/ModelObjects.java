package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.model.ModelName;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredColumn;
import dev.insitu.store.StoredFunction;
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
  private final NamedFunctions functions;
  private final PredictedColumns columns;
  private final StoreSession sessions;

  ModelObjects(Database database, Models models, StoreSession sessions) {
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
    if (!users.isEmpty()) {
      throw MlException.of(
              ErrorCode.IN_USE,
              "model \"" + model + "\"" + version.map(v -> " version " + v).orElse(""),
              String.join(", ", users))
          .withHint(
              "DROP_FUNCTION, DEMATERIALIZE and UNSCHEDULE end that, DROP MODEL … CASCADE all of"
                  + " them.");
    }
  }

  /**
   * Drops functions and schedule, and lets kept columns be ordinary ones with the values that they
   * have.
   *
   * @throws MlException IN_USE if something calls a function
   */
  void release(ModelName model, Optional<Integer> version) throws SQLException {
    for (StoredFunction function : functions.of(model, version)) {
      functions.drop(function);
    }
    columns.of(model, version).forEach(columns::forget);
    if (version.isEmpty()) {
      StoredSchedules.of(sessions.control(), model)
          .ifPresent(schedule -> StoredSchedules.remove(sessions.control(), schedule.id()));
    }
  }
}
