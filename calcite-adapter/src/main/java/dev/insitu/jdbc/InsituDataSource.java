package dev.insitu.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of connections, each one new: put a pool above it. Set {@link #setUrl} and, if needed,
 * user and password.
 */
public final class InsituDataSource implements DataSource {
  private final InsituDriver driver = new InsituDriver();
  private String url = "";
  private @Nullable String user;
  private @Nullable String password;
  private @Nullable PrintWriter logWriter;
  private int loginTimeout;

  /** Makes a source without a URL. */
  public InsituDataSource() {}

  /** Returns the URL. */
  public String getUrl() {
    return url;
  }

  /** Sets the URL: {@code jdbc:insitu:h2:./shop}. */
  public void setUrl(String url) {
    this.url = url;
  }

  /** Returns the user, null if none was set. */
  public @Nullable String getUser() {
    return user;
  }

  /** Sets the user. */
  public void setUser(@Nullable String user) {
    this.user = user;
  }

  /** Sets the password. */
  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(user, password);
  }

  @Override
  public Connection getConnection(@Nullable String username, @Nullable String secret)
      throws SQLException {
    Properties properties = new Properties();
    if (username != null) {
      properties.setProperty("user", username);
    }
    if (secret != null) {
      properties.setProperty("password", secret);
    }
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException(
          "URL \"" + url + "\" does not begin with " + DriverUrl.PREFIX, "08001");
    }
    return connection;
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

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logging goes through System.Logger");
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return iface.cast(this);
    }
    throw new SQLException("not a wrapper for " + iface.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) {
    return iface.isInstance(this);
  }
}
