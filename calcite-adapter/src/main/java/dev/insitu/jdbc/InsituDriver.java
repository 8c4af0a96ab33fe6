package dev.insitu.jdbc;

import dev.insitu.error.MlException;
import dev.insitu.h2.H2Session;
import dev.insitu.remote.SecondConnection;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver: {@code jdbc:insitu:h2:./shop} opens {@code jdbc:h2:./shop}. Settings that begin with
 * {@code insitu.}, in the URL or in the properties, are ours; all others are the database's.
 */
public final class InsituDriver implements Driver {
  static final int MAJOR_VERSION = 0;
  static final int MINOR_VERSION = 1;
  static final String VERSION = MAJOR_VERSION + "." + MINOR_VERSION;

  static {
    try {
      DriverManager.registerDriver(new InsituDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Makes a driver; {@link DriverManager} does so by itself. */
  public InsituDriver() {}

  @Override
  public boolean acceptsURL(@Nullable String url) throws SQLException {
    return url == null ? database().acceptsURL(null) : DriverUrl.isOurs(url);
  }

  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    if (url == null) {
      return database().connect(null, properties); // fails
    }
    if (!DriverUrl.isOurs(url)) {
      return null;
    }
    try {
      DriverUrl parsed = DriverUrl.parse(url, properties == null ? new Properties() : properties);
      Driver database = database();
      Connection connection = database.connect(parsed.databaseUrl(), parsed.properties());
      return connection == null
          ? null
          : new DriverConnection(connection, second(database, parsed, connection));
    } catch (MlException e) {
      throw Boundary.toSql(e);
    }
  }

  /** Keeps URL and password only where a second connection can ever be needed. */
  private static SecondConnection second(Driver database, DriverUrl url, Connection first)
      throws SQLException {
    return H2Session.isHere(first)
        ? SecondConnection.NONE
        : () -> database.connect(url.databaseUrl(), url.properties());
  }

  /** Returns the database's driver, also where class loaders hide it from {@link DriverManager}. */
  private static Driver database() throws SQLException {
    try {
      return (Driver)
          Class.forName("org.h2.Driver", true, InsituDriver.class.getClassLoader())
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("H2 is not on the class path", "08001", e);
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
    return DriverUrl.propertyInfo(properties);
  }

  @Override
  public int getMajorVersion() {
    return MAJOR_VERSION;
  }

  @Override
  public int getMinorVersion() {
    return MINOR_VERSION;
  }

  @Override
  public boolean jdbcCompliant() {
    return true;
  }

  /** Returns null, as H2's driver does. */
  @Override
  public @Nullable Logger getParentLogger() {
    return null;
  }
}
