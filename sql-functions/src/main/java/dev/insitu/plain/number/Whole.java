package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return INTEGER: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class Whole {
  private Whole() {}

  public static @Nullable Integer f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(1, connection, inputs);
  }

  public static @Nullable Integer f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(2, connection, inputs);
  }

  public static @Nullable Integer f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(3, connection, inputs);
  }

  public static @Nullable Integer f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(4, connection, inputs);
  }

  public static @Nullable Integer f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(5, connection, inputs);
  }

  public static @Nullable Integer f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(6, connection, inputs);
  }

  public static @Nullable Integer f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(7, connection, inputs);
  }

  public static @Nullable Integer f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(8, connection, inputs);
  }

  public static @Nullable Integer f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(9, connection, inputs);
  }

  public static @Nullable Integer f10(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(10, connection, inputs);
  }

  public static @Nullable Integer f11(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(11, connection, inputs);
  }

  public static @Nullable Integer f12(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(12, connection, inputs);
  }

  public static @Nullable Integer f13(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(13, connection, inputs);
  }

  public static @Nullable Integer f14(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(14, connection, inputs);
  }

  public static @Nullable Integer f15(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(15, connection, inputs);
  }

  public static @Nullable Integer f16(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(16, connection, inputs);
  }

  public static @Nullable Integer f17(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(17, connection, inputs);
  }

  public static @Nullable Integer f18(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(18, connection, inputs);
  }

  public static @Nullable Integer f19(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(19, connection, inputs);
  }

  public static @Nullable Integer f20(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(20, connection, inputs);
  }

  public static @Nullable Integer f21(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(21, connection, inputs);
  }

  public static @Nullable Integer f22(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(22, connection, inputs);
  }

  public static @Nullable Integer f23(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(23, connection, inputs);
  }

  public static @Nullable Integer f24(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(24, connection, inputs);
  }

  public static @Nullable Integer f25(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(25, connection, inputs);
  }

  public static @Nullable Integer f26(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(26, connection, inputs);
  }

  public static @Nullable Integer f27(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(27, connection, inputs);
  }

  public static @Nullable Integer f28(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(28, connection, inputs);
  }

  public static @Nullable Integer f29(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(29, connection, inputs);
  }

  public static @Nullable Integer f30(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(30, connection, inputs);
  }

  public static @Nullable Integer f31(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(31, connection, inputs);
  }

  public static @Nullable Integer f32(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(32, connection, inputs);
  }

  public static @Nullable Integer f33(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(33, connection, inputs);
  }

  public static @Nullable Integer f34(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(34, connection, inputs);
  }

  public static @Nullable Integer f35(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(35, connection, inputs);
  }

  public static @Nullable Integer f36(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(36, connection, inputs);
  }

  public static @Nullable Integer f37(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(37, connection, inputs);
  }

  public static @Nullable Integer f38(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(38, connection, inputs);
  }

  public static @Nullable Integer f39(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(39, connection, inputs);
  }

  public static @Nullable Integer f40(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(40, connection, inputs);
  }

  public static @Nullable Integer f41(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(41, connection, inputs);
  }

  public static @Nullable Integer f42(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(42, connection, inputs);
  }

  public static @Nullable Integer f43(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(43, connection, inputs);
  }

  public static @Nullable Integer f44(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(44, connection, inputs);
  }

  public static @Nullable Integer f45(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(45, connection, inputs);
  }

  public static @Nullable Integer f46(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(46, connection, inputs);
  }

  public static @Nullable Integer f47(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(47, connection, inputs);
  }

  public static @Nullable Integer f48(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(48, connection, inputs);
  }

  public static @Nullable Integer f49(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(49, connection, inputs);
  }

  public static @Nullable Integer f50(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(50, connection, inputs);
  }

  public static @Nullable Integer f51(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(51, connection, inputs);
  }

  public static @Nullable Integer f52(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(52, connection, inputs);
  }

  public static @Nullable Integer f53(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(53, connection, inputs);
  }

  public static @Nullable Integer f54(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(54, connection, inputs);
  }

  public static @Nullable Integer f55(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(55, connection, inputs);
  }

  public static @Nullable Integer f56(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(56, connection, inputs);
  }

  public static @Nullable Integer f57(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(57, connection, inputs);
  }

  public static @Nullable Integer f58(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(58, connection, inputs);
  }

  public static @Nullable Integer f59(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(59, connection, inputs);
  }

  public static @Nullable Integer f60(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(60, connection, inputs);
  }

  public static @Nullable Integer f61(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(61, connection, inputs);
  }

  public static @Nullable Integer f62(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(62, connection, inputs);
  }

  public static @Nullable Integer f63(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(63, connection, inputs);
  }

  public static @Nullable Integer f64(Connection connection, Value... inputs) throws SQLException {
    return Entries.whole(64, connection, inputs);
  }
}
