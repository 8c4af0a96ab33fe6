package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return BOOLEAN: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class Truth {
  private Truth() {}

  public static @Nullable Boolean f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(1, connection, inputs);
  }

  public static @Nullable Boolean f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(2, connection, inputs);
  }

  public static @Nullable Boolean f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(3, connection, inputs);
  }

  public static @Nullable Boolean f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(4, connection, inputs);
  }

  public static @Nullable Boolean f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(5, connection, inputs);
  }

  public static @Nullable Boolean f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(6, connection, inputs);
  }

  public static @Nullable Boolean f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(7, connection, inputs);
  }

  public static @Nullable Boolean f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(8, connection, inputs);
  }

  public static @Nullable Boolean f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(9, connection, inputs);
  }

  public static @Nullable Boolean f10(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(10, connection, inputs);
  }

  public static @Nullable Boolean f11(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(11, connection, inputs);
  }

  public static @Nullable Boolean f12(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(12, connection, inputs);
  }

  public static @Nullable Boolean f13(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(13, connection, inputs);
  }

  public static @Nullable Boolean f14(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(14, connection, inputs);
  }

  public static @Nullable Boolean f15(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(15, connection, inputs);
  }

  public static @Nullable Boolean f16(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(16, connection, inputs);
  }

  public static @Nullable Boolean f17(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(17, connection, inputs);
  }

  public static @Nullable Boolean f18(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(18, connection, inputs);
  }

  public static @Nullable Boolean f19(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(19, connection, inputs);
  }

  public static @Nullable Boolean f20(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(20, connection, inputs);
  }

  public static @Nullable Boolean f21(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(21, connection, inputs);
  }

  public static @Nullable Boolean f22(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(22, connection, inputs);
  }

  public static @Nullable Boolean f23(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(23, connection, inputs);
  }

  public static @Nullable Boolean f24(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(24, connection, inputs);
  }

  public static @Nullable Boolean f25(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(25, connection, inputs);
  }

  public static @Nullable Boolean f26(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(26, connection, inputs);
  }

  public static @Nullable Boolean f27(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(27, connection, inputs);
  }

  public static @Nullable Boolean f28(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(28, connection, inputs);
  }

  public static @Nullable Boolean f29(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(29, connection, inputs);
  }

  public static @Nullable Boolean f30(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(30, connection, inputs);
  }

  public static @Nullable Boolean f31(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(31, connection, inputs);
  }

  public static @Nullable Boolean f32(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(32, connection, inputs);
  }

  public static @Nullable Boolean f33(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(33, connection, inputs);
  }

  public static @Nullable Boolean f34(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(34, connection, inputs);
  }

  public static @Nullable Boolean f35(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(35, connection, inputs);
  }

  public static @Nullable Boolean f36(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(36, connection, inputs);
  }

  public static @Nullable Boolean f37(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(37, connection, inputs);
  }

  public static @Nullable Boolean f38(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(38, connection, inputs);
  }

  public static @Nullable Boolean f39(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(39, connection, inputs);
  }

  public static @Nullable Boolean f40(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(40, connection, inputs);
  }

  public static @Nullable Boolean f41(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(41, connection, inputs);
  }

  public static @Nullable Boolean f42(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(42, connection, inputs);
  }

  public static @Nullable Boolean f43(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(43, connection, inputs);
  }

  public static @Nullable Boolean f44(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(44, connection, inputs);
  }

  public static @Nullable Boolean f45(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(45, connection, inputs);
  }

  public static @Nullable Boolean f46(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(46, connection, inputs);
  }

  public static @Nullable Boolean f47(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(47, connection, inputs);
  }

  public static @Nullable Boolean f48(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(48, connection, inputs);
  }

  public static @Nullable Boolean f49(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(49, connection, inputs);
  }

  public static @Nullable Boolean f50(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(50, connection, inputs);
  }

  public static @Nullable Boolean f51(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(51, connection, inputs);
  }

  public static @Nullable Boolean f52(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(52, connection, inputs);
  }

  public static @Nullable Boolean f53(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(53, connection, inputs);
  }

  public static @Nullable Boolean f54(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(54, connection, inputs);
  }

  public static @Nullable Boolean f55(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(55, connection, inputs);
  }

  public static @Nullable Boolean f56(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(56, connection, inputs);
  }

  public static @Nullable Boolean f57(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(57, connection, inputs);
  }

  public static @Nullable Boolean f58(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(58, connection, inputs);
  }

  public static @Nullable Boolean f59(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(59, connection, inputs);
  }

  public static @Nullable Boolean f60(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(60, connection, inputs);
  }

  public static @Nullable Boolean f61(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(61, connection, inputs);
  }

  public static @Nullable Boolean f62(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(62, connection, inputs);
  }

  public static @Nullable Boolean f63(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(63, connection, inputs);
  }

  public static @Nullable Boolean f64(Connection connection, Value... inputs) throws SQLException {
    return Entries.truth(64, connection, inputs);
  }
}
