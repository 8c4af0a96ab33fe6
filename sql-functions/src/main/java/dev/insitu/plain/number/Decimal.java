package dev.insitu.plain.number;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return NUMERIC: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class Decimal {
  private Decimal() {}

  public static @Nullable BigDecimal f1(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(1, connection, inputs);
  }

  public static @Nullable BigDecimal f2(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(2, connection, inputs);
  }

  public static @Nullable BigDecimal f3(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(3, connection, inputs);
  }

  public static @Nullable BigDecimal f4(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(4, connection, inputs);
  }

  public static @Nullable BigDecimal f5(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(5, connection, inputs);
  }

  public static @Nullable BigDecimal f6(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(6, connection, inputs);
  }

  public static @Nullable BigDecimal f7(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(7, connection, inputs);
  }

  public static @Nullable BigDecimal f8(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(8, connection, inputs);
  }

  public static @Nullable BigDecimal f9(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(9, connection, inputs);
  }

  public static @Nullable BigDecimal f10(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(10, connection, inputs);
  }

  public static @Nullable BigDecimal f11(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(11, connection, inputs);
  }

  public static @Nullable BigDecimal f12(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(12, connection, inputs);
  }

  public static @Nullable BigDecimal f13(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(13, connection, inputs);
  }

  public static @Nullable BigDecimal f14(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(14, connection, inputs);
  }

  public static @Nullable BigDecimal f15(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(15, connection, inputs);
  }

  public static @Nullable BigDecimal f16(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(16, connection, inputs);
  }

  public static @Nullable BigDecimal f17(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(17, connection, inputs);
  }

  public static @Nullable BigDecimal f18(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(18, connection, inputs);
  }

  public static @Nullable BigDecimal f19(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(19, connection, inputs);
  }

  public static @Nullable BigDecimal f20(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(20, connection, inputs);
  }

  public static @Nullable BigDecimal f21(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(21, connection, inputs);
  }

  public static @Nullable BigDecimal f22(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(22, connection, inputs);
  }

  public static @Nullable BigDecimal f23(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(23, connection, inputs);
  }

  public static @Nullable BigDecimal f24(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(24, connection, inputs);
  }

  public static @Nullable BigDecimal f25(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(25, connection, inputs);
  }

  public static @Nullable BigDecimal f26(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(26, connection, inputs);
  }

  public static @Nullable BigDecimal f27(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(27, connection, inputs);
  }

  public static @Nullable BigDecimal f28(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(28, connection, inputs);
  }

  public static @Nullable BigDecimal f29(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(29, connection, inputs);
  }

  public static @Nullable BigDecimal f30(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(30, connection, inputs);
  }

  public static @Nullable BigDecimal f31(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(31, connection, inputs);
  }

  public static @Nullable BigDecimal f32(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(32, connection, inputs);
  }

  public static @Nullable BigDecimal f33(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(33, connection, inputs);
  }

  public static @Nullable BigDecimal f34(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(34, connection, inputs);
  }

  public static @Nullable BigDecimal f35(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(35, connection, inputs);
  }

  public static @Nullable BigDecimal f36(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(36, connection, inputs);
  }

  public static @Nullable BigDecimal f37(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(37, connection, inputs);
  }

  public static @Nullable BigDecimal f38(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(38, connection, inputs);
  }

  public static @Nullable BigDecimal f39(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(39, connection, inputs);
  }

  public static @Nullable BigDecimal f40(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(40, connection, inputs);
  }

  public static @Nullable BigDecimal f41(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(41, connection, inputs);
  }

  public static @Nullable BigDecimal f42(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(42, connection, inputs);
  }

  public static @Nullable BigDecimal f43(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(43, connection, inputs);
  }

  public static @Nullable BigDecimal f44(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(44, connection, inputs);
  }

  public static @Nullable BigDecimal f45(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(45, connection, inputs);
  }

  public static @Nullable BigDecimal f46(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(46, connection, inputs);
  }

  public static @Nullable BigDecimal f47(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(47, connection, inputs);
  }

  public static @Nullable BigDecimal f48(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(48, connection, inputs);
  }

  public static @Nullable BigDecimal f49(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(49, connection, inputs);
  }

  public static @Nullable BigDecimal f50(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(50, connection, inputs);
  }

  public static @Nullable BigDecimal f51(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(51, connection, inputs);
  }

  public static @Nullable BigDecimal f52(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(52, connection, inputs);
  }

  public static @Nullable BigDecimal f53(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(53, connection, inputs);
  }

  public static @Nullable BigDecimal f54(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(54, connection, inputs);
  }

  public static @Nullable BigDecimal f55(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(55, connection, inputs);
  }

  public static @Nullable BigDecimal f56(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(56, connection, inputs);
  }

  public static @Nullable BigDecimal f57(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(57, connection, inputs);
  }

  public static @Nullable BigDecimal f58(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(58, connection, inputs);
  }

  public static @Nullable BigDecimal f59(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(59, connection, inputs);
  }

  public static @Nullable BigDecimal f60(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(60, connection, inputs);
  }

  public static @Nullable BigDecimal f61(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(61, connection, inputs);
  }

  public static @Nullable BigDecimal f62(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(62, connection, inputs);
  }

  public static @Nullable BigDecimal f63(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(63, connection, inputs);
  }

  public static @Nullable BigDecimal f64(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.decimal(64, connection, inputs);
  }
}
