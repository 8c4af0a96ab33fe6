package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return DATE: each asks the model that the database's STORED_FUNCTIONS
 * has under its number. Databases refer to these names.
 */
public final class Day {
  private Day() {}

  public static @Nullable LocalDate f1(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(1, connection, inputs);
  }

  public static @Nullable LocalDate f2(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(2, connection, inputs);
  }

  public static @Nullable LocalDate f3(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(3, connection, inputs);
  }

  public static @Nullable LocalDate f4(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(4, connection, inputs);
  }

  public static @Nullable LocalDate f5(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(5, connection, inputs);
  }

  public static @Nullable LocalDate f6(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(6, connection, inputs);
  }

  public static @Nullable LocalDate f7(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(7, connection, inputs);
  }

  public static @Nullable LocalDate f8(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(8, connection, inputs);
  }

  public static @Nullable LocalDate f9(Connection connection, Value... inputs) throws SQLException {
    return Entries.day(9, connection, inputs);
  }

  public static @Nullable LocalDate f10(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(10, connection, inputs);
  }

  public static @Nullable LocalDate f11(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(11, connection, inputs);
  }

  public static @Nullable LocalDate f12(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(12, connection, inputs);
  }

  public static @Nullable LocalDate f13(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(13, connection, inputs);
  }

  public static @Nullable LocalDate f14(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(14, connection, inputs);
  }

  public static @Nullable LocalDate f15(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(15, connection, inputs);
  }

  public static @Nullable LocalDate f16(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(16, connection, inputs);
  }

  public static @Nullable LocalDate f17(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(17, connection, inputs);
  }

  public static @Nullable LocalDate f18(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(18, connection, inputs);
  }

  public static @Nullable LocalDate f19(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(19, connection, inputs);
  }

  public static @Nullable LocalDate f20(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(20, connection, inputs);
  }

  public static @Nullable LocalDate f21(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(21, connection, inputs);
  }

  public static @Nullable LocalDate f22(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(22, connection, inputs);
  }

  public static @Nullable LocalDate f23(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(23, connection, inputs);
  }

  public static @Nullable LocalDate f24(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(24, connection, inputs);
  }

  public static @Nullable LocalDate f25(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(25, connection, inputs);
  }

  public static @Nullable LocalDate f26(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(26, connection, inputs);
  }

  public static @Nullable LocalDate f27(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(27, connection, inputs);
  }

  public static @Nullable LocalDate f28(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(28, connection, inputs);
  }

  public static @Nullable LocalDate f29(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(29, connection, inputs);
  }

  public static @Nullable LocalDate f30(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(30, connection, inputs);
  }

  public static @Nullable LocalDate f31(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(31, connection, inputs);
  }

  public static @Nullable LocalDate f32(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(32, connection, inputs);
  }

  public static @Nullable LocalDate f33(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(33, connection, inputs);
  }

  public static @Nullable LocalDate f34(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(34, connection, inputs);
  }

  public static @Nullable LocalDate f35(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(35, connection, inputs);
  }

  public static @Nullable LocalDate f36(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(36, connection, inputs);
  }

  public static @Nullable LocalDate f37(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(37, connection, inputs);
  }

  public static @Nullable LocalDate f38(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(38, connection, inputs);
  }

  public static @Nullable LocalDate f39(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(39, connection, inputs);
  }

  public static @Nullable LocalDate f40(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(40, connection, inputs);
  }

  public static @Nullable LocalDate f41(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(41, connection, inputs);
  }

  public static @Nullable LocalDate f42(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(42, connection, inputs);
  }

  public static @Nullable LocalDate f43(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(43, connection, inputs);
  }

  public static @Nullable LocalDate f44(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(44, connection, inputs);
  }

  public static @Nullable LocalDate f45(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(45, connection, inputs);
  }

  public static @Nullable LocalDate f46(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(46, connection, inputs);
  }

  public static @Nullable LocalDate f47(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(47, connection, inputs);
  }

  public static @Nullable LocalDate f48(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(48, connection, inputs);
  }

  public static @Nullable LocalDate f49(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(49, connection, inputs);
  }

  public static @Nullable LocalDate f50(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(50, connection, inputs);
  }

  public static @Nullable LocalDate f51(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(51, connection, inputs);
  }

  public static @Nullable LocalDate f52(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(52, connection, inputs);
  }

  public static @Nullable LocalDate f53(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(53, connection, inputs);
  }

  public static @Nullable LocalDate f54(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(54, connection, inputs);
  }

  public static @Nullable LocalDate f55(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(55, connection, inputs);
  }

  public static @Nullable LocalDate f56(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(56, connection, inputs);
  }

  public static @Nullable LocalDate f57(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(57, connection, inputs);
  }

  public static @Nullable LocalDate f58(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(58, connection, inputs);
  }

  public static @Nullable LocalDate f59(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(59, connection, inputs);
  }

  public static @Nullable LocalDate f60(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(60, connection, inputs);
  }

  public static @Nullable LocalDate f61(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(61, connection, inputs);
  }

  public static @Nullable LocalDate f62(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(62, connection, inputs);
  }

  public static @Nullable LocalDate f63(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(63, connection, inputs);
  }

  public static @Nullable LocalDate f64(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.day(64, connection, inputs);
  }
}
