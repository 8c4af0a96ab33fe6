package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return DOUBLE PRECISION ARRAY: each asks the model that the
 * database's STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class Vector {
  private Vector() {}

  public static Double @Nullable [] f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(1, connection, inputs);
  }

  public static Double @Nullable [] f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(2, connection, inputs);
  }

  public static Double @Nullable [] f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(3, connection, inputs);
  }

  public static Double @Nullable [] f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(4, connection, inputs);
  }

  public static Double @Nullable [] f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(5, connection, inputs);
  }

  public static Double @Nullable [] f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(6, connection, inputs);
  }

  public static Double @Nullable [] f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(7, connection, inputs);
  }

  public static Double @Nullable [] f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(8, connection, inputs);
  }

  public static Double @Nullable [] f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.vector(9, connection, inputs);
  }

  public static Double @Nullable [] f10(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(10, connection, inputs);
  }

  public static Double @Nullable [] f11(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(11, connection, inputs);
  }

  public static Double @Nullable [] f12(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(12, connection, inputs);
  }

  public static Double @Nullable [] f13(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(13, connection, inputs);
  }

  public static Double @Nullable [] f14(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(14, connection, inputs);
  }

  public static Double @Nullable [] f15(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(15, connection, inputs);
  }

  public static Double @Nullable [] f16(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(16, connection, inputs);
  }

  public static Double @Nullable [] f17(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(17, connection, inputs);
  }

  public static Double @Nullable [] f18(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(18, connection, inputs);
  }

  public static Double @Nullable [] f19(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(19, connection, inputs);
  }

  public static Double @Nullable [] f20(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(20, connection, inputs);
  }

  public static Double @Nullable [] f21(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(21, connection, inputs);
  }

  public static Double @Nullable [] f22(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(22, connection, inputs);
  }

  public static Double @Nullable [] f23(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(23, connection, inputs);
  }

  public static Double @Nullable [] f24(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(24, connection, inputs);
  }

  public static Double @Nullable [] f25(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(25, connection, inputs);
  }

  public static Double @Nullable [] f26(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(26, connection, inputs);
  }

  public static Double @Nullable [] f27(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(27, connection, inputs);
  }

  public static Double @Nullable [] f28(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(28, connection, inputs);
  }

  public static Double @Nullable [] f29(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(29, connection, inputs);
  }

  public static Double @Nullable [] f30(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(30, connection, inputs);
  }

  public static Double @Nullable [] f31(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(31, connection, inputs);
  }

  public static Double @Nullable [] f32(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(32, connection, inputs);
  }

  public static Double @Nullable [] f33(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(33, connection, inputs);
  }

  public static Double @Nullable [] f34(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(34, connection, inputs);
  }

  public static Double @Nullable [] f35(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(35, connection, inputs);
  }

  public static Double @Nullable [] f36(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(36, connection, inputs);
  }

  public static Double @Nullable [] f37(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(37, connection, inputs);
  }

  public static Double @Nullable [] f38(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(38, connection, inputs);
  }

  public static Double @Nullable [] f39(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(39, connection, inputs);
  }

  public static Double @Nullable [] f40(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(40, connection, inputs);
  }

  public static Double @Nullable [] f41(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(41, connection, inputs);
  }

  public static Double @Nullable [] f42(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(42, connection, inputs);
  }

  public static Double @Nullable [] f43(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(43, connection, inputs);
  }

  public static Double @Nullable [] f44(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(44, connection, inputs);
  }

  public static Double @Nullable [] f45(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(45, connection, inputs);
  }

  public static Double @Nullable [] f46(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(46, connection, inputs);
  }

  public static Double @Nullable [] f47(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(47, connection, inputs);
  }

  public static Double @Nullable [] f48(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(48, connection, inputs);
  }

  public static Double @Nullable [] f49(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(49, connection, inputs);
  }

  public static Double @Nullable [] f50(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(50, connection, inputs);
  }

  public static Double @Nullable [] f51(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(51, connection, inputs);
  }

  public static Double @Nullable [] f52(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(52, connection, inputs);
  }

  public static Double @Nullable [] f53(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(53, connection, inputs);
  }

  public static Double @Nullable [] f54(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(54, connection, inputs);
  }

  public static Double @Nullable [] f55(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(55, connection, inputs);
  }

  public static Double @Nullable [] f56(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(56, connection, inputs);
  }

  public static Double @Nullable [] f57(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(57, connection, inputs);
  }

  public static Double @Nullable [] f58(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(58, connection, inputs);
  }

  public static Double @Nullable [] f59(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(59, connection, inputs);
  }

  public static Double @Nullable [] f60(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(60, connection, inputs);
  }

  public static Double @Nullable [] f61(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(61, connection, inputs);
  }

  public static Double @Nullable [] f62(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(62, connection, inputs);
  }

  public static Double @Nullable [] f63(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(63, connection, inputs);
  }

  public static Double @Nullable [] f64(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.vector(64, connection, inputs);
  }
}
