package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return BIGINT: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class BigWhole {
  private BigWhole() {}

  public static @Nullable Long f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(1, connection, inputs);
  }

  public static @Nullable Long f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(2, connection, inputs);
  }

  public static @Nullable Long f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(3, connection, inputs);
  }

  public static @Nullable Long f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(4, connection, inputs);
  }

  public static @Nullable Long f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(5, connection, inputs);
  }

  public static @Nullable Long f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(6, connection, inputs);
  }

  public static @Nullable Long f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(7, connection, inputs);
  }

  public static @Nullable Long f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(8, connection, inputs);
  }

  public static @Nullable Long f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(9, connection, inputs);
  }

  public static @Nullable Long f10(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(10, connection, inputs);
  }

  public static @Nullable Long f11(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(11, connection, inputs);
  }

  public static @Nullable Long f12(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(12, connection, inputs);
  }

  public static @Nullable Long f13(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(13, connection, inputs);
  }

  public static @Nullable Long f14(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(14, connection, inputs);
  }

  public static @Nullable Long f15(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(15, connection, inputs);
  }

  public static @Nullable Long f16(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(16, connection, inputs);
  }

  public static @Nullable Long f17(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(17, connection, inputs);
  }

  public static @Nullable Long f18(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(18, connection, inputs);
  }

  public static @Nullable Long f19(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(19, connection, inputs);
  }

  public static @Nullable Long f20(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(20, connection, inputs);
  }

  public static @Nullable Long f21(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(21, connection, inputs);
  }

  public static @Nullable Long f22(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(22, connection, inputs);
  }

  public static @Nullable Long f23(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(23, connection, inputs);
  }

  public static @Nullable Long f24(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(24, connection, inputs);
  }

  public static @Nullable Long f25(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(25, connection, inputs);
  }

  public static @Nullable Long f26(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(26, connection, inputs);
  }

  public static @Nullable Long f27(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(27, connection, inputs);
  }

  public static @Nullable Long f28(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(28, connection, inputs);
  }

  public static @Nullable Long f29(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(29, connection, inputs);
  }

  public static @Nullable Long f30(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(30, connection, inputs);
  }

  public static @Nullable Long f31(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(31, connection, inputs);
  }

  public static @Nullable Long f32(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(32, connection, inputs);
  }

  public static @Nullable Long f33(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(33, connection, inputs);
  }

  public static @Nullable Long f34(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(34, connection, inputs);
  }

  public static @Nullable Long f35(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(35, connection, inputs);
  }

  public static @Nullable Long f36(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(36, connection, inputs);
  }

  public static @Nullable Long f37(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(37, connection, inputs);
  }

  public static @Nullable Long f38(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(38, connection, inputs);
  }

  public static @Nullable Long f39(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(39, connection, inputs);
  }

  public static @Nullable Long f40(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(40, connection, inputs);
  }

  public static @Nullable Long f41(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(41, connection, inputs);
  }

  public static @Nullable Long f42(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(42, connection, inputs);
  }

  public static @Nullable Long f43(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(43, connection, inputs);
  }

  public static @Nullable Long f44(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(44, connection, inputs);
  }

  public static @Nullable Long f45(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(45, connection, inputs);
  }

  public static @Nullable Long f46(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(46, connection, inputs);
  }

  public static @Nullable Long f47(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(47, connection, inputs);
  }

  public static @Nullable Long f48(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(48, connection, inputs);
  }

  public static @Nullable Long f49(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(49, connection, inputs);
  }

  public static @Nullable Long f50(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(50, connection, inputs);
  }

  public static @Nullable Long f51(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(51, connection, inputs);
  }

  public static @Nullable Long f52(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(52, connection, inputs);
  }

  public static @Nullable Long f53(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(53, connection, inputs);
  }

  public static @Nullable Long f54(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(54, connection, inputs);
  }

  public static @Nullable Long f55(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(55, connection, inputs);
  }

  public static @Nullable Long f56(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(56, connection, inputs);
  }

  public static @Nullable Long f57(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(57, connection, inputs);
  }

  public static @Nullable Long f58(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(58, connection, inputs);
  }

  public static @Nullable Long f59(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(59, connection, inputs);
  }

  public static @Nullable Long f60(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(60, connection, inputs);
  }

  public static @Nullable Long f61(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(61, connection, inputs);
  }

  public static @Nullable Long f62(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(62, connection, inputs);
  }

  public static @Nullable Long f63(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(63, connection, inputs);
  }

  public static @Nullable Long f64(Connection connection, Value... inputs) throws SQLException {
    return Entries.bigWhole(64, connection, inputs);
  }
}
