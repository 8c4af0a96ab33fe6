package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.operation.FunctionKind;
import dev.insitu.store.StoredFunction;
import dev.insitu.store.StoredFunctions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of models that a session has called, by the numbers of their entry points. Which
 * model a number asks is read again after each change of the database's schema: a function is made
 * and dropped with its alias. Confined to the thread of the session.
 */
public final class NamedRows {
  private final PlainSession session;
  private final Map<FunctionKind, @Nullable NamedRow[]> rows = new EnumMap<>(FunctionKind.class);
  private long schemaState = -1;

  NamedRows(PlainSession session) {
    this.session = session;
  }

  /**
   * Returns the function of a number.
   *
   * @param connection the one that H2 gives to a function
   * @throws MlException FUNCTION_NOT_FOUND
   */
  public static NamedRow of(Connection connection, FunctionKind kind, int number)
      throws SQLException {
    return PlainSession.of(connection).named().of(kind, number);
  }

  private NamedRow of(FunctionKind kind, int number) {
    long now = session.local().getDatabase().getModificationMetaId();
    if (now != schemaState) {
      rows.clear();
      schemaState = now;
    }
    @Nullable NamedRow[] ofKind =
        rows.computeIfAbsent(kind, k -> new NamedRow[FunctionKind.MOST + 1]);
    NamedRow known = ofKind[number];
    if (known == null) {
      known = find(kind, number);
      ofKind[number] = known;
    }
    return known;
  }

  private NamedRow find(FunctionKind kind, int number) {
    StoredFunction function =
        StoredFunctions.find(session.session().storeSession().control(), kind.name(), number)
            .orElseThrow(
                () ->
                    MlException.of(ErrorCode.FUNCTION_NOT_FOUND, kind + " " + number)
                        .withHint(
                            "Its row in INSITU.STORED_FUNCTIONS is gone: drop the alias and call"
                                + " CREATE_FUNCTION again."));
    RowPredictor.Kind wanted =
        function.classText().isPresent()
            ? RowPredictor.Kind.PROBABILITY
            : switch (kind) {
              case NUMBER -> RowPredictor.Kind.NUMBER;
              case VECTOR -> RowPredictor.Kind.VECTOR;
              default -> RowPredictor.Kind.TEXT;
            };
    return new NamedRow(
        function, kind, session.row(wanted, function.model(), function.classText().orElse(null)));
  }
}
