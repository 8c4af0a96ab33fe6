package dev.insitu.h2;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.h2.engine.SessionLocal;

/**
 * A point amid a statement to which the session's transaction can go back. H2's own savepoints of a
 * session are those of its statements: amid one, each of them is its beginning.
 *
 * @param session the session
 * @param place the point in the transaction's log
 */
record NestedPoint(SessionLocal session, long place) implements Savepoint {
  static NestedPoint now(SessionLocal session) {
    return new NestedPoint(session, session.getTransaction().setSavepoint());
  }

  void goBack() {
    session.getTransaction().rollbackToSavepoint(place);
  }

  @Override
  public int getSavepointId() {
    return (int) place;
  }

  @Override
  public String getSavepointName() throws SQLException {
    throw NestedConnection.refused("a name of a savepoint");
  }
}
