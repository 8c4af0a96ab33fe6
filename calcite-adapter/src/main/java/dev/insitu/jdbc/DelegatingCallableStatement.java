package dev.insitu.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.NullUnmarked;

/** Hands the setting of a callable statement's named parameters to the database's own. */
@NullUnmarked
abstract class DelegatingCallableStatement extends DelegatingOutParameters {
  DelegatingCallableStatement(DriverConnection connection, CallableStatement delegate) {
    super(connection, delegate);
  }

  @Override
  public void registerOutParameter(String name, SQLType sqlType) throws SQLException {
    callable.registerOutParameter(name, sqlType);
  }

  @Override
  public void registerOutParameter(String name, SQLType sqlType, String value) throws SQLException {
    callable.registerOutParameter(name, sqlType, value);
  }

  @Override
  public void registerOutParameter(String name, SQLType sqlType, int scale) throws SQLException {
    callable.registerOutParameter(name, sqlType, scale);
  }

  @Override
  public void registerOutParameter(String name, int sqlType) throws SQLException {
    callable.registerOutParameter(name, sqlType);
  }

  @Override
  public void registerOutParameter(String name, int sqlType, String value) throws SQLException {
    callable.registerOutParameter(name, sqlType, value);
  }

  @Override
  public void registerOutParameter(String name, int sqlType, int scale) throws SQLException {
    callable.registerOutParameter(name, sqlType, scale);
  }

  @Override
  public void registerOutParameter(int parameter, SQLType sqlType) throws SQLException {
    callable.registerOutParameter(parameter, sqlType);
  }

  @Override
  public void registerOutParameter(int parameter, SQLType sqlType, String value)
      throws SQLException {
    callable.registerOutParameter(parameter, sqlType, value);
  }

  @Override
  public void registerOutParameter(int parameter, SQLType sqlType, int scale) throws SQLException {
    callable.registerOutParameter(parameter, sqlType, scale);
  }

  @Override
  public void registerOutParameter(int parameter, int sqlType) throws SQLException {
    callable.registerOutParameter(parameter, sqlType);
  }

  @Override
  public void registerOutParameter(int parameter, int sqlType, String value) throws SQLException {
    callable.registerOutParameter(parameter, sqlType, value);
  }

  @Override
  public void registerOutParameter(int parameter, int sqlType, int scale) throws SQLException {
    callable.registerOutParameter(parameter, sqlType, scale);
  }

  @Override
  public void setAsciiStream(String name, InputStream stream) throws SQLException {
    callable.setAsciiStream(name, stream);
  }

  @Override
  public void setAsciiStream(String name, InputStream stream, int length) throws SQLException {
    callable.setAsciiStream(name, stream, length);
  }

  @Override
  public void setAsciiStream(String name, InputStream stream, long length) throws SQLException {
    callable.setAsciiStream(name, stream, length);
  }

  @Override
  public void setBigDecimal(String name, BigDecimal value) throws SQLException {
    callable.setBigDecimal(name, value);
  }

  @Override
  public void setBinaryStream(String name, InputStream stream) throws SQLException {
    callable.setBinaryStream(name, stream);
  }

  @Override
  public void setBinaryStream(String name, InputStream stream, int length) throws SQLException {
    callable.setBinaryStream(name, stream, length);
  }

  @Override
  public void setBinaryStream(String name, InputStream stream, long length) throws SQLException {
    callable.setBinaryStream(name, stream, length);
  }

  @Override
  public void setBlob(String name, Blob value) throws SQLException {
    callable.setBlob(name, value);
  }

  @Override
  public void setBlob(String name, InputStream stream) throws SQLException {
    callable.setBlob(name, stream);
  }

  @Override
  public void setBlob(String name, InputStream stream, long length) throws SQLException {
    callable.setBlob(name, stream, length);
  }

  @Override
  public void setBoolean(String name, boolean flag) throws SQLException {
    callable.setBoolean(name, flag);
  }

  @Override
  public void setByte(String name, byte value) throws SQLException {
    callable.setByte(name, value);
  }

  @Override
  public void setBytes(String name, byte[] value) throws SQLException {
    callable.setBytes(name, value);
  }

  @Override
  public void setCharacterStream(String name, Reader stream) throws SQLException {
    callable.setCharacterStream(name, stream);
  }

  @Override
  public void setCharacterStream(String name, Reader stream, int length) throws SQLException {
    callable.setCharacterStream(name, stream, length);
  }

  @Override
  public void setCharacterStream(String name, Reader stream, long length) throws SQLException {
    callable.setCharacterStream(name, stream, length);
  }

  @Override
  public void setClob(String name, Clob value) throws SQLException {
    callable.setClob(name, value);
  }

  @Override
  public void setClob(String name, Reader stream) throws SQLException {
    callable.setClob(name, stream);
  }

  @Override
  public void setClob(String name, Reader stream, long length) throws SQLException {
    callable.setClob(name, stream, length);
  }

  @Override
  public void setDate(String name, Date value) throws SQLException {
    callable.setDate(name, value);
  }

  @Override
  public void setDate(String name, Date value, Calendar calendar) throws SQLException {
    callable.setDate(name, value, calendar);
  }

  @Override
  public void setDouble(String name, double value) throws SQLException {
    callable.setDouble(name, value);
  }

  @Override
  public void setFloat(String name, float value) throws SQLException {
    callable.setFloat(name, value);
  }

  @Override
  public void setInt(String name, int value) throws SQLException {
    callable.setInt(name, value);
  }

  @Override
  public void setLong(String name, long value) throws SQLException {
    callable.setLong(name, value);
  }

  @Override
  public void setNCharacterStream(String name, Reader stream) throws SQLException {
    callable.setNCharacterStream(name, stream);
  }

  @Override
  public void setNCharacterStream(String name, Reader stream, long length) throws SQLException {
    callable.setNCharacterStream(name, stream, length);
  }

  @Override
  public void setNClob(String name, NClob value) throws SQLException {
    callable.setNClob(name, value);
  }

  @Override
  public void setNClob(String name, Reader stream) throws SQLException {
    callable.setNClob(name, stream);
  }

  @Override
  public void setNClob(String name, Reader stream, long length) throws SQLException {
    callable.setNClob(name, stream, length);
  }

  @Override
  public void setNString(String name, String name2) throws SQLException {
    callable.setNString(name, name2);
  }

  @Override
  public void setNull(String name, int sqlType) throws SQLException {
    callable.setNull(name, sqlType);
  }

  @Override
  public void setNull(String name, int sqlType, String value) throws SQLException {
    callable.setNull(name, sqlType, value);
  }

  @Override
  public void setObject(String name, Object value) throws SQLException {
    callable.setObject(name, DriverResultSet.ofDatabase(value));
  }

  @Override
  public void setObject(String name, Object value, SQLType sqlType) throws SQLException {
    callable.setObject(name, DriverResultSet.ofDatabase(value), sqlType);
  }

  @Override
  public void setObject(String name, Object value, SQLType sqlType, int scaleOrLength)
      throws SQLException {
    callable.setObject(name, DriverResultSet.ofDatabase(value), sqlType, scaleOrLength);
  }

  @Override
  public void setObject(String name, Object value, int targetType) throws SQLException {
    callable.setObject(name, DriverResultSet.ofDatabase(value), targetType);
  }

  @Override
  public void setObject(String name, Object value, int targetType, int scaleOrLength)
      throws SQLException {
    callable.setObject(name, DriverResultSet.ofDatabase(value), targetType, scaleOrLength);
  }

  @Override
  public void setRowId(String name, RowId value) throws SQLException {
    callable.setRowId(name, value);
  }

  @Override
  public void setSQLXML(String name, SQLXML value) throws SQLException {
    callable.setSQLXML(name, value);
  }

  @Override
  public void setShort(String name, short value) throws SQLException {
    callable.setShort(name, value);
  }

  @Override
  public void setString(String name, String name2) throws SQLException {
    callable.setString(name, name2);
  }

  @Override
  public void setTime(String name, Time value) throws SQLException {
    callable.setTime(name, value);
  }

  @Override
  public void setTime(String name, Time value, Calendar calendar) throws SQLException {
    callable.setTime(name, value, calendar);
  }

  @Override
  public void setTimestamp(String name, Timestamp value) throws SQLException {
    callable.setTimestamp(name, value);
  }

  @Override
  public void setTimestamp(String name, Timestamp value, Calendar calendar) throws SQLException {
    callable.setTimestamp(name, value, calendar);
  }

  @Override
  public void setURL(String name, URL value) throws SQLException {
    callable.setURL(name, value);
  }
}
