package dev.insitu.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.NullUnmarked;

/**
 * Hands every call to the database's own prepared statement; what differs is overridden below it.
 */
@NullUnmarked
abstract class DelegatingPreparedStatement extends ConnectedStatement implements PreparedStatement {
  final PreparedStatement prepared;

  DelegatingPreparedStatement(DriverConnection connection, PreparedStatement delegate) {
    super(connection, delegate);
    this.prepared = delegate;
  }

  @Override
  public void addBatch() throws SQLException {
    prepared.addBatch();
  }

  @Override
  public void clearParameters() throws SQLException {
    prepared.clearParameters();
  }

  @Override
  public boolean execute() throws SQLException {
    return prepared.execute();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return prepared.executeLargeUpdate();
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    return prepared.executeQuery();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return prepared.executeUpdate();
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    return prepared.getMetaData();
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    return prepared.getParameterMetaData();
  }

  @Override
  public void setArray(int parameter, Array value) throws SQLException {
    prepared.setArray(parameter, value);
  }

  @Override
  public void setAsciiStream(int parameter, InputStream stream) throws SQLException {
    prepared.setAsciiStream(parameter, stream);
  }

  @Override
  public void setAsciiStream(int parameter, InputStream stream, int length) throws SQLException {
    prepared.setAsciiStream(parameter, stream, length);
  }

  @Override
  public void setAsciiStream(int parameter, InputStream stream, long length) throws SQLException {
    prepared.setAsciiStream(parameter, stream, length);
  }

  @Override
  public void setBigDecimal(int parameter, BigDecimal value) throws SQLException {
    prepared.setBigDecimal(parameter, value);
  }

  @Override
  public void setBinaryStream(int parameter, InputStream stream) throws SQLException {
    prepared.setBinaryStream(parameter, stream);
  }

  @Override
  public void setBinaryStream(int parameter, InputStream stream, int length) throws SQLException {
    prepared.setBinaryStream(parameter, stream, length);
  }

  @Override
  public void setBinaryStream(int parameter, InputStream stream, long length) throws SQLException {
    prepared.setBinaryStream(parameter, stream, length);
  }

  @Override
  public void setBlob(int parameter, Blob value) throws SQLException {
    prepared.setBlob(parameter, value);
  }

  @Override
  public void setBlob(int parameter, InputStream stream) throws SQLException {
    prepared.setBlob(parameter, stream);
  }

  @Override
  public void setBlob(int parameter, InputStream stream, long length) throws SQLException {
    prepared.setBlob(parameter, stream, length);
  }

  @Override
  public void setBoolean(int parameter, boolean flag) throws SQLException {
    prepared.setBoolean(parameter, flag);
  }

  @Override
  public void setByte(int parameter, byte value) throws SQLException {
    prepared.setByte(parameter, value);
  }

  @Override
  public void setBytes(int parameter, byte[] value) throws SQLException {
    prepared.setBytes(parameter, value);
  }

  @Override
  public void setCharacterStream(int parameter, Reader stream) throws SQLException {
    prepared.setCharacterStream(parameter, stream);
  }

  @Override
  public void setCharacterStream(int parameter, Reader stream, int length) throws SQLException {
    prepared.setCharacterStream(parameter, stream, length);
  }

  @Override
  public void setCharacterStream(int parameter, Reader stream, long length) throws SQLException {
    prepared.setCharacterStream(parameter, stream, length);
  }

  @Override
  public void setClob(int parameter, Clob value) throws SQLException {
    prepared.setClob(parameter, value);
  }

  @Override
  public void setClob(int parameter, Reader stream) throws SQLException {
    prepared.setClob(parameter, stream);
  }

  @Override
  public void setClob(int parameter, Reader stream, long length) throws SQLException {
    prepared.setClob(parameter, stream, length);
  }

  @Override
  public void setDate(int parameter, Date value) throws SQLException {
    prepared.setDate(parameter, value);
  }

  @Override
  public void setDate(int parameter, Date value, Calendar calendar) throws SQLException {
    prepared.setDate(parameter, value, calendar);
  }

  @Override
  public void setDouble(int parameter, double value) throws SQLException {
    prepared.setDouble(parameter, value);
  }

  @Override
  public void setFloat(int parameter, float value) throws SQLException {
    prepared.setFloat(parameter, value);
  }

  @Override
  public void setInt(int parameter, int value) throws SQLException {
    prepared.setInt(parameter, value);
  }

  @Override
  public void setLong(int parameter, long value) throws SQLException {
    prepared.setLong(parameter, value);
  }

  @Override
  public void setNCharacterStream(int parameter, Reader stream) throws SQLException {
    prepared.setNCharacterStream(parameter, stream);
  }

  @Override
  public void setNCharacterStream(int parameter, Reader stream, long length) throws SQLException {
    prepared.setNCharacterStream(parameter, stream, length);
  }

  @Override
  public void setNClob(int parameter, NClob value) throws SQLException {
    prepared.setNClob(parameter, value);
  }

  @Override
  public void setNClob(int parameter, Reader stream) throws SQLException {
    prepared.setNClob(parameter, stream);
  }

  @Override
  public void setNClob(int parameter, Reader stream, long length) throws SQLException {
    prepared.setNClob(parameter, stream, length);
  }

  @Override
  public void setNString(int parameter, String name) throws SQLException {
    prepared.setNString(parameter, name);
  }

  @Override
  public void setNull(int parameter, int sqlType) throws SQLException {
    prepared.setNull(parameter, sqlType);
  }

  @Override
  public void setNull(int parameter, int sqlType, String value) throws SQLException {
    prepared.setNull(parameter, sqlType, value);
  }

  @Override
  public void setObject(int parameter, Object value) throws SQLException {
    prepared.setObject(parameter, DriverResultSet.ofDatabase(value));
  }

  @Override
  public void setObject(int parameter, Object value, SQLType sqlType) throws SQLException {
    prepared.setObject(parameter, DriverResultSet.ofDatabase(value), sqlType);
  }

  @Override
  public void setObject(int parameter, Object value, SQLType sqlType, int scaleOrLength)
      throws SQLException {
    prepared.setObject(parameter, DriverResultSet.ofDatabase(value), sqlType, scaleOrLength);
  }

  @Override
  public void setObject(int parameter, Object value, int targetType) throws SQLException {
    prepared.setObject(parameter, DriverResultSet.ofDatabase(value), targetType);
  }

  @Override
  public void setObject(int parameter, Object value, int targetType, int scaleOrLength)
      throws SQLException {
    prepared.setObject(parameter, DriverResultSet.ofDatabase(value), targetType, scaleOrLength);
  }

  @Override
  public void setRef(int parameter, Ref value) throws SQLException {
    prepared.setRef(parameter, value);
  }

  @Override
  public void setRowId(int parameter, RowId value) throws SQLException {
    prepared.setRowId(parameter, value);
  }

  @Override
  public void setSQLXML(int parameter, SQLXML value) throws SQLException {
    prepared.setSQLXML(parameter, value);
  }

  @Override
  public void setShort(int parameter, short value) throws SQLException {
    prepared.setShort(parameter, value);
  }

  @Override
  public void setString(int parameter, String name) throws SQLException {
    prepared.setString(parameter, name);
  }

  @Override
  public void setTime(int parameter, Time value) throws SQLException {
    prepared.setTime(parameter, value);
  }

  @Override
  public void setTime(int parameter, Time value, Calendar calendar) throws SQLException {
    prepared.setTime(parameter, value, calendar);
  }

  @Override
  public void setTimestamp(int parameter, Timestamp value) throws SQLException {
    prepared.setTimestamp(parameter, value);
  }

  @Override
  public void setTimestamp(int parameter, Timestamp value, Calendar calendar) throws SQLException {
    prepared.setTimestamp(parameter, value, calendar);
  }

  @Override
  public void setURL(int parameter, URL value) throws SQLException {
    prepared.setURL(parameter, value);
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int parameter, InputStream stream, int length) throws SQLException {
    prepared.setUnicodeStream(parameter, stream, length);
  }
}
