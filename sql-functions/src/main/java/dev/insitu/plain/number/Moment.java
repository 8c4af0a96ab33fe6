package dev.insitu.plain.number;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The numbered functions that return TIMESTAMP: each asks the model that the database's
 * STORED_FUNCTIONS has under its number. Databases refer to these names.
 */
public final class Moment {
  private Moment() {}

  public static @Nullable LocalDateTime f1(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(1, connection, inputs);
  }

  public static @Nullable LocalDateTime f2(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(2, connection, inputs);
  }

  public static @Nullable LocalDateTime f3(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(3, connection, inputs);
  }

  public static @Nullable LocalDateTime f4(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(4, connection, inputs);
  }

  public static @Nullable LocalDateTime f5(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(5, connection, inputs);
  }

  public static @Nullable LocalDateTime f6(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(6, connection, inputs);
  }

  public static @Nullable LocalDateTime f7(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(7, connection, inputs);
  }

  public static @Nullable LocalDateTime f8(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(8, connection, inputs);
  }

  public static @Nullable LocalDateTime f9(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(9, connection, inputs);
  }

  public static @Nullable LocalDateTime f10(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(10, connection, inputs);
  }

  public static @Nullable LocalDateTime f11(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(11, connection, inputs);
  }

  public static @Nullable LocalDateTime f12(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(12, connection, inputs);
  }

  public static @Nullable LocalDateTime f13(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(13, connection, inputs);
  }

  public static @Nullable LocalDateTime f14(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(14, connection, inputs);
  }

  public static @Nullable LocalDateTime f15(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(15, connection, inputs);
  }

  public static @Nullable LocalDateTime f16(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(16, connection, inputs);
  }

  public static @Nullable LocalDateTime f17(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(17, connection, inputs);
  }

  public static @Nullable LocalDateTime f18(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(18, connection, inputs);
  }

  public static @Nullable LocalDateTime f19(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(19, connection, inputs);
  }

  public static @Nullable LocalDateTime f20(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(20, connection, inputs);
  }

  public static @Nullable LocalDateTime f21(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(21, connection, inputs);
  }

  public static @Nullable LocalDateTime f22(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(22, connection, inputs);
  }

  public static @Nullable LocalDateTime f23(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(23, connection, inputs);
  }

  public static @Nullable LocalDateTime f24(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(24, connection, inputs);
  }

  public static @Nullable LocalDateTime f25(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(25, connection, inputs);
  }

  public static @Nullable LocalDateTime f26(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(26, connection, inputs);
  }

  public static @Nullable LocalDateTime f27(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(27, connection, inputs);
  }

  public static @Nullable LocalDateTime f28(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(28, connection, inputs);
  }

  public static @Nullable LocalDateTime f29(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(29, connection, inputs);
  }

  public static @Nullable LocalDateTime f30(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(30, connection, inputs);
  }

  public static @Nullable LocalDateTime f31(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(31, connection, inputs);
  }

  public static @Nullable LocalDateTime f32(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(32, connection, inputs);
  }

  public static @Nullable LocalDateTime f33(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(33, connection, inputs);
  }

  public static @Nullable LocalDateTime f34(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(34, connection, inputs);
  }

  public static @Nullable LocalDateTime f35(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(35, connection, inputs);
  }

  public static @Nullable LocalDateTime f36(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(36, connection, inputs);
  }

  public static @Nullable LocalDateTime f37(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(37, connection, inputs);
  }

  public static @Nullable LocalDateTime f38(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(38, connection, inputs);
  }

  public static @Nullable LocalDateTime f39(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(39, connection, inputs);
  }

  public static @Nullable LocalDateTime f40(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(40, connection, inputs);
  }

  public static @Nullable LocalDateTime f41(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(41, connection, inputs);
  }

  public static @Nullable LocalDateTime f42(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(42, connection, inputs);
  }

  public static @Nullable LocalDateTime f43(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(43, connection, inputs);
  }

  public static @Nullable LocalDateTime f44(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(44, connection, inputs);
  }

  public static @Nullable LocalDateTime f45(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(45, connection, inputs);
  }

  public static @Nullable LocalDateTime f46(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(46, connection, inputs);
  }

  public static @Nullable LocalDateTime f47(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(47, connection, inputs);
  }

  public static @Nullable LocalDateTime f48(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(48, connection, inputs);
  }

  public static @Nullable LocalDateTime f49(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(49, connection, inputs);
  }

  public static @Nullable LocalDateTime f50(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(50, connection, inputs);
  }

  public static @Nullable LocalDateTime f51(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(51, connection, inputs);
  }

  public static @Nullable LocalDateTime f52(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(52, connection, inputs);
  }

  public static @Nullable LocalDateTime f53(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(53, connection, inputs);
  }

  public static @Nullable LocalDateTime f54(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(54, connection, inputs);
  }

  public static @Nullable LocalDateTime f55(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(55, connection, inputs);
  }

  public static @Nullable LocalDateTime f56(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(56, connection, inputs);
  }

  public static @Nullable LocalDateTime f57(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(57, connection, inputs);
  }

  public static @Nullable LocalDateTime f58(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(58, connection, inputs);
  }

  public static @Nullable LocalDateTime f59(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(59, connection, inputs);
  }

  public static @Nullable LocalDateTime f60(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(60, connection, inputs);
  }

  public static @Nullable LocalDateTime f61(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(61, connection, inputs);
  }

  public static @Nullable LocalDateTime f62(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(62, connection, inputs);
  }

  public static @Nullable LocalDateTime f63(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(63, connection, inputs);
  }

  public static @Nullable LocalDateTime f64(Connection connection, Value... inputs)
      throws SQLException {
    return Entries.moment(64, connection, inputs);
  }
}
