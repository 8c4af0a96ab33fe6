package dev.insitu.h2;

import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** H2's own data source, which also opens connections for distributed transactions and pools. */
public final class H2DataSource {
  private H2DataSource() {}

  /**
   * Returns a source of connections to a database.
   *
   * @param url H2's own
   */
  public static XADataSource of(String url, @Nullable String user, char @Nullable [] password) {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPasswordChars(password == null ? null : password.clone());
    return source;
  }
}
