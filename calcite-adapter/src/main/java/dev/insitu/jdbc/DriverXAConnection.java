package dev.insitu.jdbc;

import dev.insitu.remote.SecondConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The database's connection for distributed transactions and pools, whose handles are ours. It is
 * its own resource, as the database's is.
 */
final class DriverXAConnection implements XAConnection, XAResource {
  private final XAConnection delegate;
  private final XAResource resource;
  private final SecondConnection second;
  private final List<ConnectionEventListener> listeners = new ArrayList<>();
  private @Nullable DriverConnection handle;

  DriverXAConnection(XAConnection delegate, SecondConnection second) throws SQLException {
    this.delegate = delegate;
    this.second = second;
    this.resource = delegate.getXAResource();
    delegate.addConnectionEventListener(new Forwarding());
  }

  @Override
  public XAResource getXAResource() {
    return this;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DriverConnection last = handle;
    if (last != null) {
      last.close();
    }
    DriverConnection made = new DriverConnection(delegate.getConnection(), second);
    handle = made;
    return made;
  }

  @Override
  public void close() throws SQLException {
    DriverConnection last = handle;
    handle = null;
    if (last != null) {
      listeners.clear();
      last.close();
    }
    delegate.close();
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    delegate.addStatementEventListener(listener);
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    delegate.removeStatementEventListener(listener);
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return resource.getTransactionTimeout();
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return resource.setTransactionTimeout(seconds);
  }

  @Override
  public boolean isSameRM(@Nullable XAResource other) throws XAException {
    return resource.isSameRM(other instanceof DriverXAConnection ours ? ours.resource : other);
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    settle();
    resource.start(xid, flags);
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    settle();
    resource.end(xid, flags);
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    settle();
    return resource.prepare(xid);
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    settle();
    resource.commit(xid, onePhase);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    settle();
    resource.rollback(xid);
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    settle();
    return resource.recover(flag);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    resource.forget(xid);
  }

  @Override
  public String toString() {
    return DriverUrl.inText(delegate.toString());
  }

  /** Nothing may run on the session while a result of ours is still computed. */
  private void settle() throws XAException {
    DriverConnection open = handle;
    if (open != null) {
      try {
        open.settle();
      } catch (SQLException e) {
        XAException error = new XAException(XAException.XAER_RMERR);
        error.initCause(e);
        throw error;
      }
    }
  }

  /** Tells our listeners, the last first, as the database does. */
  private final class Forwarding implements ConnectionEventListener {
    @Override
    public void connectionClosed(ConnectionEvent event) {
      handle = null;
      for (int i = listeners.size() - 1; i >= 0; i--) {
        listeners.get(i).connectionClosed(new ConnectionEvent(DriverXAConnection.this));
      }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      for (int i = listeners.size() - 1; i >= 0; i--) {
        listeners
            .get(i)
            .connectionErrorOccurred(
                new ConnectionEvent(DriverXAConnection.this, event.getSQLException()));
      }
    }
  }
}
