package dev.insitu.jdbc;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Hands the reading of a callable statement's parameters to the database's own. */
@NullUnmarked
abstract class DelegatingOutParameters extends DriverPreparedStatement
    implements CallableStatement {
  final CallableStatement callable;

  DelegatingOutParameters(DriverConnection connection, CallableStatement delegate) {
    super(connection, delegate);
    this.callable = delegate;
  }

  @Override
  public Array getArray(String name) throws SQLException {
    return callable.getArray(name);
  }

  @Override
  public Array getArray(int parameter) throws SQLException {
    return callable.getArray(parameter);
  }

  @Override
  public BigDecimal getBigDecimal(String name) throws SQLException {
    return callable.getBigDecimal(name);
  }

  @Override
  public BigDecimal getBigDecimal(int parameter) throws SQLException {
    return callable.getBigDecimal(parameter);
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(int parameter, int scale) throws SQLException {
    return callable.getBigDecimal(parameter, scale);
  }

  @Override
  public Blob getBlob(String name) throws SQLException {
    return callable.getBlob(name);
  }

  @Override
  public Blob getBlob(int parameter) throws SQLException {
    return callable.getBlob(parameter);
  }

  @Override
  public boolean getBoolean(String name) throws SQLException {
    return callable.getBoolean(name);
  }

  @Override
  public boolean getBoolean(int parameter) throws SQLException {
    return callable.getBoolean(parameter);
  }

  @Override
  public byte getByte(String name) throws SQLException {
    return callable.getByte(name);
  }

  @Override
  public byte getByte(int parameter) throws SQLException {
    return callable.getByte(parameter);
  }

  @Override
  public byte[] getBytes(String name) throws SQLException {
    return callable.getBytes(name);
  }

  @Override
  public byte[] getBytes(int parameter) throws SQLException {
    return callable.getBytes(parameter);
  }

  @Override
  public Reader getCharacterStream(String name) throws SQLException {
    return callable.getCharacterStream(name);
  }

  @Override
  public Reader getCharacterStream(int parameter) throws SQLException {
    return callable.getCharacterStream(parameter);
  }

  @Override
  public Clob getClob(String name) throws SQLException {
    return callable.getClob(name);
  }

  @Override
  public Clob getClob(int parameter) throws SQLException {
    return callable.getClob(parameter);
  }

  @Override
  public Date getDate(String name) throws SQLException {
    return callable.getDate(name);
  }

  @Override
  public Date getDate(String name, Calendar calendar) throws SQLException {
    return callable.getDate(name, calendar);
  }

  @Override
  public Date getDate(int parameter) throws SQLException {
    return callable.getDate(parameter);
  }

  @Override
  public Date getDate(int parameter, Calendar calendar) throws SQLException {
    return callable.getDate(parameter, calendar);
  }

  @Override
  public double getDouble(String name) throws SQLException {
    return callable.getDouble(name);
  }

  @Override
  public double getDouble(int parameter) throws SQLException {
    return callable.getDouble(parameter);
  }

  @Override
  public float getFloat(String name) throws SQLException {
    return callable.getFloat(name);
  }

  @Override
  public float getFloat(int parameter) throws SQLException {
    return callable.getFloat(parameter);
  }

  @Override
  public int getInt(String name) throws SQLException {
    return callable.getInt(name);
  }

  @Override
  public int getInt(int parameter) throws SQLException {
    return callable.getInt(parameter);
  }

  @Override
  public long getLong(String name) throws SQLException {
    return callable.getLong(name);
  }

  @Override
  public long getLong(int parameter) throws SQLException {
    return callable.getLong(parameter);
  }

  @Override
  public Reader getNCharacterStream(String name) throws SQLException {
    return callable.getNCharacterStream(name);
  }

  @Override
  public Reader getNCharacterStream(int parameter) throws SQLException {
    return callable.getNCharacterStream(parameter);
  }

  @Override
  public NClob getNClob(String name) throws SQLException {
    return callable.getNClob(name);
  }

  @Override
  public NClob getNClob(int parameter) throws SQLException {
    return callable.getNClob(parameter);
  }

  @Override
  public String getNString(String name) throws SQLException {
    return callable.getNString(name);
  }

  @Override
  public String getNString(int parameter) throws SQLException {
    return callable.getNString(parameter);
  }

  @Override
  public Object getObject(String name) throws SQLException {
    return callable.getObject(name);
  }

  @Override
  public <T> T getObject(String name, Class<T> type) throws SQLException {
    return callable.getObject(name, type);
  }

  @Override
  public Object getObject(String name, Map<String, Class<?>> map) throws SQLException {
    return callable.getObject(name, map);
  }

  @Override
  public Object getObject(int parameter) throws SQLException {
    return callable.getObject(parameter);
  }

  @Override
  public <T> T getObject(int parameter, Class<T> type) throws SQLException {
    return callable.getObject(parameter, type);
  }

  @Override
  public Object getObject(int parameter, Map<String, Class<?>> map) throws SQLException {
    return callable.getObject(parameter, map);
  }

  @Override
  public Ref getRef(String name) throws SQLException {
    return callable.getRef(name);
  }

  @Override
  public Ref getRef(int parameter) throws SQLException {
    return callable.getRef(parameter);
  }

  @Override
  public RowId getRowId(String name) throws SQLException {
    return callable.getRowId(name);
  }

  @Override
  public RowId getRowId(int parameter) throws SQLException {
    return callable.getRowId(parameter);
  }

  @Override
  public SQLXML getSQLXML(String name) throws SQLException {
    return callable.getSQLXML(name);
  }

  @Override
  public SQLXML getSQLXML(int parameter) throws SQLException {
    return callable.getSQLXML(parameter);
  }

  @Override
  public short getShort(String name) throws SQLException {
    return callable.getShort(name);
  }

  @Override
  public short getShort(int parameter) throws SQLException {
    return callable.getShort(parameter);
  }

  @Override
  public String getString(String name) throws SQLException {
    return callable.getString(name);
  }

  @Override
  public String getString(int parameter) throws SQLException {
    return callable.getString(parameter);
  }

  @Override
  public Time getTime(String name) throws SQLException {
    return callable.getTime(name);
  }

  @Override
  public Time getTime(String name, Calendar calendar) throws SQLException {
    return callable.getTime(name, calendar);
  }

  @Override
  public Time getTime(int parameter) throws SQLException {
    return callable.getTime(parameter);
  }

  @Override
  public Time getTime(int parameter, Calendar calendar) throws SQLException {
    return callable.getTime(parameter, calendar);
  }

  @Override
  public Timestamp getTimestamp(String name) throws SQLException {
    return callable.getTimestamp(name);
  }

  @Override
  public Timestamp getTimestamp(String name, Calendar calendar) throws SQLException {
    return callable.getTimestamp(name, calendar);
  }

  @Override
  public Timestamp getTimestamp(int parameter) throws SQLException {
    return callable.getTimestamp(parameter);
  }

  @Override
  public Timestamp getTimestamp(int parameter, Calendar calendar) throws SQLException {
    return callable.getTimestamp(parameter, calendar);
  }

  @Override
  public URL getURL(String name) throws SQLException {
    return callable.getURL(name);
  }

  @Override
  public URL getURL(int parameter) throws SQLException {
    return callable.getURL(parameter);
  }

  @Override
  public boolean wasNull() throws SQLException {
    return callable.wasNull();
  }
}
