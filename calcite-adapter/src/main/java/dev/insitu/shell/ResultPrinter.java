package dev.insitu.shell;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Prints a result. */
interface ResultPrinter {
  /**
   * Prints the rows.
   *
   * @param rows a result in front of its first row
   * @param stop asked before each row; true ends the printing
   * @return the number of rows that were printed
   */
  long print(ResultSet rows, BooleanSupplier stop) throws SQLException, IOException;
}
