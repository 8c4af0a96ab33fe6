package dev.insitu.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings of a database and of a session on which the value of an expression depends, read
 * from one session and given to another.
 *
 * @param values by name in upper case; what a version of H2 does not have is not in it
 */
record ScratchSettings(Map<String, String> values) {
  /** Settings that a database has from its opening on. */
  private static final List<String> FIXED =
      List.of(
          "DATABASE_TO_UPPER",
          "DATABASE_TO_LOWER",
          "CASE_INSENSITIVE_IDENTIFIERS",
          "DEFAULT_ESCAPE",
          "ZERO_BASED_ENUMS",
          "IGNORE_CATALOGS");

  /** Settings that are names or lists of names, and can change at any time. */
  private static final List<String> NAMES =
      List.of(
          "MODE",
          "COLLATION",
          "DEFAULT_NULL_ORDERING",
          "NON_KEYWORDS",
          "TRUNCATE_LARGE_LENGTH",
          "VARIABLE_BINARY");

  private static final String TIME_ZONE = "TIME ZONE";

  private static final String QUERY =
      "SELECT SETTING_NAME, SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
          + " WHERE UPPER(SETTING_NAME) IN ('"
          + String.join("', '", FIXED)
          + "', '"
          + String.join("', '", NAMES)
          + "', '"
          + TIME_ZONE
          + "')";

  /** Copies the map. */
  ScratchSettings {
    values = Map.copyOf(values);
  }

  /** Reads the settings of a session. */
  static ScratchSettings of(Connection connection) throws SQLException {
    Map<String, String> values = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(QUERY);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.put(rows.getString(1).toUpperCase(Locale.ROOT), rows.getString(2));
      }
    }
    return new ScratchSettings(values);
  }

  /** Returns what a database of the same kind is opened with. */
  Properties atOpening() {
    Properties properties = new Properties();
    for (String name : FIXED) {
      String value = values.get(name);
      if (value != null) {
        properties.setProperty(name, value);
      }
    }
    return properties;
  }

  /** Gives a session what differs from the settings that it has. */
  void apply(Connection connection, ScratchSettings has) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String name : NAMES) {
        String value = values.getOrDefault(name, "");
        if (value.equals(has.values.getOrDefault(name, ""))) {
          continue;
        }
        if (!value.matches("[\\w ,.-]*")) {
          throw new SQLException("not a value of " + name + ": " + value);
        }
        if (!value.isEmpty() || name.equals("NON_KEYWORDS")) {
          statement.execute("SET " + name + " " + value);
        } else if (name.equals("COLLATION")) {
          statement.execute("SET COLLATION OFF"); // never set, so not among the settings
        }
      }
      String zone = values.get(TIME_ZONE);
      if (zone != null && !zone.equals(has.values.get(TIME_ZONE))) {
        statement.execute("SET TIME ZONE '" + zone.replace("'", "''") + "'");
      }
    }
  }
}
