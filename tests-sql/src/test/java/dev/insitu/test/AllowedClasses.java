package dev.insitu.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A process in which H2 calls few classes: installs, and tells what H2 says. */
final class AllowedClasses {
  private AllowedClasses() {}

  /** Prints the number of H2's error, or what a prediction and a kept column have become. */
  public static void main(String[] arguments) throws SQLException {
    try (PlainDatabase database = PlainDatabase.inMemory()) {
      database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
      database.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
      try (Connection other = DriverManager.getConnection("jdbc:h2:" + database.name(), "sa", "")) {
        PlainDatabase.execute(other, "INSERT INTO customers (id, age) VALUES (1001, 70)");
      }
      System.out.println(
          database.rows(
              "SELECT COUNT(score), COUNT(PREDICT_CHURN(age, income, region)) FROM customers"));
    } catch (SQLException e) {
      System.out.println(e.getErrorCode());
    }
  }
}
