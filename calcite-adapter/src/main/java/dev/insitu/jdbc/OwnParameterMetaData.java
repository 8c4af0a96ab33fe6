package dev.insitu.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement of ours. Those that went into the database's text are described by
 * the database's statement over it; the others, in the input of a prediction, by the statement that
 * holds them, as parameters of any type.
 */
final class OwnParameterMetaData implements ParameterMetaData {
  private final ParameterMetaData holder;
  private final ParameterMetaData text;
  private final List<Integer> ordinals;

  /**
   * Makes a description.
   *
   * @param ordinals for each parameter of the text, the parameter of the caller's statement
   */
  OwnParameterMetaData(ParameterMetaData holder, ParameterMetaData text, List<Integer> ordinals) {
    this.holder = holder;
    this.text = text;
    this.ordinals = List.copyOf(ordinals);
  }

  /** Reads one property of a parameter. */
  private interface Property<T> {
    T of(ParameterMetaData described, int parameter) throws SQLException;
  }

  private <T> T property(int parameter, Property<T> property) throws SQLException {
    int inText = ordinals.indexOf(parameter - 1);
    return inText < 0 ? property.of(holder, parameter) : property.of(text, inText + 1);
  }

  @Override
  public int getParameterCount() throws SQLException {
    return holder.getParameterCount();
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::isNullable);
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::isSigned);
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::getPrecision);
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::getScale);
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::getParameterType);
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::getParameterTypeName);
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::getParameterClassName);
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    return property(parameter, ParameterMetaData::getParameterMode);
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> iface) throws SQLException {
    return iface != null && iface.isInstance(this) ? iface.cast(this) : holder.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> iface) throws SQLException {
    return iface != null && (iface.isInstance(this) || holder.isWrapperFor(iface));
  }

  @Override
  public String toString() {
    return holder.toString();
  }
}
