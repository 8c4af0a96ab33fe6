package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules go on in whatever process opens the database next. */
class ReopenedScheduleTest {
  private static final String RUNS =
      "SELECT COUNT(*) FROM INSITU.SCHEDULE_RUNS WHERE outcome = 'trained'";

  @Test
  void aProcessThatOnlyOpensTheDatabaseTrains(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("shop");
    Object before;
    try (PlainDatabase made = PlainDatabase.inFile(file)) {
      made.execute(
          "CALL INSITU.SCHEDULE('churn', 'SELECT age, income, region, churned FROM customers',"
              + " '{\"every\": \"1 second\"}')");
      before = made.one(RUNS);
    }
    List<String> command = ChildProcess.java("-Xmx256m");
    command.add(ReopenedSchedule.class.getName());
    command.add("jdbc:h2:" + file.toAbsolutePath());
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    try (Connection plain =
        DriverManager.getConnection("jdbc:h2:" + file.toAbsolutePath(), "sa", "")) {
      assertThat(((Number) ImportedDoorsTest.rows(plain, RUNS).get(0).get(0)).longValue())
          .isGreaterThan(((Number) before).longValue());
      PlainDatabase.execute(plain, "CALL INSITU.UNSCHEDULE('churn')");
    }
  }

  @Test
  void anUninstalledDatabaseTrainsNothingUntilItIsInstalledAgain(@TempDir Path directory)
      throws Exception {
    try (PlainDatabase made = PlainDatabase.inFile(directory.resolve("shop"))) {
      made.execute(
          "CALL INSITU.SCHEDULE('churn', 'SELECT age, churned FROM customers',"
              + " '{\"every\": \"1 day\"}')");
      assertThat(made.rows("SELECT trigger_name FROM INFORMATION_SCHEMA.TRIGGERS"))
          .containsExactly(List.of("OPENED"));
      assertThat((String) made.one("CALL INSITU.UNINSTALL()"))
          .endsWith("; models stay; schedules that wait for INSTALL: 1");
      assertThat(made.rows("SELECT trigger_name FROM INFORMATION_SCHEMA.TRIGGERS")).isEmpty();
      assertThat(made.rows("SELECT every FROM INSITU.SCHEDULES")).hasSize(1);
      made.execute("UPDATE INSITU.STORED_SCHEDULES SET NEXT_RUN = CURRENT_TIMESTAMP");
      Thread.sleep(1500); // longer than any database that is opened waits
      assertThat(made.one(RUNS)).isEqualTo(0L);
      made.execute(PlainDatabases.INSTALL);
      assertThat(made.rows("SELECT trigger_name FROM INFORMATION_SCHEMA.TRIGGERS"))
          .containsExactly(List.of("OPENED"));
      for (int i = 0; i < 300 && made.one(RUNS).equals(0L); i++) {
        Thread.sleep(100);
      }
      assertThat(made.one(RUNS)).isEqualTo(1L);
      assertThat((String) made.one("CALL INSITU.INSTALL()"))
          .endsWith("0 of them new; schedules: 1");
    }
  }
}
