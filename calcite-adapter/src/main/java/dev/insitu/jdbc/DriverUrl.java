package dev.insitu.jdbc;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import java.sql.DriverPropertyInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A URL of ours, taken apart: what goes to the database, and our own settings, whose keys begin
 * with {@code insitu.} in any case. The only setting so far is {@code insitu.dialect}, whose only
 * value is {@code insitu}.
 */
record DriverUrl(String databaseUrl, Properties databaseProperties) {
  static final String PREFIX = "jdbc:insitu:";
  private static final String DATABASE_PREFIX = PREFIX + "h2:";
  private static final String SETTING = "insitu.";
  private static final String DIALECT = "insitu.dialect";
  private static final List<String> SETTINGS = List.of(DIALECT);

  /** Returns whether a URL asks for us. */
  static boolean isOurs(String url) {
    return url.startsWith(PREFIX);
  }

  /**
   * Takes a URL and its properties apart.
   *
   * @throws MlException OPTION_NOT_FOUND, OPTION_VALUE, NOT_YET_SUPPORTED
   */
  static DriverUrl parse(String url, Properties properties) {
    if (!url.startsWith(DATABASE_PREFIX)) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "a database other than H2 (" + url + ")")
          .withHint("Write jdbc:insitu:h2: and then what follows jdbc:h2: in the database's URL.");
    }
    List<String> parts = split(url.substring(PREFIX.length()));
    StringBuilder databaseUrl = new StringBuilder("jdbc:").append(parts.get(0));
    for (String part : parts.subList(1, parts.size())) {
      if (isSetting(part.strip())) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals);
        accept(key.strip(), equals < 0 ? "" : part.substring(equals + 1).strip());
      } else {
        databaseUrl.append(';').append(part);
      }
    }
    Properties rest = new Properties();
    for (String key : properties.stringPropertyNames()) {
      if (isSetting(key)) {
        accept(key, properties.getProperty(key));
      } else {
        rest.setProperty(key, properties.getProperty(key));
      }
    }
    // H2 also takes a char[] as password, which is no string property.
    properties.forEach(
        (key, value) -> {
          if (!(key instanceof String) || !(value instanceof String)) {
            rest.put(key, value);
          }
        });
    return new DriverUrl(databaseUrl.toString(), rest);
  }

  /** Returns the properties for one connecting, in which the database blanks the password. */
  Properties properties() {
    Properties copy = new Properties();
    databaseProperties.forEach(
        (key, value) -> copy.put(key, value instanceof char[] secret ? secret.clone() : value));
    return copy;
  }

  /** Says nothing of what is in it: a password. */
  @Override
  public String toString() {
    return "DriverUrl";
  }

  /** Returns the URL under which a database's own URL is reached through us. */
  static String of(String databaseUrl) {
    return PREFIX + databaseUrl.substring("jdbc:".length());
  }

  /** Puts our URL into a text in which the database names its own. */
  static String inText(String text) {
    return text.replaceFirst("url=jdbc:", "url=" + PREFIX);
  }

  static DriverPropertyInfo[] propertyInfo(@Nullable Properties properties) {
    String value = properties == null ? null : properties.getProperty(DIALECT);
    DriverPropertyInfo dialect = new DriverPropertyInfo(DIALECT, value == null ? "insitu" : value);
    dialect.description = "The SQL dialect in which statements of ours are read";
    dialect.choices = new String[] {"insitu"};
    return new DriverPropertyInfo[] {dialect};
  }

  /** Cuts at semicolons as H2 does: a backslash takes the next character's meaning away. */
  private static List<String> split(String url) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '\\' && !parts.isEmpty()) {
        i++;
      } else if (c == ';') {
        parts.add(url.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(url.substring(start));
    return parts;
  }

  private static boolean isSetting(String key) {
    return key.regionMatches(true, 0, SETTING, 0, SETTING.length());
  }

  private static void accept(String key, String value) {
    if (!key.toLowerCase(Locale.ROOT).equals(DIALECT)) {
      throw MlException.of(ErrorCode.OPTION_NOT_FOUND, key, "")
          .withHint(
              NearestName.of(key, SETTINGS)
                  .map(name -> "Did you mean \"" + name + "\"?")
                  .orElse("The settings are: " + String.join(", ", SETTINGS) + "."));
    }
    if (!value.toLowerCase(Locale.ROOT).equals("insitu")) {
      throw MlException.of(ErrorCode.OPTION_VALUE, DIALECT, "insitu", value)
          .withHint("Other dialects come with a later version.");
    }
  }
}
