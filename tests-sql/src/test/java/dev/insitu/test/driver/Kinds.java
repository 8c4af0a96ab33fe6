package dev.insitu.test.driver;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The interfaces of JDBC that H2 implements; those that another one extends are in that one. */
final class Kinds {
  static final List<Class<?>> ALL =
      List.of(
          Array.class,
          Blob.class,
          CallableStatement.class,
          Connection.class,
          ConnectionPoolDataSource.class,
          DataSource.class,
          DatabaseMetaData.class,
          Driver.class,
          NClob.class,
          ParameterMetaData.class,
          PreparedStatement.class,
          ResultSet.class,
          ResultSetMetaData.class,
          SQLXML.class,
          Savepoint.class,
          Statement.class,
          XAConnection.class,
          XADataSource.class,
          XAResource.class);

  private Kinds() {}

  /** Returns the kinds of an object, without those that another of them extends; often none. */
  static List<Class<?>> of(@Nullable Object object) {
    List<Class<?>> all =
        ALL.stream().filter(kind -> kind.isInstance(object)).collect(Collectors.toList());
    return all.stream()
        .filter(
            kind -> all.stream().noneMatch(other -> other != kind && kind.isAssignableFrom(other)))
        .toList();
  }
}
