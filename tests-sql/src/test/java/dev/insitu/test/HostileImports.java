package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/** A process that tries to import and use files, and says of each what came of it. */
final class HostileImports {
  private HostileImports() {}

  public static void main(String[] files) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "")) {
      ImportTry imports = new ImportTry(connection, 2);
      for (String file : files) {
        out.print(file + "\t");
        out.println(imports.of(Files.readAllBytes(Path.of(file))));
      }
      out.println("end");
    }
  }
}
