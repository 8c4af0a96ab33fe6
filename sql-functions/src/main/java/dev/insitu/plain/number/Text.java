package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return VARCHAR: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class Text {
  private Text() {}

  public static @Nullable String f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(1, connection, inputs);
  }

  public static @Nullable String f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(2, connection, inputs);
  }

  public static @Nullable String f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(3, connection, inputs);
  }

  public static @Nullable String f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(4, connection, inputs);
  }

  public static @Nullable String f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(5, connection, inputs);
  }

  public static @Nullable String f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(6, connection, inputs);
  }

  public static @Nullable String f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(7, connection, inputs);
  }

  public static @Nullable String f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(8, connection, inputs);
  }

  public static @Nullable String f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(9, connection, inputs);
  }

  public static @Nullable String f10(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(10, connection, inputs);
  }

  public static @Nullable String f11(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(11, connection, inputs);
  }

  public static @Nullable String f12(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(12, connection, inputs);
  }

  public static @Nullable String f13(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(13, connection, inputs);
  }

  public static @Nullable String f14(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(14, connection, inputs);
  }

  public static @Nullable String f15(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(15, connection, inputs);
  }

  public static @Nullable String f16(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(16, connection, inputs);
  }

  public static @Nullable String f17(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(17, connection, inputs);
  }

  public static @Nullable String f18(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(18, connection, inputs);
  }

  public static @Nullable String f19(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(19, connection, inputs);
  }

  public static @Nullable String f20(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(20, connection, inputs);
  }

  public static @Nullable String f21(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(21, connection, inputs);
  }

  public static @Nullable String f22(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(22, connection, inputs);
  }

  public static @Nullable String f23(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(23, connection, inputs);
  }

  public static @Nullable String f24(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(24, connection, inputs);
  }

  public static @Nullable String f25(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(25, connection, inputs);
  }

  public static @Nullable String f26(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(26, connection, inputs);
  }

  public static @Nullable String f27(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(27, connection, inputs);
  }

  public static @Nullable String f28(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(28, connection, inputs);
  }

  public static @Nullable String f29(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(29, connection, inputs);
  }

  public static @Nullable String f30(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(30, connection, inputs);
  }

  public static @Nullable String f31(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(31, connection, inputs);
  }

  public static @Nullable String f32(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(32, connection, inputs);
  }

  public static @Nullable String f33(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(33, connection, inputs);
  }

  public static @Nullable String f34(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(34, connection, inputs);
  }

  public static @Nullable String f35(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(35, connection, inputs);
  }

  public static @Nullable String f36(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(36, connection, inputs);
  }

  public static @Nullable String f37(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(37, connection, inputs);
  }

  public static @Nullable String f38(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(38, connection, inputs);
  }

  public static @Nullable String f39(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(39, connection, inputs);
  }

  public static @Nullable String f40(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(40, connection, inputs);
  }

  public static @Nullable String f41(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(41, connection, inputs);
  }

  public static @Nullable String f42(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(42, connection, inputs);
  }

  public static @Nullable String f43(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(43, connection, inputs);
  }

  public static @Nullable String f44(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(44, connection, inputs);
  }

  public static @Nullable String f45(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(45, connection, inputs);
  }

  public static @Nullable String f46(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(46, connection, inputs);
  }

  public static @Nullable String f47(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(47, connection, inputs);
  }

  public static @Nullable String f48(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(48, connection, inputs);
  }

  public static @Nullable String f49(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(49, connection, inputs);
  }

  public static @Nullable String f50(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(50, connection, inputs);
  }

  public static @Nullable String f51(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(51, connection, inputs);
  }

  public static @Nullable String f52(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(52, connection, inputs);
  }

  public static @Nullable String f53(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(53, connection, inputs);
  }

  public static @Nullable String f54(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(54, connection, inputs);
  }

  public static @Nullable String f55(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(55, connection, inputs);
  }

  public static @Nullable String f56(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(56, connection, inputs);
  }

  public static @Nullable String f57(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(57, connection, inputs);
  }

  public static @Nullable String f58(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(58, connection, inputs);
  }

  public static @Nullable String f59(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(59, connection, inputs);
  }

  public static @Nullable String f60(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(60, connection, inputs);
  }

  public static @Nullable String f61(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(61, connection, inputs);
  }

  public static @Nullable String f62(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(62, connection, inputs);
  }

  public static @Nullable String f63(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(63, connection, inputs);
  }

  public static @Nullable String f64(Connection connection, Value... inputs) throws SQLException {
    return Entries.text(64, connection, inputs);
  }
}
