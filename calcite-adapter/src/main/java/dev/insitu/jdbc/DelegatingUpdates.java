package dev.insitu.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.NullUnmarked;

/** Hands the changing of a row to the database's own result set. */
@NullUnmarked
abstract class DelegatingUpdates extends DelegatingRow {
  DelegatingUpdates(ResultSet delegate) {
    super(delegate);
  }

  @Override
  public void updateArray(String label, Array value) throws SQLException {
    delegate.updateArray(label, value);
  }

  @Override
  public void updateArray(int column, Array value) throws SQLException {
    delegate.updateArray(column, value);
  }

  @Override
  public void updateAsciiStream(String label, InputStream stream) throws SQLException {
    delegate.updateAsciiStream(label, stream);
  }

  @Override
  public void updateAsciiStream(String label, InputStream stream, int length) throws SQLException {
    delegate.updateAsciiStream(label, stream, length);
  }

  @Override
  public void updateAsciiStream(String label, InputStream stream, long length) throws SQLException {
    delegate.updateAsciiStream(label, stream, length);
  }

  @Override
  public void updateAsciiStream(int column, InputStream stream) throws SQLException {
    delegate.updateAsciiStream(column, stream);
  }

  @Override
  public void updateAsciiStream(int column, InputStream stream, int length) throws SQLException {
    delegate.updateAsciiStream(column, stream, length);
  }

  @Override
  public void updateAsciiStream(int column, InputStream stream, long length) throws SQLException {
    delegate.updateAsciiStream(column, stream, length);
  }

  @Override
  public void updateBigDecimal(String label, BigDecimal value) throws SQLException {
    delegate.updateBigDecimal(label, value);
  }

  @Override
  public void updateBigDecimal(int column, BigDecimal value) throws SQLException {
    delegate.updateBigDecimal(column, value);
  }

  @Override
  public void updateBinaryStream(String label, InputStream stream) throws SQLException {
    delegate.updateBinaryStream(label, stream);
  }

  @Override
  public void updateBinaryStream(String label, InputStream stream, int length) throws SQLException {
    delegate.updateBinaryStream(label, stream, length);
  }

  @Override
  public void updateBinaryStream(String label, InputStream stream, long length)
      throws SQLException {
    delegate.updateBinaryStream(label, stream, length);
  }

  @Override
  public void updateBinaryStream(int column, InputStream stream) throws SQLException {
    delegate.updateBinaryStream(column, stream);
  }

  @Override
  public void updateBinaryStream(int column, InputStream stream, int length) throws SQLException {
    delegate.updateBinaryStream(column, stream, length);
  }

  @Override
  public void updateBinaryStream(int column, InputStream stream, long length) throws SQLException {
    delegate.updateBinaryStream(column, stream, length);
  }

  @Override
  public void updateBlob(String label, Blob value) throws SQLException {
    delegate.updateBlob(label, value);
  }

  @Override
  public void updateBlob(String label, InputStream stream) throws SQLException {
    delegate.updateBlob(label, stream);
  }

  @Override
  public void updateBlob(String label, InputStream stream, long length) throws SQLException {
    delegate.updateBlob(label, stream, length);
  }

  @Override
  public void updateBlob(int column, Blob value) throws SQLException {
    delegate.updateBlob(column, value);
  }

  @Override
  public void updateBlob(int column, InputStream stream) throws SQLException {
    delegate.updateBlob(column, stream);
  }

  @Override
  public void updateBlob(int column, InputStream stream, long length) throws SQLException {
    delegate.updateBlob(column, stream, length);
  }

  @Override
  public void updateBoolean(String label, boolean flag) throws SQLException {
    delegate.updateBoolean(label, flag);
  }

  @Override
  public void updateBoolean(int column, boolean flag) throws SQLException {
    delegate.updateBoolean(column, flag);
  }

  @Override
  public void updateByte(String label, byte value) throws SQLException {
    delegate.updateByte(label, value);
  }

  @Override
  public void updateByte(int column, byte value) throws SQLException {
    delegate.updateByte(column, value);
  }

  @Override
  public void updateBytes(String label, byte[] value) throws SQLException {
    delegate.updateBytes(label, value);
  }

  @Override
  public void updateBytes(int column, byte[] value) throws SQLException {
    delegate.updateBytes(column, value);
  }

  @Override
  public void updateCharacterStream(String label, Reader stream) throws SQLException {
    delegate.updateCharacterStream(label, stream);
  }

  @Override
  public void updateCharacterStream(String label, Reader stream, int length) throws SQLException {
    delegate.updateCharacterStream(label, stream, length);
  }

  @Override
  public void updateCharacterStream(String label, Reader stream, long length) throws SQLException {
    delegate.updateCharacterStream(label, stream, length);
  }

  @Override
  public void updateCharacterStream(int column, Reader stream) throws SQLException {
    delegate.updateCharacterStream(column, stream);
  }

  @Override
  public void updateCharacterStream(int column, Reader stream, int length) throws SQLException {
    delegate.updateCharacterStream(column, stream, length);
  }

  @Override
  public void updateCharacterStream(int column, Reader stream, long length) throws SQLException {
    delegate.updateCharacterStream(column, stream, length);
  }

  @Override
  public void updateClob(String label, Clob value) throws SQLException {
    delegate.updateClob(label, value);
  }

  @Override
  public void updateClob(String label, Reader stream) throws SQLException {
    delegate.updateClob(label, stream);
  }

  @Override
  public void updateClob(String label, Reader stream, long length) throws SQLException {
    delegate.updateClob(label, stream, length);
  }

  @Override
  public void updateClob(int column, Clob value) throws SQLException {
    delegate.updateClob(column, value);
  }

  @Override
  public void updateClob(int column, Reader stream) throws SQLException {
    delegate.updateClob(column, stream);
  }

  @Override
  public void updateClob(int column, Reader stream, long length) throws SQLException {
    delegate.updateClob(column, stream, length);
  }

  @Override
  public void updateDate(String label, Date value) throws SQLException {
    delegate.updateDate(label, value);
  }

  @Override
  public void updateDate(int column, Date value) throws SQLException {
    delegate.updateDate(column, value);
  }

  @Override
  public void updateDouble(String label, double value) throws SQLException {
    delegate.updateDouble(label, value);
  }

  @Override
  public void updateDouble(int column, double value) throws SQLException {
    delegate.updateDouble(column, value);
  }

  @Override
  public void updateFloat(String label, float value) throws SQLException {
    delegate.updateFloat(label, value);
  }

  @Override
  public void updateFloat(int column, float value) throws SQLException {
    delegate.updateFloat(column, value);
  }

  @Override
  public void updateInt(String label, int value) throws SQLException {
    delegate.updateInt(label, value);
  }

  @Override
  public void updateInt(int column, int value) throws SQLException {
    delegate.updateInt(column, value);
  }

  @Override
  public void updateLong(String label, long value) throws SQLException {
    delegate.updateLong(label, value);
  }

  @Override
  public void updateLong(int column, long value) throws SQLException {
    delegate.updateLong(column, value);
  }

  @Override
  public void updateNCharacterStream(String label, Reader stream) throws SQLException {
    delegate.updateNCharacterStream(label, stream);
  }

  @Override
  public void updateNCharacterStream(String label, Reader stream, long length) throws SQLException {
    delegate.updateNCharacterStream(label, stream, length);
  }

  @Override
  public void updateNCharacterStream(int column, Reader stream) throws SQLException {
    delegate.updateNCharacterStream(column, stream);
  }

  @Override
  public void updateNCharacterStream(int column, Reader stream, long length) throws SQLException {
    delegate.updateNCharacterStream(column, stream, length);
  }

  @Override
  public void updateNClob(String label, NClob value) throws SQLException {
    delegate.updateNClob(label, value);
  }

  @Override
  public void updateNClob(String label, Reader stream) throws SQLException {
    delegate.updateNClob(label, stream);
  }

  @Override
  public void updateNClob(String label, Reader stream, long length) throws SQLException {
    delegate.updateNClob(label, stream, length);
  }

  @Override
  public void updateNClob(int column, NClob value) throws SQLException {
    delegate.updateNClob(column, value);
  }

  @Override
  public void updateNClob(int column, Reader stream) throws SQLException {
    delegate.updateNClob(column, stream);
  }

  @Override
  public void updateNClob(int column, Reader stream, long length) throws SQLException {
    delegate.updateNClob(column, stream, length);
  }

  @Override
  public void updateNString(String label, String name) throws SQLException {
    delegate.updateNString(label, name);
  }

  @Override
  public void updateNString(int column, String name) throws SQLException {
    delegate.updateNString(column, name);
  }

  @Override
  public void updateNull(String label) throws SQLException {
    delegate.updateNull(label);
  }

  @Override
  public void updateNull(int column) throws SQLException {
    delegate.updateNull(column);
  }

  @Override
  public void updateObject(String label, Object value) throws SQLException {
    delegate.updateObject(label, DriverResultSet.ofDatabase(value));
  }

  @Override
  public void updateObject(String label, Object value, SQLType sqlType) throws SQLException {
    delegate.updateObject(label, DriverResultSet.ofDatabase(value), sqlType);
  }

  @Override
  public void updateObject(String label, Object value, SQLType sqlType, int scaleOrLength)
      throws SQLException {
    delegate.updateObject(label, DriverResultSet.ofDatabase(value), sqlType, scaleOrLength);
  }

  @Override
  public void updateObject(String label, Object value, int targetType) throws SQLException {
    delegate.updateObject(label, DriverResultSet.ofDatabase(value), targetType);
  }

  @Override
  public void updateObject(int column, Object value) throws SQLException {
    delegate.updateObject(column, DriverResultSet.ofDatabase(value));
  }

  @Override
  public void updateObject(int column, Object value, SQLType sqlType) throws SQLException {
    delegate.updateObject(column, DriverResultSet.ofDatabase(value), sqlType);
  }

  @Override
  public void updateObject(int column, Object value, SQLType sqlType, int scaleOrLength)
      throws SQLException {
    delegate.updateObject(column, DriverResultSet.ofDatabase(value), sqlType, scaleOrLength);
  }

  @Override
  public void updateObject(int column, Object value, int targetType) throws SQLException {
    delegate.updateObject(column, DriverResultSet.ofDatabase(value), targetType);
  }

  @Override
  public void updateRef(String label, Ref value) throws SQLException {
    delegate.updateRef(label, value);
  }

  @Override
  public void updateRef(int column, Ref value) throws SQLException {
    delegate.updateRef(column, value);
  }

  @Override
  public void updateRowId(String label, RowId value) throws SQLException {
    delegate.updateRowId(label, value);
  }

  @Override
  public void updateRowId(int column, RowId value) throws SQLException {
    delegate.updateRowId(column, value);
  }

  @Override
  public void updateSQLXML(String label, SQLXML value) throws SQLException {
    delegate.updateSQLXML(label, value);
  }

  @Override
  public void updateSQLXML(int column, SQLXML value) throws SQLException {
    delegate.updateSQLXML(column, value);
  }

  @Override
  public void updateShort(String label, short value) throws SQLException {
    delegate.updateShort(label, value);
  }

  @Override
  public void updateShort(int column, short value) throws SQLException {
    delegate.updateShort(column, value);
  }

  @Override
  public void updateString(String label, String name) throws SQLException {
    delegate.updateString(label, name);
  }

  @Override
  public void updateString(int column, String name) throws SQLException {
    delegate.updateString(column, name);
  }

  @Override
  public void updateTime(String label, Time value) throws SQLException {
    delegate.updateTime(label, value);
  }

  @Override
  public void updateTime(int column, Time value) throws SQLException {
    delegate.updateTime(column, value);
  }

  @Override
  public void updateTimestamp(String label, Timestamp value) throws SQLException {
    delegate.updateTimestamp(label, value);
  }

  @Override
  public void updateTimestamp(int column, Timestamp value) throws SQLException {
    delegate.updateTimestamp(column, value);
  }
}
