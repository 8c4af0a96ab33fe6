package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return DOUBLE PRECISION: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class DoubleNumber {
  private DoubleNumber() {}

  public static @Nullable Double f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(1, connection, inputs);
  }

  public static @Nullable Double f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(2, connection, inputs);
  }

  public static @Nullable Double f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(3, connection, inputs);
  }

  public static @Nullable Double f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(4, connection, inputs);
  }

  public static @Nullable Double f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(5, connection, inputs);
  }

  public static @Nullable Double f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(6, connection, inputs);
  }

  public static @Nullable Double f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(7, connection, inputs);
  }

  public static @Nullable Double f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(8, connection, inputs);
  }

  public static @Nullable Double f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(9, connection, inputs);
  }

  public static @Nullable Double f10(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(10, connection, inputs);
  }

  public static @Nullable Double f11(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(11, connection, inputs);
  }

  public static @Nullable Double f12(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(12, connection, inputs);
  }

  public static @Nullable Double f13(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(13, connection, inputs);
  }

  public static @Nullable Double f14(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(14, connection, inputs);
  }

  public static @Nullable Double f15(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(15, connection, inputs);
  }

  public static @Nullable Double f16(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(16, connection, inputs);
  }

  public static @Nullable Double f17(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(17, connection, inputs);
  }

  public static @Nullable Double f18(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(18, connection, inputs);
  }

  public static @Nullable Double f19(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(19, connection, inputs);
  }

  public static @Nullable Double f20(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(20, connection, inputs);
  }

  public static @Nullable Double f21(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(21, connection, inputs);
  }

  public static @Nullable Double f22(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(22, connection, inputs);
  }

  public static @Nullable Double f23(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(23, connection, inputs);
  }

  public static @Nullable Double f24(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(24, connection, inputs);
  }

  public static @Nullable Double f25(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(25, connection, inputs);
  }

  public static @Nullable Double f26(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(26, connection, inputs);
  }

  public static @Nullable Double f27(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(27, connection, inputs);
  }

  public static @Nullable Double f28(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(28, connection, inputs);
  }

  public static @Nullable Double f29(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(29, connection, inputs);
  }

  public static @Nullable Double f30(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(30, connection, inputs);
  }

  public static @Nullable Double f31(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(31, connection, inputs);
  }

  public static @Nullable Double f32(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(32, connection, inputs);
  }

  public static @Nullable Double f33(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(33, connection, inputs);
  }

  public static @Nullable Double f34(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(34, connection, inputs);
  }

  public static @Nullable Double f35(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(35, connection, inputs);
  }

  public static @Nullable Double f36(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(36, connection, inputs);
  }

  public static @Nullable Double f37(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(37, connection, inputs);
  }

  public static @Nullable Double f38(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(38, connection, inputs);
  }

  public static @Nullable Double f39(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(39, connection, inputs);
  }

  public static @Nullable Double f40(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(40, connection, inputs);
  }

  public static @Nullable Double f41(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(41, connection, inputs);
  }

  public static @Nullable Double f42(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(42, connection, inputs);
  }

  public static @Nullable Double f43(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(43, connection, inputs);
  }

  public static @Nullable Double f44(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(44, connection, inputs);
  }

  public static @Nullable Double f45(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(45, connection, inputs);
  }

  public static @Nullable Double f46(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(46, connection, inputs);
  }

  public static @Nullable Double f47(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(47, connection, inputs);
  }

  public static @Nullable Double f48(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(48, connection, inputs);
  }

  public static @Nullable Double f49(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(49, connection, inputs);
  }

  public static @Nullable Double f50(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(50, connection, inputs);
  }

  public static @Nullable Double f51(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(51, connection, inputs);
  }

  public static @Nullable Double f52(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(52, connection, inputs);
  }

  public static @Nullable Double f53(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(53, connection, inputs);
  }

  public static @Nullable Double f54(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(54, connection, inputs);
  }

  public static @Nullable Double f55(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(55, connection, inputs);
  }

  public static @Nullable Double f56(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(56, connection, inputs);
  }

  public static @Nullable Double f57(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(57, connection, inputs);
  }

  public static @Nullable Double f58(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(58, connection, inputs);
  }

  public static @Nullable Double f59(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(59, connection, inputs);
  }

  public static @Nullable Double f60(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(60, connection, inputs);
  }

  public static @Nullable Double f61(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(61, connection, inputs);
  }

  public static @Nullable Double f62(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(62, connection, inputs);
  }

  public static @Nullable Double f63(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(63, connection, inputs);
  }

  public static @Nullable Double f64(Connection connection, Value... inputs) throws SQLException {
    return Entries.number(64, connection, inputs);
  }
}
