package dev.insitu.jdbc;

import dev.insitu.error.MlException;
import dev.insitu.h2.H2DataSource;
import java.io.PrintWriter;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of connections, each one new: put a pool above it. What H2's {@code JdbcDataSource} is
 * to {@code jdbc:h2:}, with the same properties: connections, pooled connections, connections for
 * distributed transactions, an entry in a naming service. Set {@link #setUrl} and, if needed, user
 * and password.
 */
public final class InsituDataSource
    implements DataSource, XADataSource, ConnectionPoolDataSource, Serializable, Referenceable {
  private static final long serialVersionUID = 1L;

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final int number = COUNTER.getAndIncrement();
  private transient @Nullable PrintWriter logWriter;
  private int loginTimeout;
  private @Nullable String url = "";
  private @Nullable String user = "";
  private char @Nullable [] password = {};
  private @Nullable String description;

  /** Makes a source without a URL. */
  public InsituDataSource() {}

  /** Returns the URL. */
  public @Nullable String getUrl() {
    return url;
  }

  /** Sets the URL: {@code jdbc:insitu:h2:./shop}. */
  public void setUrl(@Nullable String url) {
    this.url = url;
  }

  /** Returns the URL; the name that H2's data source has beside {@link #getUrl}. */
  public @Nullable String getURL() {
    return url;
  }

  /** Sets the URL; the name that H2's data source has beside {@link #setUrl}. */
  public void setURL(@Nullable String url) {
    this.url = url;
  }

  /** Returns the user. */
  public @Nullable String getUser() {
    return user;
  }

  /** Sets the user. */
  public void setUser(@Nullable String user) {
    this.user = user;
  }

  /** Returns the password. */
  public @Nullable String getPassword() {
    char[] secret = password;
    return secret == null ? null : new String(secret);
  }

  /** Sets the password. */
  public void setPassword(@Nullable String password) {
    this.password = password == null ? null : password.toCharArray();
  }

  /** Sets the password. */
  public void setPasswordChars(char @Nullable [] password) {
    this.password = password;
  }

  /** Returns the description. */
  public @Nullable String getDescription() {
    return description;
  }

  /** Sets the description. */
  public void setDescription(@Nullable String description) {
    this.description = description;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connection(source(user, password));
  }

  @Override
  public Connection getConnection(@Nullable String username, @Nullable String secret)
      throws SQLException {
    return connection(source(username, characters(secret)));
  }

  @Override
  public XAConnection getXAConnection() throws SQLException {
    return distributed(source(user, password));
  }

  @Override
  public XAConnection getXAConnection(@Nullable String username, @Nullable String secret)
      throws SQLException {
    return distributed(source(username, characters(secret)));
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return getXAConnection();
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String username, @Nullable String secret)
      throws SQLException {
    return getXAConnection(username, secret);
  }

  private static Connection connection(XADataSource source) throws SQLException {
    DataSource connections = (DataSource) source;
    return new DriverConnection(connections.getConnection(), connections::getConnection);
  }

  private static XAConnection distributed(XADataSource source) throws SQLException {
    return new DriverXAConnection(source.getXAConnection(), ((DataSource) source)::getConnection);
  }

  /** Returns the database's own source. */
  private XADataSource source(@Nullable String username, char @Nullable [] secret)
      throws SQLException {
    String given = url;
    if (given == null || !DriverUrl.isOurs(given)) {
      throw new SQLException(
          "URL \"" + given + "\" does not begin with " + DriverUrl.PREFIX, "08001");
    }
    try {
      return H2DataSource.of(
          DriverUrl.parse(given, new Properties()).databaseUrl(), username, secret);
    } catch (MlException e) {
      throw Boundary.toSql(e);
    }
  }

  private static char @Nullable [] characters(@Nullable String secret) {
    return secret == null ? null : secret.toCharArray();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    this.logWriter = out;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    this.loginTimeout = seconds;
  }

  /** Returns null, as H2's data source does. */
  @Override
  public @Nullable Logger getParentLogger() {
    return null;
  }

  @Override
  public Reference getReference() {
    Reference reference =
        new Reference(getClass().getName(), InsituDataSourceFactory.class.getName(), null);
    reference.add(new StringRefAddr("url", url));
    reference.add(new StringRefAddr("user", user));
    reference.add(new StringRefAddr("password", getPassword()));
    reference.add(new StringRefAddr("loginTimeout", Integer.toString(loginTimeout)));
    reference.add(new StringRefAddr("description", description));
    return reference;
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> iface) throws SQLException {
    return iface != null && iface.isInstance(this)
        ? iface.cast(this)
        : ((DataSource) source(user, password)).unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> iface) throws SQLException {
    return iface != null
        && (iface.isInstance(this) || ((DataSource) source(user, password)).isWrapperFor(iface));
  }

  @Override
  public String toString() {
    return "ds" + number + ": url=" + url + " user=" + user;
  }
}
