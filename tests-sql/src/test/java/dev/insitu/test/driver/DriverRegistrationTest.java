package dev.insitu.test.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.jdbc.InsituDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.sql.ConnectionEventListener;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Our driver beside H2's in {@link DriverManager}, and that nothing of H2's is left out. */
class DriverRegistrationTest {
  private static final String PLAIN = "jdbc:h2:mem:";
  private static final String OURS = "jdbc:insitu:h2:mem:";

  /** A value, which is compared as such, and what H2's pool is for itself. */
  private static final Set<Class<?>> NOT_A_DRIVERS =
      Set.of(Xid.class, ConnectionEventListener.class);

  @Test
  void bothDriversAreFoundByTheirUrls() throws SQLException {
    assertThat(DriverManager.getDriver(OURS)).isInstanceOf(InsituDriver.class);
    assertThat(DriverManager.getDriver(PLAIN)).isInstanceOf(org.h2.Driver.class);
    assertThat(DriverManager.drivers().filter(InsituDriver.class::isInstance)).hasSize(1);
    assertThat(DriverManager.drivers().filter(org.h2.Driver.class::isInstance)).hasSize(1);
    try (Connection connection = DriverManager.getConnection(PLAIN)) {
      assertThat(connection).isExactlyInstanceOf(org.h2.jdbc.JdbcConnection.class);
    }
  }

  @Test
  void aDriverThatIsDeregisteredIsGoneUntilItIsRegisteredAgain() throws SQLException {
    for (String url : List.of(PLAIN, OURS)) {
      Driver driver = DriverManager.getDriver(url);
      DriverManager.deregisterDriver(driver);
      try {
        assertThat(DriverManager.drivers()).doesNotContain(driver);
        assertThatThrownBy(() -> DriverManager.getConnection(url))
            .isInstanceOf(SQLException.class)
            .hasMessage("No suitable driver found for " + url)
            .hasFieldOrPropertyWithValue("SQLState", "08001");
        try (Connection connection = driver.connect(url, new Properties())) {
          assertThat(connection.isValid(1)).isTrue();
        }
      } finally {
        DriverManager.registerDriver(driver);
      }
      try (Connection connection = DriverManager.getConnection(url)) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  @Test
  void aDriverAnswersAsH2sDoes() throws SQLException {
    Driver plain = DriverManager.getDriver(PLAIN);
    Driver ours = DriverManager.getDriver(OURS);
    assertThat(ours.jdbcCompliant()).isEqualTo(plain.jdbcCompliant());
    assertThat(ours.getParentLogger()).isEqualTo(plain.getParentLogger());
    assertThat(ours.acceptsURL(OURS)).isTrue();
    assertThat(ours.acceptsURL(PLAIN)).isFalse();
    assertThat(plain.acceptsURL(OURS)).isFalse();
    assertThat(ours.connect(PLAIN, new Properties())).isNull();
    assertThat(plain.connect(OURS, new Properties())).isNull();
    assertThat(plain.getPropertyInfo(PLAIN, new Properties())).isEmpty();
    assertThat(ours.getPropertyInfo(OURS, new Properties()))
        .extracting((DriverPropertyInfo property) -> property.name)
        .containsExactly("insitu.dialect");
  }

  @Test
  void everyInterfaceOfJdbcThatH2ImplementsIsCompared() throws Exception {
    TreeSet<String> left = new TreeSet<>();
    for (Class<?> type : classesOfH2()) {
      for (Class<?> kind : interfaces(type)) {
        boolean compared = Kinds.ALL.stream().anyMatch(kind::isAssignableFrom);
        if (!compared && !NOT_A_DRIVERS.contains(kind)) {
          left.add(type.getName() + " is a " + kind.getName());
        }
      }
    }
    assertThat(left).isEmpty();
  }

  private static List<Class<?>> classesOfH2() throws IOException, ReflectiveOperationException {
    List<Class<?>> classes = new ArrayList<>(List.of(org.h2.Driver.class));
    Path jar;
    try {
      jar =
          Path.of(org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IOException(e);
    }
    try (JarFile file = new JarFile(jar.toFile());
        Stream<String> names = file.stream().map(entry -> entry.getName())) {
      for (String name : names.filter(n -> n.matches("org/h2/jdbcx?/[A-Za-z]+\\.class")).toList()) {
        classes.add(Class.forName(name.replace('/', '.').replaceFirst("\\.class$", "")));
      }
    }
    assertThat(classes).hasSizeGreaterThan(30);
    return classes;
  }

  private static List<Class<?>> interfaces(Class<?> type) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> kind : at.getInterfaces()) {
        if (kind.getName().matches("(java\\.sql|javax\\.sql|javax\\.transaction\\.xa)\\..*")) {
          found.add(kind);
        }
      }
    }
    return found;
  }
}
